// The global pull secret of OpenShift, through the command line.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const auth = Buffer.from('user:hunter2').toString('base64');
const before = `{ "auths": { "cloud.openshift.com": { "auth": "${auth}", "email": "a@b.example" }, "quay.io": { "auth": "${auth}" } } }`;

interface Config {
  readonly pullSecrets?: readonly string[];
  readonly global?: string;
  readonly cluster?: string;
  readonly rest?: string;
}

const pull = (name: string, rest = '') =>
  `${name}-pull: { registries: [${name}], source: { external: { store: vault, key: ${name} } }, distribution: globalPullSecret${rest} }`;
const plain = (name: string) =>
  `${name}-pull: { registries: [${name}], source: { plaintext: { username: robot, password: s3same, acceptPlaintextInGit: true } }, distribution: globalPullSecret }`;
const inStore = '{ current: { external: { store: vault, key: openshift } } }';
const inFile = '{ current: { plaintext: { file: pull-secret.json, acceptPlaintextInGit: true } } }';

const config = ({
  pullSecrets = [pull('a'), pull('b')],
  global = inStore,
  cluster = '',
  rest = '',
}: Config) => `version: 1
registries: { a: { host: a.example }, b: { host: b.example, path: team } }
pullSecrets: { ${pullSecrets.join(', ')} }
clusters: { ocp: { openshift: "4.20"${global && `, globalPullSecret: ${global}`}${cluster} } }
workloads: [apps]
${rest}
`;

const apps = deployment('shop', 'web', ['a.example/web:1', 'b.example/team/web:1']);

function folderWith(first: Config = {}, files: Readonly<Record<string, string>> = {}): string {
  return folderOf({ 'image-pull.yaml': config(first), 'apps/web.yaml': apps, 'pull-secret.json': before, ...files });
}

const change = (folder: string, next: Config) => writeFileSync(join(folder, 'image-pull.yaml'), config(next));
const output = (folder: string) => (existsSync(join(folder, 'dist')) ? filesOf(join(folder, 'dist')) : {});
const file = 'ocp/sources/global-pull-secret.yaml';

/** A repository whose output is that of a config. */
async function repository(first: Config = {}, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = folderWith(first, files);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  return folder;
}

describe('who gets what', () => {
  test('every node has it, and no namespace gets anything', async () => {
    const folder = folderWith();
    const { code, out } = await cli(folder, 'synth', '--why');
    expect(code).toBe(0);
    expect(out).toContain(`every node   a-pull, b-pull   dist/${file}`);
    expect(out).toContain('ocp   shop   every pod    a-pull, b-pull   by the global pull secret');
    expect(out).toContain('Deployment shop/web pulls a.example/web:1');
    expect(out).toContain('2 image references: 2 with a pull secret.');
    expect(Object.keys(output(folder))).toEqual([file]);
  });

  test('that Git takes it over is said once', async () => {
    const folder = folderWith();
    expect((await cli(folder, 'synth')).err).toContain('[global-pull-secret-owned]');
    expect((await cli(folder, 'synth')).err).toBe('');
    expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 0, out: '', err: '' });
  });

  test('a need said by hand is met by the node, too', async () => {
    const folder = folderWith({ rest: 'namespaces: { team: { pullSecrets: [a-pull] } }' });
    const { code, out } = await cli(folder, 'synth', '--why');
    expect(code).toBe(0);
    expect(out).toContain('team   every pod    a-pull           by the global pull secret');
    expect(out).toMatch(/said by hand at \S*image-pull.yaml:6:/);
    expect(Object.keys(output(folder))).toEqual([file]);
  });

  test('an entry of somebody else writes nothing', async () => {
    const existing = 'a-pull: { registries: [a, b], source: { existing: {} }, distribution: globalPullSecret }';
    const folder = folderWith({ pullSecrets: [existing], global: '' });
    const { code, out, err } = await cli(folder, 'synth');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('every pod   a-pull   by the global pull secret');
  });

  test('one that a manifest declares is not written', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: pull-secret, namespace: openshift-config }\n';
    const folder = folderWith({}, { 'apps/secret.yaml': secret });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('[declared-elsewhere]');
    expect(output(folder)).toEqual({});
  });

  test('the stage of sources has an Application of its own where they are in shards', async () => {
    const bootstrap = ', bootstrap: { repository: "https://git.example/x.git", shards: 2 }';
    const folder = await repository({ cluster: bootstrap });
    expect(Object.values(output(folder)).join('')).toContain('path: dist/ocp/sources');
  });
});

