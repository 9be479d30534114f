// What `retire` does to the files of the output, through the command line.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { cli, deployment, emptyFolder, filesOf, folderOf } from '../support.js';

const ghcr = 'ghcr.io/acme/x';
const quay = 'quay.io/acme/x';
const source = (name: string) => `{ external: { store: vault, key: ${name} } }`;

interface Config {
  readonly pullSecrets?: Readonly<Record<string, string>>;
  readonly clusters?: string;
  readonly rest?: string;
}

const defaults = {
  'ghcr-pull': `{ registries: [ghcr], source: ${source('ghcr')} }`,
  'quay-pull': `{ registries: [quay], source: ${source('quay')} }`,
};

const config = ({ pullSecrets = defaults, clusters = '{ prod: {} }', rest = '' }: Config = {}) =>
  `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { preset: quay, path: acme } }
pullSecrets: { ${Object.entries(pullSecrets)
    .map(([name, spec]) => `${name}: ${spec}`)
    .join(', ')} }
clusters: ${clusters}
workloads: [apps]
${rest}
`;

const account = (namespace: string, name: string, list = '') =>
  `{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: ${namespace} }, imagePullSecrets: [${list}] }\n`;

/** A repository whose output is of this config and these manifests. */
async function repository(manifests: readonly string[], first: Config = {}): Promise<string> {
  const folder = folderOf({ 'image-pull.yaml': config(first), 'apps/all.yaml': manifests.join('---\n') });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  return folder;
}

function change(folder: string, manifests: readonly string[], next: Config = {}): void {
  writeFileSync(join(folder, 'image-pull.yaml'), config(next));
  writeFileSync(join(folder, 'apps/all.yaml'), manifests.join('---\n'));
}

const output = (folder: string) => filesOf(join(folder, 'dist'));
const file = (folder: string, namespace: string, cluster = 'prod') =>
  output(folder)[`${cluster}/namespaces/${namespace}.yaml`] ?? '';

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

/** The objects of a namespace's file: kind and name, the mark, the list. */
function objects(folder: string, namespace: string): string[] {
  return [...parseAllDocuments(file(folder, namespace))].map((document) => {
    const { kind, metadata, imagePullSecrets } = document.toJS() as Written;
    const mark = metadata.annotations?.['cdk8s-image-pull/retired'];
    const list = imagePullSecrets && ` [${imagePullSecrets.map(({ name }) => name).join(' ')}]`;
    return `${kind} ${metadata.name}${list ?? ''}${mark === undefined ? '' : ` retired ${mark}`}`;
  });
}

/** Runs synth, and again: the second run must change nothing and say the same. */
async function settled(folder: string, ...argv: string[]) {
  const ran = await cli(folder, 'synth', ...argv);
  const before = output(folder);
  const again = await cli(folder, 'synth', ...argv);
  expect(output(folder)).toEqual(before);
  expect(again.err).toBe(ran.err);
  expect(await cli(folder, 'synth', '--check')).toMatchObject({ out: '' });
  return ran;
}

const web = (image: string, namespace = 'a') => deployment(namespace, 'web', [image]);

test('the former object stays byte for byte but for the mark', async () => {
  const folder = await repository([web(ghcr)], {
    pullSecrets: {
      p: `{ registries: [ghcr], source: ${source('k')}, metadata: { annotations: { z: "1", a: "yes" } } }`,
    },
  });
  const [, former] = file(folder, 'a').split('---\n');
  change(folder, [], { rest: 'retire: [{ namespace: a }]' });
  const { code, err } = await settled(folder);
  expect([code, err.match(/\[[a-z-]+\]/g)]).toEqual([1, ['[nothing-read]', '[no-pods]']]);
  const [, kept] = file(folder, 'a').split('---\n');
  expect(kept).toContain('    cdk8s-image-pull/retired: "true"\n');
  expect(kept?.replace(/.*retired.*\n/, '')).toBe(former);
});

