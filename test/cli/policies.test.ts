import { writeFileSync } from 'node:fs';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const config = (cluster: string, pullSecret = '') => `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } }${pullSecret} }
clusters:
  prod: ${cluster}
workloads: [apps]
`;

const byPolicy = config('{ kyverno: "1.19", distribution: kyverno, attachment: { podPolicy: kyverno } }');
const byList = config('{}');

const project = (text: string, files: Record<string, string> = {}) =>
  folderOf({ 'image-pull.yaml': text, 'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']), ...files });

test('synth says which policy gives what, and that policies act late', async () => {
  const folder = project(byPolicy);
  const { code, out, err } = await cli(folder, 'synth');
  expect(code).toBe(0);
  expect(out).toBe(
    [
      'prod   image-pull          ghcr-pull   dist/prod/sources/image-pull.yaml',
      'prod   team-a       pods   ghcr-pull   by policy image-pull-pods-ghcr-pull',
      'prod: read 1 object in 1 file.',
      'prod: 1 image reference: 1 with a pull secret.',
      '5 objects in 2 files: 2 new.',
      '',
    ].join('\n'),
  );
  expect(err).toContain('a policy acts some seconds after it was applied and changes no pod that runs');
  expect(Object.keys(filesOf(`${folder}/dist`)).sort()).toEqual([
    'prod/policies/ghcr-pull.yaml',
    'prod/sources/image-pull.yaml',
  ]);
});

test('a cloned Secret on a list of ours is said to be on the list', async () => {
  const { out } = await cli(project(config('{ distribution: kyverno }')), 'synth');
  expect(out).toContain('prod   team-a       default   ghcr-pull   dist/prod/namespaces/team-a.yaml');
});

test('a gap is a finding, with the line that causes it', async () => {
  const folder = project(byPolicy, { 'apps/b.yaml': deployment('kube-system', 'agent', ['ghcr.io/acme/agent']) });
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('apps/b.yaml:1:');
  expect(err).toContain('Kyverno leaves namespace kube-system out');
  expect(err).toContain('for: { namespaces: [kube-system] }');
});