describe('a document in a file', () => {
  const first: Config = { pullSecrets: [plain('a'), plain('b')], global: inFile };

  test('is written with all that it held, and shown nowhere', async () => {
    const folder = folderWith(first);
    const ran = [await cli(folder, 'synth', '--diff'), await cli(folder, 'synth', '--why'), await cli(folder, 'synth')];
    for (const { out, err } of ran)
      for (const hidden of ['hunter2', auth, 's3same', 'cloud.openshift.com', 'a@b.example']) {
        expect(out).not.toContain(hidden);
        expect(err).not.toContain(hidden);
      }
    const [, data = ''] = /\.dockerconfigjson: (\S+)/.exec(output(folder)[file] ?? '') ?? [];
    const { auths } = JSON.parse(Buffer.from(data, 'base64').toString()) as { auths: object };
    expect(auths).toMatchObject(JSON.parse(before).auths);
    expect(Object.keys(auths)).toEqual(['cloud.openshift.com', 'quay.io', 'a.example', 'b.example/team']);
  });

  test('may be the Secret as the cluster has it', async () => {
    const data = Buffer.from(before).toString('base64');
    const secret = `apiVersion: v1\nkind: Secret\ntype: kubernetes.io/dockerconfigjson\nmetadata: { name: pull-secret }\ndata: { .dockerconfigjson: ${data} }\n`;
    const folder = await repository(first, { 'pull-secret.json': secret });
    const plainly = await repository(first);
    expect(output(folder)).toEqual(output(plainly));
  });

  test.each([
    ['is missing', undefined, 'pull-secret.json does not exist'],
    ['is no JSON', 'hunter2', 'docker-config-invalid'],
    ['has no auths', `{"quay.io":{"auth":"${auth}"}}`, 'has not exactly one `auths`'],
    ['has a list of auths', `{"auths":[{"auth":"${auth}"}]}`, 'docker-config-invalid'],
    ['has an entry twice', `{"auths":{"quay.io":{"auth":"${auth}"},"quay.io":{}}}`, 'auths-key-duplicate'],
    ['has an entry of ours', `{"auths":{"https://a.example/v1/":{"auth":"${auth}"}}}`, 'auths-key-duplicate'],
    ['is larger than a Secret', `{"auths":{},"x":"${'x'.repeat(1024 * 1024)}"}`, 'is larger than a Secret may be'],
  ])('that %s is an error, and nothing is written', async (_what, text, expected) => {
    const folder = folderWith(first, text === undefined ? {} : { 'pull-secret.json': text });
    if (text === undefined)
      change(folder, { ...first, global: inFile.replace('pull-secret.json', './gone/pull-secret.json') });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(2);
    expect(err).toContain(text === undefined ? 'does not exist' : expected);
    expect(err).not.toContain('hunter2');
    expect(err).not.toContain(auth);
    expect(output(folder)).toEqual({});
  });

  test('is not printed as a stream, even where nothing is merged into it', async () => {
    const folder = folderWith({ pullSecrets: [], global: inFile });
    expect(await cli(folder, 'synth', '--stdout')).toMatchObject({ code: 2, out: '' });
  });

  test('that loses an entry of others stops the run', async () => {
    const folder = await repository(first);
    writeFileSync(join(folder, 'pull-secret.json'), before.replace('"quay.io"', '"other.example"'));
    const stopped = await cli(folder, 'synth');
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain(
      'every node would lose the entry "quay.io" of pull secret pull-secret [access-leaves]',
    );
    expect(await cli(folder, 'synth', '--now')).toMatchObject({ code: 0 });
  });
});