test('an emptied list is written empty, also where nothing else of the namespace is left', async () => {
  const folder = await repository([web(ghcr)]);
  change(folder, [], { rest: 'retire: [{ pullSecret: ghcr-pull }]' });
  await settled(folder);
  expect(objects(folder, 'a')).toEqual([
    'Namespace a',
    'ExternalSecret ghcr-pull retired true',
    'ServiceAccount default [] retired ghcr-pull',
  ]);
  change(folder, []);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 2 });
  change(folder, [web(quay, 'b')]);
  expect(await settled(folder)).toMatchObject({ code: 0, err: '' });
  expect(Object.keys(output(folder))).toEqual(['prod/namespaces/b.yaml']);
});

test('names that the config keeps stay on an emptied list', async () => {
  const rest = 'namespaces: { a: { serviceAccounts: { default: { keep: [theirs] } } } }';
  const folder = await repository([web(ghcr)], { rest });
  change(folder, [], { rest: `${rest}\nretire: [{ namespace: a }]` });
  await settled(folder);
  expect(objects(folder, 'a')).toContain('ServiceAccount default [theirs] retired ghcr-pull');
  change(folder, [web(quay, 'b')], { rest });
  expect(await settled(folder)).toMatchObject({ code: 0, err: '' });
});

describe('an entry matches', () => {
  const both = [web(ghcr, 'a'), web(ghcr, 'b'), deployment('b', 'q', [quay])];

  test('only what is not needed: elsewhere the name stays as it is', async () => {
    const folder = await repository(both);
    change(folder, [web(ghcr, 'b')], { rest: 'retire: [{ pullSecret: ghcr-pull }, { namespace: b }]' });
    expect(await settled(folder)).toMatchObject({ code: 0, err: '' });
    expect(objects(folder, 'a')).toContain('ServiceAccount default [] retired ghcr-pull');
    expect(objects(folder, 'b')).toEqual([
      'Namespace b',
      'ExternalSecret ghcr-pull',
      'ExternalSecret quay-pull retired true',
      'ServiceAccount default [ghcr-pull] retired quay-pull',
    ]);
  });

  test.each([
    ['[{ pullSecret: ghcr-pull, namespace: "a*" }]', 0],
    ['[{ pullSecret: ghcr-pull, namespace: "b*" }]', 1],
    ['[{ pullSecret: quay-pull, namespace: a }]', 1],
    ['[{ namespace: a, serviceAccount: default }]', 0],
    ['[{ namespace: a, serviceAccount: other }]', 1],
    ['[{ namespace: a, clusters: [prod] }]', 0],
    ['[{ namespace: a, clusters: [staging] }]', 1],
  ])('%s gives code %i', async (retire, code) => {
    const clusters = '{ prod: {}, staging: { workloads: [] } }';
    const folder = await repository(both, { clusters: '{ prod: {} }' });
    change(folder, both.slice(1), { clusters, rest: `retire: ${retire}` });
    expect((await cli(folder, 'synth', '--cluster', 'prod')).code).toBe(code);
  });

  test('the pull secrets that an account listed, as long as the entry is there', async () => {
    const rest = 'namespaces: { a: { serviceAccounts: { builder: { create: true } } } }';
    const builds = deployment('a', 'build', [quay], 'serviceAccountName: builder,');
    const folder = await repository([web(ghcr), builds], { rest });
    change(folder, [web(ghcr)], { rest: `${rest}\nretire: [{ namespace: a, serviceAccount: builder }]` });
    expect(await settled(folder)).toMatchObject({ code: 0, err: '' });
    expect(objects(folder, 'a')).toEqual([
      'Namespace a',
      'ExternalSecret ghcr-pull',
      'ExternalSecret quay-pull retired true',
      'ServiceAccount builder [] retired quay-pull',
      'ServiceAccount default [ghcr-pull]',
    ]);
  });
});

