import fs, {
  appendFileSync,
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { attach } from '../../src/app/attach.js';
import { loadConfig } from '../../src/config/load.js';
import { writeManifests } from '../../src/output/manifest-writer.js';
import { cli, cliWithStdin, deployment, filesOf, folderOf, where } from '../support.js';

const config = (cluster = '{}') => `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } } }
clusters:
  prod: ${cluster}
workloads: [apps]
`;
const onTemplates = config('{ attachment: podTemplate }');
const image = 'ghcr.io/acme/web:v3';
const builder = 'serviceAccountName: builder,';

const account = `# The builder's own account.
apiVersion: v1
kind: ServiceAccount
metadata:
  name: builder   # used by ci
  namespace: team-b
`;
const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: team-a
spec:
  template:
    spec:
      containers:
      - name: web
        image: ${image}
`;

describe('an edited pod template', () => {
  const podSpec = `{ containers: [{ name: c, image: ${JSON.stringify(image)} }] }`;
  const object = (apiVersion: string, kind: string, spec: string, name = 'name: x') =>
    `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { ${name}, namespace: team-a }, spec: ${spec} }\n`;
  const templated = `{ template: { spec: ${podSpec} } }`;
  const refused = (kind: string) => `the list of ${kind} team-a/x cannot be changed where it is applied already`;

  test.each([
    ['Deployment', object('apps/v1', 'Deployment', templated), 'the pods of Deployment team-a/x are made anew', ''],
    ['StatefulSet', object('apps/v1', 'StatefulSet', templated), 'the pods of StatefulSet team-a/x are made anew', ''],
    ['CronJob', object('batch/v1', 'CronJob', `{ jobTemplate: { spec: ${templated} } }`), 'edited.\n', ''],
    ['Job', object('batch/v1', 'Job', templated), 'edited.\n', refused('Job')],
    ['bare Pod', object('v1', 'Pod', podSpec), 'edited.\n', refused('Pod')],
    ['Job that is made anew', object('batch/v1', 'Job', templated, 'generateName: x-'), 'edited.\n', ''],
  ])('of a %s tells what applying it comes to', async (_, manifest, said, warned) => {
    const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/x.yaml': manifest });
    const { code, out, err } = await cli(folder, 'attach');
    expect(code).toBe(0);
    expect(out).toContain(said);
    expect(err.includes('[edit-refused]')).toBe(warned !== '');
    expect(err).toContain(warned);
    expect(await cli(folder, 'attach')).toMatchObject({ code: 0, err: '' });
  });

  test('names the first of many', async () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => deployment('team-a', name, [image]));
    const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/all.yaml': all.join('---\n') });
    const { out } = await cli(folder, 'attach');
    expect(out).toContain('Deployment team-a/e and 2 more are made anew.\n');
  });
});

describe('a service account that a manifest declares', () => {
  const files = {
    'image-pull.yaml': config(),
    'apps/api.yaml': deployment('team-b', 'api', [image], builder),
    'apps/sa.yaml': account,
  };

  test('gets the name on its list, marked, and nothing else changes', async () => {
    const folder = folderOf(files);
    const { code, out, err } = await cli(folder, 'attach');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe('apps/sa.yaml:7   ServiceAccount team-b/builder   + ghcr-pull\n1 list in 1 file edited.\n');
    expect(filesOf(folder)).toEqual({
      ...files,
      'apps/sa.yaml': `${account}imagePullSecrets:\n- name: ghcr-pull # image-pull\n`,
    });
  });

  test('is left alone by a second run', async () => {
    const folder = folderOf(files);
    await cli(folder, 'attach');
    const before = { files: filesOf(folder), time: statSync(join(folder, 'apps/sa.yaml')).mtimeMs };
    expect(await cli(folder, 'attach')).toEqual({
      code: 0,
      out: 'Every list of pull secrets is what it must be.\n',
      err: '',
    });
    expect({ files: filesOf(folder), time: statSync(join(folder, 'apps/sa.yaml')).mtimeMs }).toEqual(before);
    expect((await cli(folder, 'synth')).out).toContain('apps/sa.yaml:8 has it');
  });

  test('loses the name again, byte for byte, when nothing needs it any more', async () => {
    const folder = folderOf(files);
    await cli(folder, 'attach');
    writeFileSync(join(folder, 'apps/api.yaml'), deployment('team-b', 'api', ['ghcr.io/acme/web:v3'], ''));
    writeFileSync(join(folder, 'image-pull.yaml'), files['image-pull.yaml']);
    const { out } = await cli(folder, 'attach');
    expect(out).toContain('ServiceAccount team-b/builder   - ghcr-pull');
    expect(filesOf(folder)['apps/sa.yaml']).toBe(account);
  });

  test('is named by --check with its line, and synth --check counts it', async () => {
    const folder = folderOf(files);
    await cli(folder, 'synth');
    const expected = {
      code: 1,
      out: 'apps/sa.yaml:2:1: ServiceAccount team-b/builder lacks ghcr-pull\nRun attach and commit what it writes.\n',
      err: '',
    };
    expect(await cli(folder, 'attach', '--check')).toEqual(expected);
    expect(await cli(folder, 'synth', '--check')).toEqual(expected);
    expect(filesOf(folder)['apps/sa.yaml']).toBe(account);
    await cli(folder, 'attach');
    expect(await cli(folder, 'attach', '--check')).toEqual({ code: 0, out: '', err: '' });
  });

  test('that is declared twice is touched in neither place', async () => {
    const twice = { ...files, 'apps/other.yaml': account };
    const folder = folderOf(twice);
    const { code, err } = await cli(folder, 'attach');
    expect(code).toBe(2);
    expect(err).toContain(
      'apps/sa.yaml:2:1: service account builder of namespace team-b is declared here and in apps/other.yaml:2:1 [account-declared-twice]',
    );
    expect(filesOf(folder)).toEqual(twice);
  });
});

