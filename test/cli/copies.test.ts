import { writeFileSync } from 'node:fs';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const config = (distribution: string, pullSecret = '', rest = '') => `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } }${pullSecret} }
clusters:
  prod: { distribution: ${distribution} }
workloads: [apps]
${rest}`;

const project = (text: string, files: Record<string, string> = {}) =>
  folderOf({ 'image-pull.yaml': text, 'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']), ...files });

test.each([
  ['reflector', 'reflector'],
  ['replicator', 'kubernetes-replicator'],
])('synth writes one source for %s, and says that copies come late', async (distribution, tool) => {
  const folder = project(config(distribution));
  const { code, out, err } = await cli(folder, 'synth');
  expect(code).toBe(0);
  expect(out).toBe(
    [
      'prod   image-pull             ghcr-pull   dist/prod/sources/image-pull.yaml',
      'prod   team-a       default   ghcr-pull   dist/prod/namespaces/team-a.yaml',
      'prod: read 1 object in 1 file.',
      'prod: 1 image reference: 1 with a pull secret.',
      '4 objects in 2 files: 2 new.',
      "1 namespace declared: team-a. Where another application declares one too, each takes the other's labels away:",
      'say namespaces: { team-a: { declare: false } }, or declareNamespaces: false for all of a cluster.',
      'Argo CD takes away labels that kubectl apply once put on them: plan --live names these.',
      '',
    ].join('\n'),
  );
  expect(err).toContain(`copies come some seconds after their source or their namespace: ghcr-pull by ${tool}`);
});

test('synth says that the patcher attaches, and warns of what it is', async () => {
  const folder = project(config('patcher'));
  const { code, out, err } = await cli(folder, 'synth');
  expect(code).toBe(0);
  expect(out).toContain('prod   team-a       default   ghcr-pull   by imagepullsecret-patcher\n');
  expect(err).toContain('no release since 2020');
  expect(err).toContain('also one that somebody else made');
  expect(Object.keys(filesOf(`${folder}/dist`)).sort()).toEqual([
    'prod/policies/ghcr-pull.yaml',
    'prod/sources/image-pull.yaml',
  ]);
});

test('synth --why tells who attaches, and why', async () => {
  const { out } = await cli(project(config('patcher')), 'synth', '--why');
  expect(out).toContain('by imagepullsecret-patcher');
  expect(out).toContain('Deployment team-a/web pulls ghcr.io/acme/web');
});

test.each([
  ['an option that the patcher does not have', '{ patcher: { secretName: x } }', 'distribution'],
  ['an option that is no list', '{ patcher: { serviceAccounts: default } }', 'distribution'],
  ['an option of another distribution', '{ reflector: { image: x } }', 'distribution'],
  ['two distributions in one', '{ reflector: {}, replicator: {} }', 'distribution'],
  ['a single run', '{ patcher: { runOnce: true } }', 'starts again for ever'],
  ['managed Secrets only', '{ patcher: { managedOnly: true } }', 'would stop rotation'],
  [
    'the latest image',
    '{ patcher: { image: "quay.io/titansoft/imagepullsecret-patcher:latest" } }',
    'another program tomorrow',
  ],
])('%s is refused', async (_, distribution, message) => {
  const folder = project(config(distribution));
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(2);
  expect(err).toMatch(/image-pull.yaml:\d+:\d+: /);
  expect(err).toContain(message);
  expect(filesOf(folder)).not.toHaveProperty('dist/prod/sources/image-pull.yaml');
});

test.each([
  ['patcher', ', allow: ["team-*"]', 'knows no `for` and no `allow`'],
  ['reflector', ', for: { labels: { a: b } }, allow: ["team-*"]', 'where either matches'],
  ['replicator', ', for: { labels: { a: b } }, allow: ["team-*"]', 'where either matches'],
])('a scope that %s cannot have is refused at its pull secret', async (distribution, pullSecret, message) => {
  const { code, err } = await cli(project(config(distribution, pullSecret)), 'synth');
  expect(code).toBe(2);
  expect(err).toMatch(/image-pull.yaml:5:\d+: pull secret ghcr-pull on cluster prod: /);
  expect(err).toContain(message);
  expect(err).toContain('kyverno');
});

