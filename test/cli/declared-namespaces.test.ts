import { cli, deployment, folderOf } from '../support.js';

const config = (cluster = '{}', rest = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: ghcr } } } }
clusters: { prod: ${cluster} }
workloads: [apps]
${rest}`;
const web = (namespace: string) => deployment(namespace, 'web', ['ghcr.io/acme/web']);

test('the first run lists the namespaces that it declares and what that means; later ones do not', async () => {
  const folder = folderOf({ 'image-pull.yaml': config(), 'apps/all.yaml': `${web('b')}---\n${web('a')}` });
  const first = await cli(folder, 'synth');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain(
    "2 namespaces declared: a, b. Where another application declares one too, each takes the other's labels away:\n" +
      'say namespaces: { a: { declare: false } }, or declareNamespaces: false for all of a cluster.\n' +
      'Argo CD takes away labels that kubectl apply once put on them: plan --live names these.\n',
  );
  expect((await cli(folder, 'synth')).out).not.toContain('declared');
});

test('of what kubectl applied it speaks with Argo CD only', async () => {
  const folder = folderOf({ 'image-pull.yaml': config('{ gitops: flux }'), 'apps/all.yaml': web('a') });
  const { out } = await cli(folder, 'synth');
  expect(out).toContain('1 namespace declared: a.');
  expect(out).not.toContain('kubectl');
});

test.each([
  ['none is declared', config('{ declareNamespaces: false }'), web('a')],
  ['a manifest declares it', config(), `${web('a')}---\n{ apiVersion: v1, kind: Namespace, metadata: { name: a } }\n`],
  ['it is not to be declared', config('{}', 'namespaces: { a: { declare: false } }\n'), web('a')],
])('it says nothing where %s', async (_, text, manifests) => {
  const folder = folderOf({ 'image-pull.yaml': text, 'apps/all.yaml': manifests });
  expect((await cli(folder, 'synth')).out).not.toContain('declared');
});

test('it names the first twenty of many', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `n${10 + index}`);
  const folder = folderOf({ 'image-pull.yaml': config(), 'apps/all.yaml': names.map(web).join('---\n') });
  const { out } = await cli(folder, 'synth');
  expect(out).toContain('30 namespaces declared: n10, n11');
  expect(out).toContain('n29 and 10 more. Where');
});