test('attachment podTemplate puts names on templates, with what the account gives', async () => {
  const folder = folderOf({
    'image-pull.yaml': onTemplates,
    'apps/web.yaml': web,
    'apps/sa.yaml':
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: team-a}\nimagePullSecrets: [{name: other}]\n',
  });
  const { code } = await cli(folder, 'attach');
  expect(code).toBe(0);
  expect(filesOf(folder)['apps/web.yaml']).toBe(
    web.replace(
      '      containers:\n',
      '      imagePullSecrets:\n      - name: ghcr-pull # image-pull\n      - name: other # image-pull\n      containers:\n',
    ),
  );
});

test('going back to serviceAccount takes the names off the templates again', async () => {
  const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/web.yaml': web });
  await cli(folder, 'attach');
  writeFileSync(join(folder, 'image-pull.yaml'), config());
  await cli(folder, 'attach');
  expect(filesOf(folder)['apps/web.yaml']).toBe(web);
});

test('nothing is taken back from a list whose workload is named in a finding', async () => {
  const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/web.yaml': web });
  await cli(folder, 'attach');
  const before = filesOf(folder)['apps/web.yaml'];
  writeFileSync(join(folder, 'image-pull.yaml'), onTemplates.replace('path: acme', 'path: acme-typo'));
  const { code, err } = await cli(folder, 'attach');
  expect(code).toBe(1);
  expect(err).toContain('[registry-undeclared]');
  expect(filesOf(folder)['apps/web.yaml']).toBe(before);
});

test('clusters that share a manifest and ask for the same edit it once', async () => {
  const shared = onTemplates.replace('clusters:', 'clusters:\n  staging: { attachment: podTemplate }');
  const folder = folderOf({ 'image-pull.yaml': shared, 'apps/web.yaml': web });
  expect((await cli(folder, 'attach')).out).toContain('1 list in 1 file edited.');
});