test('a namespace whose manifest opts out of the patcher is a finding, with the line that causes it', async () => {
  const namespace = `apiVersion: v1
kind: Namespace
metadata: { name: team-a, annotations: { k8s.titansoft.com/imagepullsecret-patcher-exclude: "true" } }
`;
  const { code, err } = await cli(project(config('patcher'), { 'apps/n.yaml': namespace }), 'synth');
  expect(code).toBe(1);
  expect(err).toMatch(/apps\/a.yaml:1:\d+: imagepullsecret-patcher does not bring ghcr-pull into namespace team-a/);
  expect(err).toContain('the annotation k8s.titansoft.com/imagepullsecret-patcher-exclude off the namespace');
});

/** Two pull secrets, of which the first may be gone. */
const pair = (distribution: string, first: string, rest = '') => `version: 1
registries:
  ghcr: { preset: ghcr, path: acme, access: optional }
  quay: { preset: quay, path: acme }
pullSecrets:
  ${first}
  quay-pull: { registries: [quay], source: { external: { store: vault, key: registries/quay } } }
clusters:
  prod: { distribution: ${distribution} }
workloads: [apps]
${rest}`;
const ghcrPull = 'ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } } }';
const others = { 'apps/b.yaml': deployment('team-b', 'api', ['quay.io/acme/api']) };

test('a patcher leaves at once with an entry of retire, and its source in two steps', async () => {
  const folder = project(pair('patcher', ghcrPull), others);
  await cli(folder, 'synth');
  const before = filesOf(`${folder}/dist`);
  const program = 'prod/policies/ghcr-pull.yaml';
  const source = 'prod/sources/image-pull.yaml';
  expect(Object.keys(before)).toContain(program);

  writeFileSync(`${folder}/image-pull.yaml`, pair('patcher', ''));
  const stopped = await cli(folder, 'synth');
  expect(stopped.code).toBe(1);
  expect(stopped.err).toContain('image-pull-copy-ghcr-pull would leave');
  expect(filesOf(`${folder}/dist`)).toEqual(before);

  writeFileSync(`${folder}/image-pull.yaml`, pair('patcher', '', 'retire: [{ pullSecret: ghcr-pull }]\n'));
  const first = await cli(folder, 'synth');
  expect(first).toMatchObject({ code: 0 });
  expect(first.out).toMatch(/retired +ghcr-pull .*sources\/image-pull.yaml/);
  const retired = filesOf(`${folder}/dist`);
  expect(Object.keys(retired)).not.toContain(program);
  expect(retired[source]?.replace(/\n *cdk8s-image-pull\/retired: "true"/g, '')).toBe(forOneLess(before[source]));

  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(filesOf(`${folder}/dist`)).toEqual(retired);

  writeFileSync(`${folder}/image-pull.yaml`, pair('patcher', ''));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(filesOf(`${folder}/dist`)[source]).not.toContain('ghcr-pull');
});

/** The text of a file that is for images of ghcr.io no more. */
function forOneLess(text: string | undefined): string | undefined {
  return text?.replace('# For whatever pulls ghcr.io/acme/*, ', '# For whatever pulls ');
}

