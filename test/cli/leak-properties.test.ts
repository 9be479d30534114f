import fc from 'fast-check';
import { cli, filesOf, folderOf } from '../support.js';

/** Forms in which a credential ends up in a wrong place; each holds the marker. */
const forms: readonly ((marker: string) => string)[] = [
  (marker) => `https://bob:${marker}@r.example.com/x`,
  (marker) => `https://${marker}@r.example.com/x`,
  (marker) => `ssh://git:${marker}@r.example.com/x`,
  (marker) => `bob:${marker}@r.example.com/x`,
  (marker) => `r.example.com/x?token=${marker}`,
  (marker) => `r.example.com:${marker}/x`,
  (marker) => `ghp_${marker}`,
  (marker) => `eyJ${marker}.${marker}.x`,
];

/** A config with one value in the place of a name, an address or a path. */
const configs: Readonly<Record<string, (value: string) => object>> = {
  registryName: (value) => ({ registries: { [value]: { host: 'r.io' } } }),
  host: (value) => ({ registries: { r: { host: value } } }),
  path: (value) => ({ registries: { r: { host: 'r.io', path: value } } }),
  key: (value) => ({ registries: { r: { host: 'r.io', key: value } } }),
  auth: (value) => ({ registries: { r: { host: 'r.io', auth: value } } }),
  pullSecretName: (value) => ({ pullSecrets: { [value]: { registries: ['r'], source: { existing: {} } } } }),
  registries: (value) => ({ pullSecrets: { p: { registries: [value], source: { existing: {} } } } }),
  store: (value) => ({ pullSecrets: { p: { registries: ['r'], source: { external: { store: value, key: 'k' } } } } }),
  remoteKey: (value) => ({
    pullSecrets: { p: { registries: ['r'], source: { external: { store: 'v', key: value } } } },
  }),
  allow: (value) => ({ pullSecrets: { p: { registries: ['r'], source: { existing: {} }, allow: [value] } } }),
  keep: (value) => ({ pullSecrets: { p: { registries: ['r'], source: { existing: {} }, keep: [value] } } }),
  cluster: (value) => ({ clusters: { [value]: {} } }),
  version: (value) => ({ clusters: { prod: { kubernetes: value } } }),
  repository: (value) => ({ clusters: { prod: { bootstrap: { repository: value } } } }),
  server: (value) => ({
    clusters: { prod: { bootstrap: { repository: 'https://g.io/x', destination: { server: value } } } },
  }),
  workloads: (value) => ({ workloads: [value] }),
  namespace: (value) => ({ namespaces: { [value]: {} } }),
  need: (value) => ({ namespaces: { a: { pullSecrets: [value] } } }),
  exclude: (value) => ({ exclude: [{ namespace: value }] }),
  overlap: (value) => ({ overlap: [value, 'p'] }),
  retire: (value) => ({ retire: [{ pullSecret: value }] }),
};

const pod = (value: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: { containers: [{ name: c, image: ${JSON.stringify(value)} }] }\n`;
const base = { version: 1, registries: { r: { host: 'r.io' } }, clusters: { prod: {} } };
const commands = [
  ['synth'],
  ['synth', '--why'],
  ['synth', '--check'],
  ['synth', '--diff'],
  ['attach'],
  ['verify', '--all'],
];
const marker = fc.stringMatching(/^[A-Z]{6}[a-z0-9]{10,14}$/);
const form = fc.constantFrom(...forms);

async function expectSilence(folder: string, secret: string, argv: readonly string[]): Promise<void> {
  const { out, err } = await cli(folder, ...argv);
  expect(out + err).not.toContain(secret);
  expect(out + err).not.toContain(secret.toLowerCase());
}

test.each(Object.entries(configs))('a credential as %s of a config reaches no stream', async (_place, config) => {
  await fc.assert(
    fc.asyncProperty(marker, form, async (secret, shape) => {
      const text = JSON.stringify({ ...base, ...config(shape(secret)) });
      const folder = folderOf({ 'image-pull.yaml': text });
      for (const argv of commands) await expectSilence(folder, secret, argv);
    }),
    { numRuns: 10 },
  );
});

test('a credential in an image reaches neither a stream nor a file', async () => {
  await fc.assert(
    fc.asyncProperty(marker, form, async (secret, shape) => {
      const folder = folderOf({
        'image-pull.yaml': JSON.stringify({ ...base, workloads: ['apps'] }),
        'apps/pod.yaml': pod(shape(secret)),
      });
      const formats = ['json', 'sarif', 'github', 'gitlab', 'junit'].map((each) => ['verify', '--format', each]);
      for (const argv of [...commands, ...formats, ['init', '-c', 'new.yaml', 'apps'], ['explain', 'pod/web', 'apps']])
        await expectSilence(folder, secret, argv);
      await expectSilence(folder, secret, ['explain', shape(secret), 'apps']);
      const written = Object.entries(filesOf(folder)).filter(([path]) => path.startsWith('dist/'));
      for (const [, text] of written) expect(text).not.toContain(secret);
    }),
    { numRuns: 16 },
  );
});

test('a credential in a key or a user name of a docker config is not explained', async () => {
  await fc.assert(
    fc.asyncProperty(marker, form, async (secret, shape) => {
      const entry = { username: `bob:${secret}`, password: 'x' };
      const folder = folderOf({
        'c.json': JSON.stringify({ auths: { [shape(secret)]: entry, [`r.io:${secret}`]: entry } }),
      });
      await expectSilence(folder, secret, ['explain', 'r.io/x', 'c.json']);
    }),
    { numRuns: 16 },
  );
});

test.each([
  [
    'as a docker config in a template',
    (secret: string) => `{"auths":{"r.io":{"username":"u","password":"${secret}"}}}`,
  ],
  ['as a value of a template', (secret: string) => secret],
])('a credential %s of an edited file is not shown by --diff', async (_title, value) => {
  const secret = 'MARKERhunter2hunter2';
  const folder = folderOf({
    'image-pull.yaml': JSON.stringify(base),
    'dist/prod/namespaces/a.yaml': `# Written by cdk8s-image-pull for cluster prod\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: p, namespace: a }\nspec: { target: { template: { data: { .dockerconfigjson: ${JSON.stringify(value(secret))} } } } }\n`,
  });
  await expectSilence(folder, secret, ['synth', '--diff']);
});
