// The names under which manifests already list pull secrets are the names of a new config.
import { cli, deployment, filesOf, folderOf } from '../support.js';

const listing = (name: string) => `imagePullSecrets: [{ name: ${name} }],`;
const pullSecrets = async (files: Record<string, string>) => {
  const folder = folderOf(files);
  await cli(folder, 'init');
  return /^pullSecrets:.*\n(?: {2}[^#].*\n)*/m.exec(filesOf(folder)['image-pull.yaml'] ?? '')?.[0];
};

test('the name that all pods of a registry list is the name of its pull secret', async () => {
  const files = {
    'apps/web.yaml': deployment('shop', 'web', ['ghcr.io/acme/web:v1'], listing('regcred')),
    'apps/api.yaml': deployment('shop', 'api', ['ghcr.io/acme/api:v1', 'registry.k8s.io/pause:3'], listing('regcred')),
  };
  expect(await pullSecrets(files)).toBe('pullSecrets:\n  regcred: { registries: [ghcr], source: { existing: {} } }\n');
});

test('one Secret for two registries is one pull secret', async () => {
  const files = {
    'apps/web.yaml': deployment('shop', 'web', ['ghcr.io/acme/web:v1'], listing('regcred')),
    'apps/api.yaml': deployment('shop', 'api', ['quay.io/acme/api:v1'], listing('regcred')),
  };
  expect(await pullSecrets(files)).toContain('  regcred: { registries: [ghcr, quay], source: { existing: {} } }\n');
});

test('the list of an account counts as that of its pods', async () => {
  const account =
    '{ apiVersion: v1, kind: ServiceAccount, metadata: { name: default, namespace: shop }, imagePullSecrets: [{ name: hub-key }] }\n';
  const files = {
    'apps/web.yaml': deployment('shop', 'web', ['docker.io/acme/web:v1']),
    'apps/account.yaml': account,
  };
  expect(await pullSecrets(files)).toContain('  hub-key: { registries: [hub], source: { existing: {} } }\n');
});

test.each([
  ['two names', [listing('one'), listing('two')]],
  ['several entries', ['imagePullSecrets: [{ name: a }, { name: b }],', '']],
  ['no list', ['', '']],
])('without one name for all the registry gives the name: %s', async (_, [first = '', second = '']) => {
  const files = {
    'apps/web.yaml': deployment('shop', 'web', ['ghcr.io/acme/web:v1'], first),
    'apps/api.yaml': deployment('shop', 'api', ['ghcr.io/acme/api:v1'], second),
  };
  expect(await pullSecrets(files)).toContain('  ghcr-pull: { registries: [ghcr], source: { existing: {} } }\n');
});

test('organisations that are known to be public need no credential', async () => {
  const files = { 'apps/web.yaml': deployment('shop', 'web', ['quay.io/jetstack/cert-manager-controller:v1.18.0']) };
  const folder = folderOf(files);
  await cli(folder, 'init');
  const text = filesOf(folder)['image-pull.yaml'] ?? '';
  expect(text).toContain('  quay: { preset: quay, path: jetstack, access: public }\n');
  expect(text).toContain('pullSecrets: {}\n');
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
});