test('a list of ours loses what a patcher appended in the step in which the patcher goes', async () => {
  const list = 'quay-pull: { registries: [quay], source: { existing: {} }, distribution: perNamespace }';
  const text = (first: string, rest = '') => pair('patcher', first, rest).replace(/quay-pull: .*/, list);
  const folder = project(text(ghcrPull), { 'apps/b.yaml': deployment('team-a', 'api', ['quay.io/acme/api']) });
  await cli(folder, 'synth');
  const file = 'prod/namespaces/team-a.yaml';
  expect(filesOf(`${folder}/dist`)[file]).toContain('- name: quay-pull\n  - name: ghcr-pull\n');
  writeFileSync(`${folder}/image-pull.yaml`, text('', 'retire: [{ pullSecret: ghcr-pull }]\n'));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const after = filesOf(`${folder}/dist`);
  expect(after[file]).not.toContain('- name: ghcr-pull');
  expect(Object.keys(after)).not.toContain('prod/policies/ghcr-pull.yaml');
});

test.each(['reflector', 'replicator'])('a source for %s leaves in two steps, as it stands', async (distribution) => {
  const folder = project(pair(distribution, ghcrPull), others);
  await cli(folder, 'synth');
  const before = filesOf(`${folder}/dist`)['prod/sources/image-pull.yaml'];
  writeFileSync(`${folder}/image-pull.yaml`, pair(distribution, '', 'retire: [{ pullSecret: ghcr-pull }]\n'));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const retired = filesOf(`${folder}/dist`)['prod/sources/image-pull.yaml'];
  expect(retired?.replace(/\n *cdk8s-image-pull\/retired: "true"/g, '')).toBe(forOneLess(before));
});

test.each([
  ['reflector', 'replicator', 'what reflector copies of ghcr-pull would leave'],
  ['reflector', 'kyverno', 'what reflector copies of ghcr-pull would leave'],
  ['replicator', 'perNamespace', 'what replicator copies of ghcr-pull would leave'],
  ['kyverno', 'reflector', 'policy image-pull-clone-ghcr-pull would leave'],
  ['patcher', 'reflector', 'image-pull-copy-ghcr-pull would leave'],
])('copies of %s do not become those of %s under the same name', async (from, to, message) => {
  const folder = project(config(from));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const before = filesOf(`${folder}/dist`);
  writeFileSync(`${folder}/image-pull.yaml`, config(to, '', 'retire: [{ pullSecret: ghcr-pull }]\n'));
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain(message);
  expect(err).toContain('give the new one another name, name both in `overlap`');
  expect(filesOf(`${folder}/dist`)).toEqual(before);
});

test('copies change hands under another name, with both names in overlap', async () => {
  const source = (key: string) => `source: { external: { store: vault, key: registries/${key} } }`;
  const text = (pullSecrets: string, rest: string) => `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
pullSecrets:
${pullSecrets}clusters: { prod: {} }
workloads: [apps]
${rest}`;
  const old = `  old-pull: { registries: [ghcr], ${source('old')}, distribution: patcher }\n`;
  const fresh = `  new-pull: { registries: [ghcr], ${source('new')}, distribution: reflector }\n`;
  const folder = project(text(old, ''));
  await cli(folder, 'synth');
  const run = async (...given: [string, string]) => {
    writeFileSync(`${folder}/image-pull.yaml`, text(...given));
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
    return filesOf(`${folder}/dist/prod`);
  };

  const both = await run(old + fresh, 'overlap: [old-pull, new-pull]\n');
  expect(both['namespaces/team-a.yaml']).toContain('imagePullSecrets:\n  - name: new-pull\n  - name: old-pull\n');
  expect(Object.keys(both)).toContain('policies/old-pull.yaml');

  const retired = await run(fresh, 'retire: [{ pullSecret: old-pull }]\n');
  expect(retired['namespaces/team-a.yaml']).toMatch(/imagePullSecrets:\n {2}- name: new-pull\n$/);
  expect(Object.keys(retired)).not.toContain('policies/old-pull.yaml');
  expect(retired['sources/image-pull.yaml']).toContain('name: old-pull');

  const done = await run(fresh, '');
  expect(done['sources/image-pull.yaml']).not.toContain('old-pull');
  expect(done['sources/image-pull.yaml']).toContain('name: new-pull');
});

