import { gzipSync } from 'node:zlib';
import type { HelmTemplate } from '../../../src/model/topology/rendering.js';
import { Workspace } from './workspace.js';

let space: Workspace;

beforeEach(() => {
  space = new Workspace();
  // Prints the arguments, one a line, and the files of values, with the scratch folder taken out.
  space.program(
    'helm',
    `echo "kind: Args"; for a in "$@"; do case "$a" in --values=$HOME/*) echo "# values: $(/bin/cat "\${a#--values=}")"; /bin/ls -l "\${a#--values=}" | /usr/bin/cut -c1-10;; *) echo "# $a";; esac; done`,
    'v3.22.0',
  );
});

afterEach(() => space.remove());

const repository = 'https://charts.example.com';

function chart(name: string, version: string, more = '') {
  return `apiVersion: v2\nname: ${name}\nversion: ${version}\n${more}`;
}

async function template(options: Partial<HelmTemplate>, charts: string | undefined = 'vendor/charts') {
  const rendering: HelmTemplate = {
    ...{ by: 'helm', chart: { folder: 'chart' }, release: 'web', namespace: 'shop', values: [] },
    ...options,
  };
  const [outcome] = await space.render([rendering], { charts });
  const lines = (outcome?.texts[0]?.text ?? '').replaceAll(`${space.root}/`, '').split('\n').slice(1, -1);
  return { ...outcome!, lines: lines.map((line) => line.replace(/^# /, '')) };
}

test('values, arguments and the release are handed over in order, values of objects in private files', async () => {
  space.write({ 'chart/Chart.yaml': chart('web', '1.0.0'), 'values.yaml': 'a: 1\n', 'text.txt': 'x' });
  const { lines, problems, reached } = await template({
    release: '--post-renderer=/bin/sh',
    values: [{ file: 'values.yaml' }, { inline: { password: 'hunter2', list: [1, null] } }, { text: 'b: 2' }],
    set: [
      { flag: '--set', text: 'image.tag=v1' },
      { flag: '--set-string', text: '--debug' },
      { flag: '--set-file', name: 'c', file: 'text.txt' },
    ],
    includeCrds: true,
  });
  expect(problems).toEqual([]);
  expect(lines).toEqual([
    ...['template', '--namespace=shop', '--include-crds', '--values=values.yaml'],
    ...['values: {"password":"hunter2","list":[1,null]}', '-rw-------', 'values: b: 2', '-rw-------'],
    ...['--set=image.tag=v1', '--set-string=--debug', '--set-file=c=text.txt'],
    ...['--', '--post-renderer=/bin/sh', 'chart'],
  ]);
  expect(reached).toEqual(['chart', 'chart/Chart.yaml', 'text.txt', 'values.yaml']);
});

test.each<[string, string | undefined, string | undefined]>([
  ['an exact version', '1.2.0', 'web-1.2.0.tgz'],
  ['a version with v', 'v1.2.0', 'web-1.2.0.tgz'],
  ['the newest of a range', '^1.0.0', 'web-1.3.1'],
  ['a range as Helm writes it', '>= 1.0.0, < 1.3.0', 'web-1.2.0.tgz'],
  ['a wildcard', '1.2.x', 'web-1.2.0.tgz'],
  ['any version', undefined, 'web'],
  ['every version', '*', 'web'],
  ['a version of an unpacked chart', '2.0.0', 'web'],
  ['a pre-release where it is named', '3.0.0-rc.1', 'web-3.0.0-rc.1.tgz'],
  ['build metadata', '0.9.0+build.5', 'web-0.9.0_build.5.tgz'],
  ['a version that is not there', '9.9.9', undefined],
  ['no range', 'latest', undefined],
])('of the charts in the folder, %s is found', async (_what, version, found) => {
  space.write({
    ...Object.fromEntries(
      ['web-1.2.0.tgz', 'web-0.9.0_build.5.tgz', 'web-3.0.0-rc.1.tgz', 'web-app-9.9.9.tgz', 'web-.tgz', 'web.tgz'].map(
        (name) => [`vendor/charts/${name}`, ''],
      ),
    ),
    'vendor/charts/web-1.3.1/Chart.yaml': chart('web', '1.3.1'),
    'vendor/charts/web-1.4.0/Chart.yaml': chart('other', '1.4.0'),
    'vendor/charts/web/Chart.yaml': chart('web', '2.0.0'),
    'vendor/charts/web-5.0.0/values.yaml': '',
  });
  const { lines, codes } = await template({
    chart: { name: 'web', repository, ...(version !== undefined && { version }) },
  });
  expect(lines.at(-1)).toBe(found && `vendor/charts/${found}`);
  expect(codes).toEqual(found === undefined ? ['chart-missing'] : []);
});

test.each([
  ['web', repository, '1.2.0', `helm pull web --repo ${repository} --version 1.2.0 -d vendor/charts`],
  [
    'web',
    'oci://ghcr.io/acme/charts/',
    '^1.2',
    "helm pull oci://ghcr.io/acme/charts/web --version '^1.2' -d vendor/charts",
  ],
  [
    'web',
    "https://x/'; rm -rf ~",
    '>1 <2',
    `helm pull web --repo 'https://x/'\\''; rm -rf ~' --version '>1 <2' -d vendor/charts`,
  ],
])('the command that fetches chart %s of %s', async (name, from, version, command) => {
  const { missingChart, problems } = await template({ chart: { name, repository: from, version } });
  expect(missingChart).toEqual({ name, repository: from, version, command });
  expect(problems[0]).toContain('vendor/charts does not have it [chart-missing]');
});

test('a chart of others without a folder for them says how to name one', async () => {
  const [outcome] = await space.render([
    { by: 'helm', chart: { name: 'web', repository }, release: 'web', namespace: 'shop', values: [] },
  ]);
  expect(outcome?.problems[0]).toContain(
    `run \`helm pull web --repo ${repository} -d vendor/charts\`, commit the file, and name the folder: charts: vendor/charts`,
  );
});

test.each(['../web', '..', 'a/b', '', '-x', 'web\n'])('%j is no name of a chart', async (name) => {
  expect((await template({ chart: { name, repository } })).codes).toEqual(['chart-invalid']);
});

test.each<[string, Record<string, string>, Record<string, string>, string]>([
  ['no Chart.yaml', { 'chart/values.yaml': '' }, {}, 'chart has no Chart.yaml that can be read'],
  ['a Chart.yaml that is no YAML', { 'chart/Chart.yaml': 'a: [' }, {}, 'chart has no Chart.yaml that can be read'],
  [
    'dependencies that are not there',
    {
      'chart/Chart.yaml': chart(
        'web',
        '1.0.0',
        'dependencies: [{name: db, version: 1.0.0}, {name: cache, version: 1.0.0}]\n',
      ),
      'chart/charts/db-1.0.0.tgz': '',
    },
    {},
    'chart depends on cache, which is not in its folder charts [chart-invalid]\n  run `helm dependency update chart` and commit what it fetches',
  ],
  [
    'dependencies of an old chart, locked',
    {
      'chart/Chart.yaml': chart('web', '1.0.0'),
      'chart/requirements.yaml': 'dependencies: [{name: db}]\n',
      'chart/Chart.lock': '',
    },
    {},
    'run `helm dependency build chart`',
  ],
  [
    'a link out of the repository',
    { 'chart/Chart.yaml': chart('web', '1.0.0') },
    { 'chart/templates/x.yaml': '/etc/hostname' },
    'a part of the chart leads out of the repository',
  ],
  [
    'a link to nothing',
    { 'chart/Chart.yaml': chart('web', '1.0.0') },
    { 'chart/values.yaml': 'nowhere' },
    'a part of the chart cannot be read',
  ],
])('a chart with %s is a finding', async (_what, files, links, message) => {
  space.write(files);
  for (const [file, target] of Object.entries(links)) space.link(file, target);
  const { problems, codes } = await template({});
  expect(codes).toEqual(['chart-invalid']);
  expect(problems[0]).toContain(message);
});

test.each<[HelmTemplate['values'][number], string]>([
  [{ file: 'gone.yaml' }, 'values file gone.yaml does not exist'],
  [{ file: '/etc/hostname' }, 'lies outside of the repository'],
  [{ file: 'a,b.yaml' }, 'has a comma in its path'],
  [{ chartFile: 'gone.yaml' }, 'values file chart/gone.yaml does not exist'],
])('values %j are a finding', async (values, message) => {
  space.write({ 'chart/Chart.yaml': chart('web', '1.0.0'), 'a,b.yaml': '' });
  const { problems, texts } = await template({ values: [values] });
  expect(problems).toEqual([expect.stringContaining(message)]);
  expect(texts).toEqual([]);
});

test('values that lie in a chart are found, unpacked or packed', async () => {
  space.write({
    'chart/Chart.yaml': chart('web', '1.0.0'),
    'chart/prod.yaml': 'a: 1\n',
    'vendor/charts/web-1.0.0.tgz': gzipSync(
      Buffer.concat([tar('web/Chart.yaml', 'x'), tar('web/ci/prod.yaml', 'packed: 1')]),
    ),
  });
  expect((await template({ values: [{ chartFile: 'prod.yaml' }] })).lines).toContain('--values=chart/prod.yaml');
  const packed = { name: 'web', repository, version: '1.0.0' };
  expect((await template({ chart: packed, values: [{ chartFile: './ci/prod.yaml' }] })).lines).toContain(
    'values: packed: 1',
  );
  expect((await template({ chart: packed, values: [{ chartFile: 'gone.yaml' }] })).problems[0]).toContain(
    'the chart vendor/charts/web-1.0.0.tgz has no values file gone.yaml',
  );
});

test('post-renderers are kustomizations around what helm prints', async () => {
  space.write({ 'chart/Chart.yaml': chart('web', '1.0.0') });
  space.program('kustomize', '/bin/cat "$3/printed.yaml"; echo "# around: $(/bin/cat "$3/kustomization.yaml")"');
  const { lines, texts } = await template({
    postRender: [{ images: [{ name: 'a', newTag: 'b' }] }, { patchesStrategicMerge: [{ kind: 'X' }] }],
  });
  expect(lines.slice(-2)).toEqual([
    'around: {"images":[{"name":"a","newTag":"b"}],"resources":["printed.yaml"]}',
    'around: {"patchesStrategicMerge":["{\\"kind\\":\\"X\\"}"],"resources":["printed.yaml"]}',
  ]);
  expect(texts[0]?.file).toBe('<helm template web chart>');
  const { problems } = await template({ postRender: [{ patches: [{ path: '/etc/passwd' }] }] });
  expect(problems[0]).toContain('a post-renderer names /etc/passwd, and it can name no file');
});

function tar(name: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write(text.length.toString(8).padStart(11, '0'), 124);
  return Buffer.concat([header, Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)]);
}