test('clusters that ask for different names on one manifest are an error, and nothing is edited', async () => {
  const shared = onTemplates.replace('clusters:', 'clusters:\n  staging: {}');
  const files = { 'image-pull.yaml': shared, 'apps/web.yaml': web };
  const folder = folderOf(files);
  const { code, err } = await cli(folder, 'attach');
  expect(code).toBe(2);
  expect(err).toContain('which need different pull secrets on it: staging nothing; prod ghcr-pull [clusters-disagree]');
  expect(filesOf(folder)).toEqual(files);
});

test('a list that is reached through an alias is reported, and the others are edited', async () => {
  const aliased = `apiVersion: apps/v1
kind: Deployment
metadata: { name: one, namespace: team-a }
spec:
  template: &template
    spec:
      containers: [{ name: c, image: "${image}" }]
---
${web}`
    .replace('template: &template', 'x: &template')
    .replace('\n---', '\n  template: *template\n---');
  const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/web.yaml': aliased });
  const { code, out, err } = await cli(folder, 'attach');
  expect(code).toBe(1);
  expect(err).toContain('[list-shared]');
  expect(out).toContain('Deployment team-a/web   + ghcr-pull');
});

describe('what is rendered from something else', () => {
  const chart = {
    'image-pull.yaml': onTemplates.replace('[apps]', '[{ rendered: rendered/shop.yaml, from: charts/shop }]'),
    'rendered/shop.yaml': web,
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
    'charts/shop/values.yaml': 'imagePullSecrets: []\n',
  };

  test('gets chart values printed for a chart', async () => {
    const folder = folderOf(chart);
    const { code, out } = await cli(folder, 'attach');
    expect(code).toBe(0);
    expect(out).toBe(
      '\nvalues of the chart charts/shop\n  imagePullSecrets:\n    - name: ghcr-pull\n\n1 list is rendered or in JSON: put in what is printed above. Once applied, the pods of Deployment team-a/web are made anew.\n',
    );
    expect(filesOf(folder)).toEqual(chart);
  });

  test('gets a kustomize patch printed for a kustomization', async () => {
    const { 'charts/shop/Chart.yaml': _chart, 'charts/shop/values.yaml': _values, ...rest } = chart;
    const folder = folderOf({ ...rest, 'charts/shop/kustomization.yaml': 'resources: [web.yaml]\n' });
    const { out } = await cli(folder, 'attach');
    expect(out).toContain(`charts/shop/kustomization.yaml
  patches:
    - target:
        group: apps
        kind: Deployment
        name: web
      patch: |
        - op: add
          path: /spec/template/spec/imagePullSecrets
          value:
            - name: ghcr-pull
`);
  });

  test('gets the complete list for a chart, whose values replace it as a whole', async () => {
    const listed = web.replace('      containers:', '      imagePullSecrets: [{ name: theirs }]\n      containers:');
    const { out } = await cli(folderOf({ ...chart, 'rendered/shop.yaml': listed }), 'attach');
    expect(out).toContain('  imagePullSecrets:\n    - name: ghcr-pull\n    - name: theirs\n');
  });

  test('is named for a kustomize patch as it is in front of the prefix', async () => {
    const { 'charts/shop/Chart.yaml': _chart, 'charts/shop/values.yaml': _values, ...rest } = chart;
    const folder = folderOf({
      ...rest,
      'rendered/shop.yaml': web.replace('name: web', 'name: prod-web'),
      'charts/shop/kustomization.yaml': 'namePrefix: prod-\nresources: [web.yaml]\n',
    });
    expect((await cli(folder, 'attach')).out).toMatch(/^ {8}name: web$/m);
  });

  test('counts for --check', async () => {
    const { code, out } = await cli(folderOf(chart), 'attach', '--check');
    expect(code).toBe(1);
    expect(out).toContain('rendered/shop.yaml:9:7: Deployment team-a/web lacks ghcr-pull');
  });

  test('may come from standard input', async () => {
    const folder = folderOf({ 'image-pull.yaml': onTemplates.replace('[apps]', '["-"]') });
    const { code, out } = await cliWithStdin(folder, web, 'attach');
    expect(code).toBe(0);
    expect(out).toContain('kustomize patches for <stdin>');
  });
});