test('a difference shows what the patcher runs with, and nothing of the credential', async () => {
  const plaintext = config('patcher').replace(
    'external: { store: vault, key: registries/ghcr }',
    'plaintext: { acceptPlaintextInGit: true, username: robot, password: correct-horse }',
  );
  const folder = project(plaintext);
  await cli(folder, 'synth');
  const changed = plaintext
    .replace('distribution: patcher', 'distribution: { patcher: { loopDuration: 5m } }')
    .replace('correct-horse', 'battery-staple');
  writeFileSync(`${folder}/image-pull.yaml`, changed);
  const { out } = await cli(folder, 'synth', '--diff');
  expect(out).toContain('-              value: 10s\n+              value: 5m\n');
  for (const word of ['correct-horse', 'battery-staple'])
    for (const text of [word, Buffer.from(`robot:${word}`).toString('base64')]) expect(out).not.toContain(text);
});

test('Flux is told to leave the expressions of a source Secret alone', async () => {
  const text = config('replicator', ', for: { namespaces: ["team-*"] }')
    .replace(
      'external: { store: vault, key: registries/ghcr }',
      'plaintext: { acceptPlaintextInGit: true, username: a, password: b }',
    )
    .replace('prod: {', 'prod: { gitops: flux,');
  const folder = project(text);
  await cli(folder, 'synth');
  const source = filesOf(`${folder}/dist`)['prod/sources/image-pull.yaml'];
  expect(source).toContain('kustomize.toolkit.fluxcd.io/substitute: disabled');
  expect(source).toContain('replicator.v1.mittwald.de/replicate-to: ^team-.*$');
});

test.each([
  'reflector',
  'replicator',
  'kyverno',
  'patcher',
])('the source of %s does not move to another namespace under its name, with retire neither', async (distribution) => {
  const folder = project(config(`{ ${distribution}: { namespace: a } }`));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const before = filesOf(`${folder}/dist`);
  writeFileSync(
    `${folder}/image-pull.yaml`,
    config(`{ ${distribution}: { namespace: b } }`, '', 'retire: [{ pullSecret: ghcr-pull }]\n'),
  );
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('prod: pull secret ghcr-pull would leave namespace a [access-leaves]');
  expect(err).toContain('give the new one another name');
  expect(filesOf(`${folder}/dist`)).toEqual(before);
});

test.each([
  'kyverno',
  'clusterExternalSecret',
  'patcher',
])('annotations of programs that copy are refused with distribution %s', async (distribution) => {
  const metadata = ', metadata: { annotations: { replicator.v1.mittwald.de/replicate-to: ".*" } }';
  const { code, err } = await cli(project(config(distribution, metadata)), 'synth');
  expect(code).toBe(2);
  expect(err).toContain('annotation replicator.v1.mittwald.de/replicate-to would change where');
});

test('resources that are given replace the defaults as a whole', async () => {
  const folder = project(config('{ patcher: { resources: { limits: { memory: 16Mi } } } }'));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const text = filesOf(`${folder}/dist`)['prod/policies/ghcr-pull.yaml'] ?? '';
  expect(text).toContain('limits:\n              memory: 16Mi\n');
  expect(text).not.toContain('requests:');
});

test('a run that would remove everything names the entry of retire that keeps what pods use', async () => {
  const folder = project(config('perNamespace'));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  writeFileSync(`${folder}/apps/a.yaml`, deployment('team-a', 'web', []));
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(2);
  expect(err).toContain('[prunes-everything]');
  expect(err).toContain('`retire: [{ pullSecret: ghcr-pull }]` lets it leave in two steps');
});

test('the source of clones that objects are to replace under the same name is not retired', async () => {
  const folder = project(config('kyverno'));
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  writeFileSync(`${folder}/image-pull.yaml`, config('perNamespace', '', 'retire: [{ pullSecret: ghcr-pull }]\n'));
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('pull secret ghcr-pull would leave namespace image-pull [access-leaves]');
  expect(err.match(/give the new one another name/g)).toHaveLength(2);
});