describe('entries that let nothing leave are warnings, with their place', () => {
  test('what nothing matches can go', async () => {
    const folder = await repository([web(ghcr)]);
    change(folder, [web(ghcr)], { rest: 'retire: [{ namespace: gone }]' });
    const { code, err } = await settled(folder);
    expect(code).toBe(0);
    expect(err).toContain(
      'image-pull.yaml:6:10: nothing in the output folder matches { namespace: gone } [retire-unneeded]',
    );
  });

  test.each([
    ['{ pullSecret: ghcr-pull }', 'service account default of namespace a still needs ghcr-pull'],
    ['{ namespace: a }', 'service account default of namespace a still needs ghcr-pull'],
  ])('what is still needed is not retired: %s', async (entry, message) => {
    const folder = await repository([web(ghcr)]);
    const before = output(folder);
    change(folder, [web(ghcr)], { rest: `retire: [${entry}]` });
    const { code, err } = await settled(folder);
    expect(code).toBe(0);
    expect(err).toContain(`image-pull.yaml:6:10: ${message}, so it is not retired [retire-needed]`);
    expect(output(folder)).toEqual(before);
  });

  test('a need of a template counts', async () => {
    const own = deployment('a', 'web', [ghcr], 'imagePullSecrets: [{ name: ghcr-pull }],');
    const folder = await repository([own]);
    change(folder, [own], { rest: 'retire: [{ pullSecret: ghcr-pull }]' });
    expect((await settled(folder)).err).toContain('namespace a still needs ghcr-pull, so it is not retired');
  });

  test('a need that comes back takes the mark away', async () => {
    const folder = await repository([web(ghcr)]);
    const before = output(folder);
    change(folder, [], { rest: 'retire: [{ namespace: a }]' });
    await settled(folder);
    change(folder, [web(ghcr)], { rest: 'retire: [{ namespace: a }]' });
    expect((await settled(folder)).err).toContain('[retire-needed]');
    expect(output(folder)).toEqual(before);
  });

  test('a run that leaves clusters out does not judge entries for all', async () => {
    const clusters = '{ prod: {}, staging: {} }';
    const folder = await repository([web(ghcr)], { clusters });
    change(folder, [web(ghcr)], {
      clusters,
      rest: 'retire: [{ namespace: gone }, { namespace: b, clusters: [prod] }]',
    });
    const { err } = await cli(folder, 'synth', '--cluster', 'prod');
    expect(err.match(/retire-unneeded/g)).toHaveLength(1);
    expect(err).toContain('matches { namespace: b, clusters: [prod] }');
  });
});

describe('what a manifest declares is not written', () => {
  test.each([
    '{ pullSecret: ghcr-pull }',
    '{ namespace: a }',
    '{ namespace: a, serviceAccount: default }',
  ])('an account: %s', async (entry) => {
    const folder = await repository([web(ghcr)]);
    change(folder, [account('a', 'default')], { rest: `retire: [${entry}]` });
    const { code, err } = await settled(folder);
    expect([code, err.match(/\[[a-z-]+\]/g)]).toEqual([1, ['[no-pods]']]);
    expect(objects(folder, 'a')).toEqual(['Namespace a', 'ExternalSecret ghcr-pull retired true']);
  });

  test('a Secret', async () => {
    const folder = await repository([web(ghcr)]);
    const secret = '{ apiVersion: v1, kind: Secret, metadata: { name: ghcr-pull, namespace: a }, data: {} }\n';
    change(folder, [secret], { rest: 'retire: [{ namespace: a }]' });
    expect((await settled(folder)).err).toContain('[no-pods]');
    expect(objects(folder, 'a')).toEqual(['Namespace a', 'ServiceAccount default [] retired ghcr-pull']);
  });
});