test('JSON has no comments: the patch is printed and the file stays', async () => {
  const json = `${JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'team-a' },
    spec: { containers: [{ name: 'c', image }] },
  })}\n`;
  const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/pod.json': json });
  const { code, out } = await cli(folder, 'attach');
  expect(code).toBe(0);
  expect(out).toContain('JSON patch for apps/pod.json: Pod team-a/p at line 1');
  expect(out).toContain('"path": "/spec/imagePullSecrets"');
  expect(filesOf(folder)['apps/pod.json']).toBe(json);
});

describe('manifests that are not ours to write to', () => {
  const two = { 'image-pull.yaml': onTemplates, 'apps/a.yaml': web, 'apps/b.yaml': web.replaceAll('web', 'web-b') };

  async function refused(folder: string, reason: string) {
    const before = filesOf(folder);
    const { code, err } = await cli(folder, 'attach');
    expect(code).toBe(2);
    expect(err).toContain(reason);
    expect(filesOf(folder)).toEqual(before);
  }

  test('a symbolic link', async () => {
    const folder = folderOf({ ...two, 'elsewhere/c.yaml': web.replaceAll('web', 'web-c') });
    symlinkSync('../elsewhere/c.yaml', join(folder, 'apps/c.yaml'));
    await refused(folder, 'apps/c.yaml is reached through a symbolic link [manifest-not-editable]');
  });

  test('a read-only file', async () => {
    const folder = folderOf(two);
    chmodSync(join(folder, 'apps/b.yaml'), 0o444);
    await refused(folder, 'apps/b.yaml is read-only [manifest-not-editable]');
  });

  test('a file outside of the repository', async () => {
    const folder = folderOf({ 'repo/image-pull.yaml': onTemplates.replace('[apps]', '[../apps]'), 'apps/a.yaml': web });
    mkdirSync(join(folder, 'repo/.git'));
    const { code, err } = await cli(join(folder, 'repo'), 'attach');
    expect(code).toBe(2);
    expect(err).toContain('../apps/a.yaml lies outside of the repository [manifest-not-editable]');
    expect(filesOf(folder)['apps/a.yaml']).toBe(web);
  });

  test('a file that the config finds above its own folder is fine, where the repository holds both', async () => {
    const folder = folderOf({
      'deploy/image-pull.yaml': onTemplates.replace('[apps]', '[../apps]'),
      'apps/a.yaml': web,
    });
    mkdirSync(join(folder, '.git'));
    const { code } = await cli(join(folder, 'deploy'), 'attach');
    expect(code).toBe(0);
    expect(filesOf(folder)['apps/a.yaml']).toContain('ghcr-pull # image-pull');
  });

  test('a file that changed since it was read', async () => {
    const folder = folderOf(two);
    const { root, files } = await attach({ config: loadConfig(join(folder, 'image-pull.yaml')) });
    appendFileSync(join(folder, 'apps/b.yaml'), '# a colleague was here\n');
    const before = filesOf(folder);
    expect(() => writeManifests(root, files)).toThrow(
      'apps/b.yaml changed while it was being edited [manifest-changed]',
    );
    expect(filesOf(folder)).toEqual(before);
  });

  test('when one manifest cannot be written, the others are as they were', async () => {
    const folder = folderOf(two);
    const { root, files } = await attach({ config: loadConfig(join(folder, 'image-pull.yaml')) });
    const before = filesOf(folder);
    const real = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (String(to).endsWith('b.yaml')) throw Object.assign(new Error('EBUSY: busy, rename'), { code: 'EBUSY' });
      real(from, to);
    });
    expect(() => writeManifests(root, files)).toThrow(
      'apps/b.yaml cannot be written: EBUSY: busy [output-not-writable]',
    );
    jest.restoreAllMocks();
    expect(filesOf(folder)).toEqual(before);
  });

  test('a file that is gone', async () => {
    const folder = folderOf(two);
    const { root, files } = await attach({ config: loadConfig(join(folder, 'image-pull.yaml')) });
    renameSync(join(folder, 'apps/b.yaml'), join(folder, 'apps/b.txt'));
    const before = filesOf(folder);
    expect(() => writeManifests(root, files)).toThrow('[output-not-writable]');
    expect(filesOf(folder)).toEqual(before);
  });
});