describe('an entry that leaves', () => {
  const one: Config = { pullSecrets: [pull('a')] };
  const images = (folder: string) =>
    writeFileSync(join(folder, 'apps/web.yaml'), deployment('shop', 'web', ['a.example/web:1']));

  test('stops the run, stays for one step with `retire`, and goes', async () => {
    const folder = await repository();
    images(folder);
    const all = output(folder)[file] ?? '';
    change(folder, one);
    const stopped = await cli(folder, 'synth');
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain(
      'every node would lose the entry b.example/team of pull secret b-pull [access-leaves]',
    );
    expect(stopped.err).toContain('retire: [{ pullSecret: b-pull }]');
    expect(output(folder)[file]).toBe(all);

    change(folder, { ...one, rest: 'retire: [{ pullSecret: b-pull }]' });
    const retired = await cli(folder, 'synth');
    expect(retired).toMatchObject({ code: 0, err: '' });
    expect(retired.out).toContain('retired      entry b.example/team');
    const marked = output(folder)[file] ?? '';
    expect(marked).toContain('cdk8s-image-pull/retired: b.example/team');
    expect(marked.replace(/.*cdk8s-image-pull\/retired.*\n/, '')).toBe(
      all?.replace('a.example/*, b.example/team/*.', 'a.example/*.'),
    );
    expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 0, out: '', err: '' });

    change(folder, one);
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
    expect(output(folder)[file]).not.toContain('b.example/team');
    expect(output(folder)[file]).toContain('set $auths "a.example"');
  });

  test('leaves at once with --now', async () => {
    const folder = await repository();
    images(folder);
    change(folder, one);
    expect(await cli(folder, 'synth', '--now')).toMatchObject({ code: 0 });
    expect(output(folder)[file]).not.toContain('b.example/team');
  });

  test('cannot be retired while another comes', async () => {
    const folder = await repository(one, { 'apps/web.yaml': deployment('shop', 'web', ['a.example/web:1']) });
    writeFileSync(join(folder, 'apps/web.yaml'), deployment('shop', 'web', ['b.example/team/web:1']));
    change(folder, { pullSecrets: [pull('b')], rest: 'retire: [{ pullSecret: a-pull }]' });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('lacks what is needed now');
  });

  test('all of it stops the run when the config describes it no more', async () => {
    const folder = await repository();
    change(folder, { pullSecrets: [pull('a').replace('globalPullSecret', 'perNamespace')], global: '' });
    images(folder);
    const { err } = await cli(folder, 'synth');
    for (const lost of ['a.example of pull secret a-pull', 'b.example/team of pull secret b-pull'])
      expect(err).toContain(`every node would lose the entry ${lost}`);
    expect(Object.keys(output(folder))).toEqual([file]);
  });

  test('what is still in it is not retired', async () => {
    const folder = await repository();
    change(folder, { rest: 'retire: [{ pullSecret: b-pull }]' });
    expect((await cli(folder, 'synth')).err).toContain('the global pull secret still has b-pull, so it is not retired');
  });
});

describe('from namespaces to every node', () => {
  const a = (distribution: string, name = 'a-pull') =>
    `${name}: { registries: [a], source: { external: { store: vault, key: a } }, distribution: ${distribution} }`;
  const only = {
    'apps/web.yaml': deployment('shop', 'web', ['a.example/web:1'], 'imagePullSecrets: [{ name: a-pull }],'),
  };

  test('both are there while one replaces the other', async () => {
    const folder = await repository({ pullSecrets: [a('perNamespace')], global: '' }, only);
    const both = [a('perNamespace'), a('globalPullSecret', 'node-pull')];
    change(folder, { pullSecrets: both, rest: 'overlap: [a-pull, node-pull]' });
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
    expect(Object.keys(output(folder)).sort()).toEqual(['ocp/namespaces/shop.yaml', file]);
    change(folder, { pullSecrets: [a('globalPullSecret', 'node-pull')], rest: 'retire: [{ pullSecret: a-pull }]' });
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
    change(folder, { pullSecrets: [a('globalPullSecret', 'node-pull')] });
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
    expect(Object.keys(output(folder))).toEqual([file]);
  });
});

test('the order of the config does not show', async () => {
  const one = await repository();
  const other = await repository({ pullSecrets: [pull('b'), pull('a')] });
  expect(output(other)).toEqual(output(one));
});

test('a mirror without a credential on the nodes is told at its line', async () => {
  const mirrors = `apiVersion: v1
kind: List
items:
  - apiVersion: config.openshift.io/v1
    kind: ImageDigestMirrorSet
    metadata: { name: quay }
    spec:
      imageDigestMirrors:
        - source: quay.io
          mirrors:
            - b.example/team/quay
`;
  const folder = folderWith(
    { pullSecrets: [pull('a'), pull('b').replace('globalPullSecret', 'perNamespace')] },
    { 'apps/mirrors.yaml': mirrors },
  );
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain(
    'apps/mirrors.yaml:11:15: ImageDigestMirrorSet quay sends pulls of quay.io to b.example/team/quay (registry b), and the global pull secret has no credential for it [mirror-not-covered]',
  );
  expect(err).toContain('pullSecrets: { b-pull: { distribution: globalPullSecret } }');
});