describe('an entry of a docker config', () => {
  const two = (extra = '') => ({
    both: `{ registries: [ghcr, quay], source: { external: { store: vault, keys: { ghcr: g, quay: q } } }${extra} }`,
  });

  test('stays with the whole former object, and the mark names it', async () => {
    const folder = await repository([web(ghcr), deployment('a', 'q', [quay])], { pullSecrets: two() });
    change(folder, [web(ghcr)], { pullSecrets: two() });
    const stopped = await cli(folder, 'synth');
    expect(stopped).toMatchObject({ code: 1 });
    expect(stopped.err).toContain('would lose its entry quay.io/acme/');
    expect(stopped.err).toContain('`retire: [{ pullSecret: both, namespace: a }]`');
    change(folder, [web(ghcr)], { pullSecrets: two(), rest: 'retire: [{ pullSecret: both, namespace: a }]' });
    const { code, out } = await settled(folder, '--why');
    expect(code).toBe(0);
    expect(out).toMatch(/prod +a +retired +entry quay\.io\/acme\/ of both +dist/);
    expect(objects(folder, 'a')).toContain('ExternalSecret both retired quay.io/acme/');
    expect(file(folder, 'a')).toContain('"quay.io/acme/":');
    change(folder, [web(ghcr)], { pullSecrets: two() });
    expect(await settled(folder)).toMatchObject({ code: 0, err: '' });
    expect(file(folder, 'a')).not.toContain('"quay.io/acme/":');
  });

  test('does not stay where the former object lacks one that is needed', async () => {
    const folder = await repository([web(ghcr)], { pullSecrets: two() });
    change(folder, [web(quay)], { pullSecrets: two(), rest: 'retire: [{ pullSecret: both }]' });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('the object as it stands lacks what is needed now');
  });

  test('that is marked does not let the whole pull secret go', async () => {
    const folder = await repository([web(ghcr), deployment('a', 'q', [quay])], { pullSecrets: two() });
    change(folder, [web(ghcr)], { pullSecrets: two(), rest: 'retire: [{ pullSecret: both }]' });
    await settled(folder);
    change(folder, [web(ghcr, 'b')], { pullSecrets: two() });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('pull secret both would leave namespace a');
  });
});

describe('a retired Secret in plain text', () => {
  const password = 'hunter2-of-old';
  const plain = {
    p: `{ registries: [ghcr], source: { plaintext: { username: bot, password: ${password}, acceptPlaintextInGit: true } } }`,
  };

  test('stays in its file and is printed nowhere', async () => {
    const folder = folderOf({ 'image-pull.yaml': config({ pullSecrets: plain }), 'apps/all.yaml': web(ghcr) });
    await cli(folder, 'synth');
    const data = /\.dockerconfigjson: (\S+)/.exec(file(folder, 'a'))?.[1] ?? '';
    expect(data).not.toBe('');
    change(folder, [web(quay, 'b')], { rest: 'retire: [{ pullSecret: p }]' });
    const runs = [
      await cli(folder, 'synth', '--diff'),
      await cli(folder, 'synth', '--stdout'),
      await cli(folder, 'synth', '--why'),
      await cli(folder, 'synth', '--stdout'),
      await cli(folder, 'synth', '--check'),
    ];
    expect(objects(folder, 'a')).toContain('Secret p retired true');
    expect(file(folder, 'a')).toContain(data);
    change(folder, [web(quay, 'b')]);
    runs.push(await cli(folder, 'synth', '--diff'), await cli(folder, 'synth'));
    expect(runs.map(({ code }) => code)).toEqual([1, 2, 0, 2, 0, 1, 0]);
    expect(runs[1]?.err).toContain('--stdout would print a credential: a retired pull secret had source plaintext');
    for (const { out, err } of runs)
      for (const secret of [password, data, Buffer.from(password).toString('base64')])
        expect(out + err).not.toContain(secret);
  });
});

