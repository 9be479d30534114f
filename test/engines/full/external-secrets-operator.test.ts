// The operator itself makes pull secrets of what the generator writes. Providers of clouds cannot run here: stores are
// the operator's own fake, and a generator's kind is replaced by its fake, which gives what the real one would.
import { join } from 'node:path';
import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { cli, deployment, folderOf } from '../../support.js';
import { isAllowed } from '../cluster/access-review.js';
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { namespace } from '../cluster/objects.js';
import { ExternalSecrets } from '../engines/external-secrets-operator.js';
import { eventually, type Patience } from '../processes/eventually.js';

let plane: ControlPlane;
let operator: ExternalSecrets;

beforeAll(async () => {
  plane = await ControlPlane.start();
  operator = await ExternalSecrets.start(plane);
});

afterAll(async () => {
  await operator?.stop();
  await plane?.stop();
});

const patience: Patience = { seconds: 60, otherwise: () => operator.logTail() };

/** A store that the config names, with a user name and a password for each key. */
async function fakeStore(name: string, passwords: Readonly<Record<string, string>>): Promise<void> {
  const data = Object.entries(passwords).map(([key, password]) => ({
    key,
    value: JSON.stringify({ username: `robot-${key}`, password }),
  }));
  await plane.api.apply({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name },
    spec: { provider: { fake: { data } } },
  });
}

/** What the generator writes for a config, in the order in which it is applied. */
async function written(config: string, apps: readonly string[]): Promise<KubeObject[]> {
  const folder = folderOf({ 'image-pull.yaml': config, 'apps/all.yaml': apps.join('---\n') });
  const { code, err } = await cli(folder, 'synth');
  if (code !== 0) throw new Error(err);
  const objects = manifestsIn(join(folder, 'dist')).map(({ object }) => object);
  return [...objects].sort((a, b) => waveOf(a) - waveOf(b) || rank(a) - rank(b));
}

const waveOf = ({ metadata }: KubeObject) => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
const rank = ({ kind }: KubeObject) => (kind === 'Namespace' ? 0 : 1);

/** The same objects for this cluster, where no name server knows the API server and no cloud makes tokens. */
function adapted(object: KubeObject, generated: Readonly<Record<string, string>> = {}): KubeObject {
  const swapped = JSON.stringify(object)
    .replaceAll('https://kubernetes.default.svc', plane.url)
    .replaceAll('"ECRAuthorizationToken"', '"Fake"');
  const copy = JSON.parse(swapped) as KubeObject;
  if (copy.kind === 'Fake') return { ...copy, spec: { data: generated } };
  if (copy.kind === 'ClusterGenerator')
    return { ...copy, spec: { kind: 'Fake', generator: { fakeSpec: { data: generated } } } };
  return copy;
}

async function applyAll(objects: readonly KubeObject[], generated?: Readonly<Record<string, string>>): Promise<void> {
  for (const object of objects) await plane.api.apply(adapted(object, generated));
}

const secret = (inNamespace: string, name: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: inNamespace },
});
const externalSecret = (inNamespace: string, name: string) => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name, namespace: inNamespace },
});

/** User names and passwords by the keys of a pull secret's docker config. */
function credentialsIn({ type, data }: KubeObject): Record<string, string> {
  expect(type).toBe('kubernetes.io/dockerconfigjson');
  const { entries } = DockerConfig.parse(Buffer.from(data?.['.dockerconfigjson'] ?? '', 'base64'));
  return Object.fromEntries(entries.map(({ key, username, password }) => [key, `${username}:${password.reveal()}`]));
}

/** Waits until the pull secret of a namespace holds these credentials. */
function untilOpens(
  inNamespace: string,
  name: string,
  expected: Readonly<Record<string, string>>,
): Promise<KubeObject> {
  return eventually(async () => {
    const object = await plane.api.get(secret(inNamespace, name));
    expect(credentialsIn(object)).toEqual(expected);
    return object;
  }, patience);
}