test('an object of a namespace does not become a clone in one step', async () => {
  const folder = project(byList);
  await cli(folder, 'synth');
  const before = filesOf(`${folder}/dist`);
  const other = project(
    byPolicy,
    Object.fromEntries(Object.entries(before).map(([path, text]) => [`dist/${path}`, text])),
  );
  const { code, err } = await cli(other, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('pull secret ghcr-pull would leave namespace team-a');
  expect(filesOf(`${other}/dist`)).toEqual(before);
});

test('a policy does not leave unseen', async () => {
  const folder = project(byPolicy);
  await cli(folder, 'synth');
  const before = filesOf(`${folder}/dist`);
  const other = project(
    byList,
    Object.fromEntries(Object.entries(before).map(([path, text]) => [`dist/${path}`, text])),
  );
  const { code, err } = await cli(other, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('policy image-pull-pods-ghcr-pull would leave');
  expect(err).toContain('policy image-pull-clone-ghcr-pull would leave');
});

test.each([
  ['an unknown option of a distribution', config('{ distribution: { kyverno: { folder: x } } }'), 'distribution'],
  ['an unknown engine', config('{ attachment: { podPolicy: opa } }'), 'attachment'],
  ['a version that is never asked for', config('{ attachment: { podPolicy: native, apiVersion: v1 } }'), 'attachment'],
])('%s is refused where it stands', async (_, text, key) => {
  const { code, err } = await cli(project(text), 'synth');
  expect(code).toBe(2);
  expect(err).toMatch(new RegExp(`image-pull.yaml:7:\\d+: .*${key}`));
});

test('a name that is too long for a label of Kyverno is refused, with what mends it', async () => {
  const name = 'p'.repeat(50);
  const { code, err } = await cli(project(byPolicy.replaceAll('ghcr-pull', name)), 'synth');
  expect(code).toBe(2);
  expect(err).toContain('shorten the name of the pull secret by 4');
});

test('a cluster that lacks the API is refused', async () => {
  const { code, err } = await cli(project(byPolicy.replace('1.19', '1.16')), 'synth');
  expect(code).toBe(2);
  expect(err).toContain('served from Kyverno 1.17');
});

test('an exclude and an overlap may name pull secrets of other clusters', async () => {
  const text = `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets:
  a: { registries: [ghcr], source: { existing: {} } }
  b: { registries: [ghcr], source: { existing: {} }, for: { clusters: [prod] } }
clusters: { prod: {}, test: { attachment: { podPolicy: native } } }
overlap: [a, b]
exclude: [{ pullSecret: b, namespace: lab }, { pullSecret: a, namespace: sandbox }]
workloads: [apps]
`;
  const folder = project(text);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(filesOf(`${folder}/dist`)['test/policies/a.yaml']).toMatch(/operator: NotIn\n\s+values:\n\s+- sandbox\n/);
});

/** Two pull secrets by policy, of which the first may be gone. */
const pair = (first: string, rest = '') => `version: 1
registries:
  ghcr: { preset: ghcr, path: acme, access: optional }
  quay: { preset: quay, path: acme }
pullSecrets:
  ${first}
  quay-pull: { registries: [quay], source: { external: { store: vault, key: registries/quay } } }
clusters:
  prod: { kyverno: "1.19", distribution: kyverno, attachment: { podPolicy: kyverno } }
workloads: [apps]
${rest}`;
const ghcrPull = 'ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } } }';

test('what is retired keeps its source and the policy that clones it for one more step', async () => {
  const folder = project(pair(ghcrPull), { 'apps/b.yaml': deployment('team-b', 'api', ['quay.io/acme/api']) });
  await cli(folder, 'synth');
  const before = filesOf(`${folder}/dist`);

  writeFileSync(`${folder}/image-pull.yaml`, pair('', 'retire: [{ pullSecret: ghcr-pull }]\n'));
  const first = await cli(folder, 'synth');
  expect(first).toMatchObject({ code: 0 });
  expect(first.out.match(/retired +ghcr-pull .*/g)).toEqual([
    expect.stringMatching(/by policy image-pull-clone-ghcr-pull$/),
    expect.stringMatching(/sources\/image-pull.yaml$/),
  ]);
  const retired = filesOf(`${folder}/dist`);
  expect(Object.keys(retired)).toEqual(Object.keys(before));
  const policies = retired['prod/policies/ghcr-pull.yaml'] ?? '';
  expect(policies.match(/^kind: .*/gm)).toEqual(['kind: ClusterRole', 'kind: GeneratingPolicy']);
  const unneeded = (text = '') =>
    text.replace('# For whatever pulls ghcr.io/acme/*.\n', '').replace('pulls ghcr.io/acme/*, ', 'pulls ');
  const unmarked = (text = '') => text.replace(/\n *cdk8s-image-pull\/retired: "true"/g, '');
  expect(unneeded(before['prod/policies/ghcr-pull.yaml'])).toContain(unmarked(policies).trimEnd());
  expect(unmarked(retired['prod/sources/image-pull.yaml'])).toBe(unneeded(before['prod/sources/image-pull.yaml']));

  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(filesOf(`${folder}/dist`)).toEqual(retired);

  writeFileSync(`${folder}/image-pull.yaml`, pair(''));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(Object.keys(filesOf(`${folder}/dist`))).not.toContain('prod/policies/ghcr-pull.yaml');
  expect(filesOf(`${folder}/dist`)['prod/sources/image-pull.yaml']).not.toContain('ghcr-pull');
});

test('a policy that clones is not retired while the pull secret is given in another way', async () => {
  const folder = project(byPolicy);
  await cli(folder, 'synth');
  const legacy = byPolicy.replace('distribution: kyverno', 'distribution: { kyverno: { engine: kyvernoLegacy } }');
  writeFileSync(`${folder}/image-pull.yaml`, `${legacy}retire: [{ pullSecret: ghcr-pull }]\n`);
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('policy image-pull-clone-ghcr-pull would leave');
  expect(err).toContain('give the new one another name, name both in `overlap`');
});

test('a policy that attaches leaves at once with an entry of retire, as names leave lists', async () => {
  const folder = project(byPolicy);
  await cli(folder, 'synth');
  const byAccount = config('{ kyverno: "1.19", distribution: kyverno }');
  writeFileSync(`${folder}/image-pull.yaml`, byAccount);
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('policy image-pull-pods-ghcr-pull would leave');
  expect(err).toContain('retire: [{ pullSecret: ghcr-pull }]');
  writeFileSync(`${folder}/image-pull.yaml`, `${byAccount}retire: [{ pullSecret: ghcr-pull }]\n`);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(filesOf(`${folder}/dist`)['prod/policies/ghcr-pull.yaml']).not.toContain('MutatingPolicy');
});

test('a name that a policy appends from now on does not leave the list of its account', async () => {
  const folder = project(config('{ kyverno: "1.19" }'));
  await cli(folder, 'synth');
  writeFileSync(
    `${folder}/image-pull.yaml`,
    config('{ kyverno: "1.19", attachment: { serviceAccountPolicy: kyverno } }'),
  );
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
});

test('attach puts what a policy appends on a list that a manifest declares for something else', async () => {
  const text = `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
  quay: { preset: quay, path: acme }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { existing: {} }, attachment: { serviceAccountPolicy: native } }
  quay-pull: { registries: [quay], source: { existing: {} } }
clusters: { prod: {} }
workloads: [apps]
`;
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: team-a }\n';
  const folder = project(text, {
    'apps/b.yaml': deployment('team-a', 'api', ['quay.io/acme/api']),
    'apps/default.yaml': account,
  });
  expect(await cli(folder, 'attach')).toMatchObject({ code: 0 });
  expect(filesOf(`${folder}/apps`)['default.yaml']).toBe(
    `${account}imagePullSecrets:\n- name: quay-pull # image-pull\n- name: ghcr-pull # image-pull\n`,
  );
  expect(await cli(folder, 'synth', '--check')).toMatchObject({ err: expect.not.stringContaining('lacks') });
});