describe('options', () => {
  async function leaving(rest = 'retire: [{ namespace: a }]', first: Config = {}) {
    const folder = await repository([web(ghcr), web(ghcr, 'b')], first);
    change(folder, [web(ghcr, 'b')], { ...first, rest });
    return folder;
  }

  test('--now keeps nothing and stops for nothing', async () => {
    const folder = await leaving();
    expect(await cli(folder, 'synth', '--now')).toMatchObject({ code: 0, err: '' });
    expect(Object.keys(output(folder))).toEqual(['prod/namespaces/b.yaml']);
    expect((await settled(folder)).err).toContain('[retire-unneeded]');
  });

  test('--stdout prints what is retired', async () => {
    const folder = await leaving();
    const { code, out } = await cli(folder, 'synth', '--stdout');
    expect(code).toBe(0);
    expect(out).toContain('cdk8s-image-pull/retired: "true"');
    expect(out).toContain('imagePullSecrets: []');
  });

  test('--check counts what is not retired yet as a difference, and --diff shows the marks', async () => {
    const folder = await leaving();
    expect((await cli(folder, 'synth', '--check')).out).toContain('dist/prod/namespaces/a.yaml differs');
    expect((await cli(folder, 'synth', '--diff')).out).toContain('+    cdk8s-image-pull/retired: "true"');
  });

  test('--output names the folder whose files count', async () => {
    const folder = await leaving();
    await cli(folder, 'synth', '--output', 'dist');
    expect(objects(folder, 'a')).toContain('ExternalSecret ghcr-pull retired true');
    const { code, err } = await cli(folder, 'synth', '--output', 'elsewhere');
    expect(code).toBe(1);
    expect(err).toContain('image-pull.yaml:6:1: the output folder has no file of an earlier run');
    expect(err).toContain('[retire-unseen]');
  });

  test('clusters one by one give what all together give', async () => {
    const first = { clusters: '{ prod: {}, staging: {} }' };
    const [together, apart] = [await leaving(undefined, first), await leaving(undefined, first)];
    await cli(together, 'synth');
    for (const cluster of ['staging', 'prod']) await cli(apart, 'synth', '--cluster', cluster);
    expect(output(apart)).toEqual(output(together));
  });

  test('what is retired moves with its namespace to another shard', async () => {
    const folder = await repository([web(ghcr), web(ghcr, 'b')]);
    const clusters = '{ prod: { bootstrap: { repository: "https://git.example.com/x.git", shards: 3 } } }';
    change(folder, [web(ghcr, 'b')], { clusters, rest: 'retire: [{ namespace: a }]' });
    expect(await settled(folder)).toMatchObject({ code: 0 });
    const paths = Object.keys(output(folder)).filter((path) => path.endsWith('/a.yaml'));
    expect(paths).toEqual([expect.stringMatching(/^prod\/namespaces\/[0-2]-of-3\/a\.yaml$/)]);
    expect(output(folder)[paths[0] ?? '']).toContain('cdk8s-image-pull/retired: "true"');
  });
});

describe('the app of cdk8s.yaml', () => {
  const main = (cwd: string) =>
    spawnSync(process.execPath, [resolve('lib/main.js')], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, CDK8S_OUTDIR: 'dist' },
    });

  test('says that it cannot keep what is retired once its folder was emptied', async () => {
    const folder = await repository([web(ghcr), web(ghcr, 'b')]);
    change(folder, [web(ghcr, 'b')], { rest: 'retire: [{ namespace: a }]' });
    rmSync(join(folder, 'dist'), { recursive: true });
    mkdirSync(join(folder, 'dist'));
    const { status, stderr } = main(folder);
    expect(status).toBe(1);
    expect(stderr).toContain('[retire-unseen]');
    expect(Object.keys(output(folder))).toEqual(['prod/namespaces/b.yaml']);
  });

  test('retires and stops as synth does where it sees the former files', async () => {
    const folder = await repository([web(ghcr), web(ghcr, 'b')]);
    change(folder, [web(ghcr, 'b')]);
    const before = output(folder);
    expect(main(folder)).toMatchObject({ status: 1, stderr: expect.stringContaining('[access-leaves]') });
    expect(output(folder)).toEqual(before);
    change(folder, [web(ghcr, 'b')], { rest: 'retire: [{ namespace: a }]' });
    expect(main(folder)).toMatchObject({ status: 0, stderr: '' });
    expect(objects(folder, 'a')).toContain('ExternalSecret ghcr-pull retired true');
  });
});

