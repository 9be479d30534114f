import { ApiObject, type App, Chart, JsonPatch, Testing } from 'cdk8s';
import type { ManifestObjectProps } from '../../src/constructs/manifest-object.js';
import { ManifestObject } from '../../src/constructs/manifest-object.js';
import { Cluster, Grant, ImagePullApp, PullSecret, Source } from '../../src/index.js';

/** One object of every kind that is written, with everything that can be said about it. */
function everyKind(app: App): ManifestObject[] {
  const prod = new Cluster(app, 'prod');
  prod.registry('hub', { preset: 'docker-hub' });
  prod.registry('ghcr', { preset: 'ghcr', path: 'acme' });
  const metadata = { labels: { z: '1', a: '2' }, annotations: { 'x.example.com/y': 'yes', b: 'c' } };
  const external = Source.external({
    store: 'v',
    keys: { hub: 'h', ghcr: 'g' },
    email: 'a@b.c',
    properties: { username: 'u' },
  });
  const fixed = Source.external({
    store: 'v',
    storeKind: 'SecretStore',
    key: 'k',
    username: '_json_key',
    refreshInterval: '30m',
  });
  const plaintext = Source.plaintext({ username: 'u', password: 'p', acceptPlaintextInGit: true });
  const namespace = prod.namespace('n', { labels: { z: '1', a: '2' } });
  const account = namespace.serviceAccount('default');
  const pull = new PullSecret(prod, 'external', { registries: ['hub', 'ghcr'], source: external, metadata });
  account.attach(pull);
  account.attach(new PullSecret(prod, 'fixed', { registries: ['ghcr'], source: fixed }));
  account.attach(new PullSecret(prod, 'plain', { registries: ['hub'], source: plaintext, metadata }));
  namespace.serviceAccount('builder', { metadata }).attach(pull);
  new Grant(namespace, { to: 'm', serviceAccount: 'default' });
  new Grant(namespace, { to: 'm' });
  return app.node.findAll().filter((each) => each instanceof ManifestObject) as ManifestObject[];
}

const stock = (object: ApiObject) => JSON.stringify(ApiObject.prototype.toJson.call(object));

test('every object renders as stock cdk8s would render it, key by key', () => {
  const objects = everyKind(new ImagePullApp());
  expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual([
    'ExternalSecret',
    'Namespace',
    'RoleBinding',
    'Secret',
    'ServiceAccount',
  ]);
  for (const object of objects) expect(JSON.stringify(object.toJson())).toBe(stock(object));
});

test('an object inside a chart with a namespace and labels takes both', () => {
  const chart = new Chart(Testing.app(), 'c', { namespace: 'theirs', labels: { theirs: 'x' } });
  const object = new ManifestObject(chart, 'o', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'm', labels: { mine: 'y' } },
  });
  expect(JSON.stringify(object.toJson())).toBe(stock(object));
  expect(object.toJson()).toMatchObject({ metadata: { namespace: 'theirs', labels: { theirs: 'x', mine: 'y' } } });
});

const props: ManifestObjectProps = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'm', annotations: { a: 'b' } },
  fields: { data: () => ({ x: 'y' }) },
};

test.each<[string, (object: ManifestObject) => void, object]>([
  ['a label', (o) => o.metadata.addLabel('l', '1'), { metadata: { labels: { l: '1' } } }],
  ['an annotation', (o) => o.metadata.addAnnotation('l', '1'), { metadata: { annotations: { a: 'b', l: '1' } } }],
  ['a finalizer', (o) => o.metadata.addFinalizers('f'), { metadata: { finalizers: ['f'] } }],
  ['a field of the metadata', (o) => o.metadata.add('generateName', 'g'), { metadata: { generateName: 'g' } }],
  [
    'an owner',
    (o) => o.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }),
    { metadata: { ownerReferences: [{ name: 'p' }] } },
  ],
  ['a patch', (o) => o.addJsonPatch(JsonPatch.add('/data/z', '1')), { data: { x: 'y', z: '1' } }],
])('%s that is added later is rendered', (_, change, expected) => {
  const object = new ManifestObject(Testing.chart(), 'o', props);
  change(object);
  expect(object.toJson()).toMatchObject(expected);
  expect(JSON.stringify(object.toJson())).toBe(stock(object));
});

test('a resolver of the app is asked about every value', () => {
  const app = new ImagePullApp({
    resolvers: [{ resolve: (context) => context.value === 'n' && context.replaceValue('replaced') }],
  });
  const [namespace] = everyKind(app);
  expect(namespace?.toJson()).toMatchObject({ metadata: { name: 'replaced' } });
});