const readiness = ({ status }: KubeObject): string | undefined => {
  const conditions = (status?.conditions ?? []) as { type: string; status: string }[];
  return conditions.find(({ type }) => type === 'Ready')?.status;
};
const untilReady = (ref: Parameters<typeof plane.api.get>[0], expected: 'True' | 'False') =>
  plane.api.until(ref, (object) => readiness(object) === expected, patience);
const untilGone = (ref: Parameters<typeof plane.api.get>[0]) =>
  eventually(async () => ((await plane.api.find(ref)) === undefined ? true : undefined), patience);

const config = (name: string, external: string, more = '') => `
version: 1
registries: { own: { host: own.example, path: shop }, vendor: { host: vendor.example } }
pullSecrets: { ${name}: { registries: [own, vendor], source: { external: ${external} }${more} } }
clusters: { prod: {} }
workloads: [apps]
`;
const stored = (fanOut = '') => `{ store: vault, keys: { own: own, vendor: vendor }, refreshInterval: 1s${fanOut} }`;
const hub = ', fanOut: { hub: { refreshInterval: 1s } }';

describe('a hub', () => {
  const apps = [
    deployment('cart', 'web', ['own.example/shop/x']),
    deployment('search', 'web', ['own.example/shop/x', 'vendor.example/y']),
  ];
  const key = 'own.example/shop/';
  let objects: readonly KubeObject[];

  beforeAll(async () => {
    await fakeStore('vault', { own: 'one', vendor: 'two' });
    objects = await written(config('hub-pull', stored(hub)), apps);
    await applyAll(objects);
  });

  test('gives each namespace the registries that it needs, and passes on what changes', async () => {
    await untilOpens('cart', 'hub-pull', { [key]: 'robot-own:one' });
    await untilOpens('search', 'hub-pull', { [key]: 'robot-own:one', 'vendor.example': 'robot-vendor:two' });
    await fakeStore('vault', { own: 'rotated', vendor: 'two' });
    await untilOpens('cart', 'hub-pull', { [key]: 'robot-own:rotated' });
    await untilOpens('search', 'hub-pull', { [key]: 'robot-own:rotated', 'vendor.example': 'robot-vendor:two' });
  });

  test('keeps other namespaces out', async () => {
    const reader = objects.find(({ kind, metadata }) => kind === 'ExternalSecret' && metadata.namespace === 'cart');
    await plane.api.apply(namespace('intruder'));
    await plane.api.apply({ ...reader!, metadata: { name: 'hub-pull', namespace: 'intruder' } });
    await untilReady(externalSecret('intruder', 'hub-pull'), 'False');
    expect(await plane.api.find(secret('intruder', 'hub-pull'))).toBeUndefined();
    // Nothing else is in its way: once the store's conditions name the namespace, it reads.
    const store = adapted(objects.find(({ kind }) => kind === 'ClusterSecretStore')!);
    const conditions = [{ namespaces: ['cart', 'intruder', 'search'] }];
    await plane.api.apply({ ...store, spec: { ...store.spec, conditions } });
    await untilReady(externalSecret('intruder', 'hub-pull'), 'True');
    await plane.api.apply(store);
    await untilReady(externalSecret('intruder', 'hub-pull'), 'False');
    await plane.api.remove(externalSecret('intruder', 'hub-pull'));
  });

  test('may read its one Secret and needs to', async () => {
    const account = 'image-pull/image-pull-source-hub-pull';
    const may = (verb: string, name?: string) =>
      isAllowed(plane.api, {
        account,
        verb,
        group: '',
        resource: 'secrets',
        namespace: 'image-pull',
        ...(name && { name }),
      });
    expect(await may('get', 'image-pull-source-hub-pull')).toBe(true);
    expect(await may('get', 'another')).toBe(false);
    for (const verb of ['list', 'watch', 'create', 'update', 'patch', 'delete']) expect(await may(verb)).toBe(false);
    const role = objects.find(({ kind }) => kind === 'Role')!;
    const [rule] = role.rules as readonly object[];
    await plane.api.apply({ ...role, rules: [{ ...rule, verbs: ['list'] }] });
    await untilReady(externalSecret('cart', 'hub-pull'), 'False');
    await plane.api.apply(role);
    await untilReady(externalSecret('cart', 'hub-pull'), 'True');
  });
});