describe('a former file that somebody touched', () => {
  const marker = 'hunter2';
  const rest = 'retire: [{ namespace: a }]';

  async function touched(edit: (text: string) => string) {
    const folder = await repository([web(ghcr), web(ghcr, 'b')]);
    const path = join(folder, 'dist/prod/namespaces/a.yaml');
    const text = edit(file(folder, 'a'));
    expect(text).not.toBe(file(folder, 'a'));
    writeFileSync(path, text);
    change(folder, [web(ghcr, 'b')], { rest });
    return folder;
  }

  test.each<[string, (text: string) => string]>([
    ['cut in the middle of a text', (text) => text.slice(0, text.indexOf('"auth') - 2)],
    ['with the marks of a conflict', (text) => text.replace('imagePullSecrets:', '<<<<<<< ours\nimagePullSecrets:')],
    ['with a namespace that is no name', (text) => text.replaceAll('namespace: a\n', 'namespace: ../../b\n')],
    ['without a namespace', (text) => text.replaceAll('  namespace: a\n', '')],
    ['with a tag that nobody knows', (text) => text.replace('name: ghcr-pull', 'name: !x ghcr-pull')],
    ['with an entry of a list that is no name', (text) => text.replace('- name: ghcr-pull', '- name: "b,a"')],
    [
      'with a Secret of another type',
      (text) => text.replaceAll('type: kubernetes.io/dockerconfigjson', 'type: Opaque'),
    ],
    ['with an object that makes another Secret', (text) => text.replace('    name: ghcr-pull', '    name: other')],
    ['with another group', (text) => text.replace('external-secrets.io/v1', 'example.com/v1')],
    [
      'with annotations that are none',
      (text) =>
        text.replace(/ {2}annotations:\n(?: {4}.*\n)+(?= {2}labels:\n.*\n {2}name: ghcr-pull)/, '  annotations: abc\n'),
    ],
    ['with a key that holds a credential', (text) => text.replace('"ghcr.io/acme/":', `"bob:${marker}@ghcr.io":`)],
  ])('%s: nothing of it is kept, nothing is written, and nothing of it is shown', async (_, edit) => {
    const folder = await touched(edit);
    const before = output(folder);
    const { code, out, err } = await cli(folder, 'synth');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('[access-leaves]');
    expect(err).not.toContain(marker);
    expect(output(folder)).toEqual(before);
    expect((await cli(folder, 'synth', '--now')).code).toBe(0);
  });

  test.each<[string, (text: string) => string]>([
    ['other quotes and comments', (text) => text.replace('name: ghcr-pull', "name: 'ghcr-pull' # mine")],
    [
      'anchors',
      (text) => text.replace('    - remoteRef:\n        key: ghcr', '    - remoteRef: &r\n        key: ghcr'),
    ],
    ['an object of another kind', (text) => `${text}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n`],
    [
      'a mark of its own',
      (text) => text.replace('  name: default', '    cdk8s-image-pull/retired: "z,y,!,z"\n  name: default'),
    ],
    ['the object twice', (text) => `${text}---\n${text.split('---\n')[1]}`],
  ])('%s: what is retired is kept, and a second run changes nothing', async (_, edit) => {
    const folder = await touched(edit);
    expect(await settled(folder)).toMatchObject({ code: 0, err: '' });
    expect(objects(folder, 'a').filter((object) => object === 'ExternalSecret ghcr-pull retired true')).toHaveLength(1);
  });

  test('text of marks and names cannot steer the terminal', async () => {
    const folder = await touched((text) =>
      text.replace('  name: default', '    cdk8s-image-pull/retired: "\\e[31mx"\n  name: default'),
    );
    const { out, err } = await cli(folder, 'synth', '--why');
    expect(out + err).not.toContain('\u001b');
  });
});