test('the mode of a manifest is kept', async () => {
  const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/a.yaml': web });
  chmodSync(join(folder, 'apps/a.yaml'), 0o640);
  await cli(folder, 'attach');
  expect(statSync(join(folder, 'apps/a.yaml')).mode & 0o777).toBe(0o640);
});

describe('a manifest that others share', () => {
  const shared = () => {
    const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/a.yaml': web });
    linkSync(join(folder, 'apps/a.yaml'), join(folder, 'same.txt'));
    return folder;
  };

  test('keeps its hard links', async () => {
    const folder = shared();
    expect(await cli(folder, 'attach')).toMatchObject({ code: 0 });
    const files = filesOf(folder);
    expect(files['apps/a.yaml']).toContain('ghcr-pull # image-pull');
    expect(files['same.txt']).toBe(files['apps/a.yaml']);
    expect(readdirSync(join(folder, 'apps'))).toEqual(['a.yaml']);
    await cli(folder, 'attach');
    expect(filesOf(folder)).toEqual(files);
  });

  test('is as it was when the disk is full in the middle of it', async () => {
    const folder = shared();
    const before = filesOf(folder);
    const real = fs.writeFileSync;
    let isFull = false;
    jest.spyOn(fs, 'writeFileSync').mockImplementation((file, text, options) => {
      if (typeof file !== 'number' || isFull) return real(file, text, options);
      isFull = true;
      real(file, String(text).slice(0, 100), options);
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    });
    const { code, err } = await cli(folder, 'attach');
    jest.restoreAllMocks();
    expect(code).toBe(2);
    expect(err).toContain('apps/a.yaml cannot be written: ENOSPC: no space left on device [output-not-writable]');
    expect(filesOf(folder)).toEqual(before);
  });

  where(process.getuid?.() === 0, 'run by root', 'only root gives files away', () => {
    test('keeps its owner, whoever runs it', async () => {
      const folder = folderOf({ 'image-pull.yaml': onTemplates, 'apps/a.yaml': web });
      chownSync(join(folder, 'apps/a.yaml'), 1234, 4321);
      chmodSync(join(folder, 'apps/a.yaml'), 0o664);
      await cli(folder, 'attach');
      expect(filesOf(folder)['apps/a.yaml']).toContain('ghcr-pull # image-pull');
      expect(statSync(join(folder, 'apps/a.yaml'))).toMatchObject({ uid: 1234, gid: 4321, mode: 0o100664 });
    });
  });
});

test.each([
  ['a Helm template', '{{- if .Values.enabled }}\nkind: Deployment\n{{- end }}\n'],
  ['a Jinja template', '{% if web %}\nkind: Deployment\n{% endif %}\n'],
  ['a key that occurs twice', `${web}spec: {}\n`],
  ['a tab that indents', web.replace('  name: web', '\tname: web')],
])('%s among the manifests is a finding: its file stays as it is, the others are edited', async (_, text) => {
  const files = { 'image-pull.yaml': onTemplates, 'apps/a.yaml': web, 'apps/bad.yaml': text };
  const folder = folderOf(files);
  const { code, err } = await cli(folder, 'attach');
  expect(code).toBe(1);
  expect(err).toMatch(/^finding: apps\/bad\.yaml:\d+:\d+: /);
  const { 'apps/a.yaml': edited, ...others } = filesOf(folder);
  expect(edited).toContain('# image-pull');
  expect(others).toEqual({ 'image-pull.yaml': onTemplates, 'apps/bad.yaml': text });
});