test('one reading per namespace gives way to a hub while the Secret stays', async () => {
  await fakeStore('vault', { own: 'one', vendor: 'two' });
  const apps = [deployment('moving', 'web', ['vendor.example/y'])];
  await applyAll(await written(config('moving-pull', stored()), apps));
  const before = await untilOpens('moving', 'moving-pull', { 'vendor.example': 'robot-vendor:two' });
  await applyAll(await written(config('moving-pull', stored(hub)), apps));
  await fakeStore('vault', { own: 'one', vendor: 'three' });
  const after = await untilOpens('moving', 'moving-pull', { 'vendor.example': 'robot-vendor:three' });
  expect(after.metadata.uid).toBe(before.metadata.uid);
});

const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const generated = { username: 'AWS', password: 'token', proxy_endpoint: `https://${ecr}`, expires_at: '1800000000' };
const ecrConfig = (name: string, external: string, more: string) => `
version: 1
registries: { ecr: { preset: ecr, account: "123456789012", region: eu-west-1 } }
pullSecrets: { ${name}: { registries: [ecr], source: { external: { generator: { ecr: { region: eu-west-1 } }${external} } }${more} } }
clusters: { prod: {} }
workloads: [apps]
`;

describe.each([
  ['and a ClusterGenerator', 'copied', ''],
  ['and a hub with a generator', 'copied-by-hub', ', fanOut: hub'],
])('a ClusterExternalSecret %s', (_, name, fanOut) => {
  const label = { [`${name}.example/pulls`]: 'true' };
  const credential = { [ecr]: 'AWS:token' };

  beforeAll(async () => {
    const more = `, distribution: clusterExternalSecret, for: { labels: { ${name}.example/pulls: "true" } }`;
    await plane.api.apply(namespace(`${name}-with`, label));
    await plane.api.apply(namespace(`${name}-without`));
    const text = `${ecrConfig(name, fanOut, more)}namespaces: { ${name}-with: { labels: { ${name}.example/pulls: "true" } } }\n`;
    await applyAll(await written(text, [deployment(`${name}-with`, 'web', [`${ecr}/x`])]), generated);
  });

  test('serves namespaces with the label, those that are there and those that come', async () => {
    await untilOpens(`${name}-with`, name, credential);
    await plane.api.apply(namespace(`${name}-later`, label));
    await untilOpens(`${name}-later`, name, credential);
    expect(await plane.api.find(externalSecret(`${name}-without`, name))).toBeUndefined();
    expect(await plane.api.find(secret(`${name}-without`, name))).toBeUndefined();
  });

  test('takes the pull secret out of a namespace that loses the label', async () => {
    await plane.api.apply(namespace(`${name}-leaving`, label));
    await untilOpens(`${name}-leaving`, name, credential);
    await plane.api.apply(namespace(`${name}-leaving`));
    await untilGone(externalSecret(`${name}-leaving`, name));
    await untilGone(secret(`${name}-leaving`, name));
  });
});

test('a new token of a generator is fetched without anybody asking', async () => {
  const text = ecrConfig('renewed', ', refreshInterval: 1s, fanOut: { hub: { refreshInterval: 1s } }', '');
  const objects = await written(text, [deployment('renewed', 'web', [`${ecr}/x`])]);
  await applyAll(objects, generated);
  await untilOpens('renewed', 'renewed', { [ecr]: 'AWS:token' });
  await applyAll(objects, { ...generated, password: 'the next token' });
  await untilOpens('renewed', 'renewed', { [ecr]: 'AWS:the next token' });
});