describe('entries that cannot be', () => {
  test.each([
    ['[{}]', 'retire-invalid'],
    ['[{ serviceAccount: default }]', 'retire-invalid'],
    ['[{ clusters: [prod] }]', 'retire-invalid'],
    ['[{ pullSecret: "../x" }]', 'name-invalid'],
    ['[{ namespace: "a_*" }]', 'name-invalid'],
    ['[{ namespace: a, serviceAccount: A }]', 'name-invalid'],
    ['[{ namespace: a, clusters: [nope] }]', 'name-dangling'],
    ['[{ namespace: a, secret: b }]', 'config-unknown-key'],
    ['{ namespace: a }', 'config-wrong-type'],
    ['[ghcr-pull]', 'config-wrong-type'],
  ])('%s is an error with its place: %s', async (retire, code) => {
    const folder = folderOf({ 'image-pull.yaml': config({ rest: `retire: ${retire}` }), 'apps/a.yaml': web(ghcr) });
    const ran = await cli(folder, 'synth');
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(new RegExp(`image-pull\\.yaml:6:\\d+: .*\\[${code}\\]`));
  });
});

test('whatever changes, nothing leaves but by an entry, a mark or --now, and every run can be repeated', async () => {
  const need = fc.record({
    namespace: fc.constantFrom('a', 'b'),
    image: fc.constantFrom(ghcr, quay),
    account: fc.constantFrom('default', 'builder'),
  });
  const entry = fc.constantFrom(
    '{ pullSecret: ghcr-pull }',
    '{ pullSecret: quay-pull, namespace: a }',
    '{ namespace: a }',
    '{ namespace: "*", serviceAccount: builder }',
    '{ namespace: b, serviceAccount: default }',
  );
  const state = fc.record({
    needs: fc.uniqueArray(need, { selector: JSON.stringify, maxLength: 5 }),
    retire: fc.uniqueArray(entry),
  });
  const create = ['a', 'b'].map((each) => `${each}: { serviceAccounts: { builder: { create: true } } }`).join(', ');
  const apply = (
    folder: string,
    {
      needs,
      retire,
    }: { needs: readonly { namespace: string; image: string; account: string }[]; retire: readonly string[] },
  ) =>
    change(
      folder,
      // Something that always stays, so that no run prunes everything.
      [
        web(ghcr, 'z'),
        ...needs.map((each, index) =>
          deployment(each.namespace, `w${index}`, [each.image], `serviceAccountName: ${each.account},`),
        ),
      ],
      { rest: `namespaces: { ${create} }\nretire: [${retire.join(', ')}]` },
    );
  const secretsOf = (folder: string) =>
    ['a', 'b'].flatMap((namespace) =>
      objects(folder, namespace)
        .filter((each) => each.startsWith('ExternalSecret'))
        .map((each) => `${namespace} ${each}`),
    );
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 2, maxLength: 4 }), async (states) => {
      const folder = emptyFolder();
      mkdirSync(join(folder, 'apps'));
      for (const each of states) {
        const before = existsSync(join(folder, 'dist')) ? secretsOf(folder) : [];
        const files = existsSync(join(folder, 'dist')) ? output(folder) : {};
        apply(folder, each);
        const { code, err } = await cli(folder, 'synth');
        if (code === 1 && err.includes('[access-leaves]')) {
          expect(output(folder)).toEqual(files);
          continue;
        }
        const after = secretsOf(folder).map((text) => text.replace(' retired true', ''));
        for (const text of before) expect(text.endsWith(' retired true') || after.includes(text)).toBe(true);
        await settled(folder);
      }
    }),
    { numRuns: 20 },
  );
});

test('a list in a manifest of yours that still names what is retired is a warning with its place', async () => {
  const theirs =
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: builder, namespace: a }\nimagePullSecrets: [{ name: ghcr-pull }]\n';
  const folder = await repository([web(ghcr)]);
  change(folder, [`---\n${theirs}`], { rest: 'retire: [{ pullSecret: ghcr-pull }]' });
  expect((await cli(folder, 'synth')).err).toMatch(
    /ServiceAccount a\/builder still lists ghcr-pull, which is retired \[retired-still-listed\]/,
  );
});

test('where there is a finding about an image, the stop says that mending it may be all', async () => {
  const folder = await repository([web(ghcr)]);
  change(folder, [web('ghcr.io/elsewhere/web'), web(quay, 'b')]);
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain(
    'there is a finding about an image of this namespace, and mending it may be all there is to do',
  );
});
