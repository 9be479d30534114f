// The operator itself fills OpenShift's global pull secret from a store of its own making.
import { join } from 'node:path';
import { cli, folderOf } from '../../support.js';
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { namespace } from '../cluster/objects.js';
import { ExternalSecrets } from '../engines/external-secrets-operator.js';
import { eventually, type Patience } from '../processes/eventually.js';

const config = `version: 1
registries: { mirror: { host: mirror.example, path: team } }
pullSecrets:
  mirror-pull:
    registries: [mirror]
    source: { external: { store: vault, key: mirror } }
    distribution: globalPullSecret
clusters:
  ocp:
    openshift: "4.20"
    globalPullSecret: { current: { external: { store: vault, key: openshift } }, refreshInterval: 1s }
`;
const auth = Buffer.from('user:word').toString('base64');
const current = { auths: { 'cloud.openshift.com': { auth, email: 'a@b.example' }, 'quay.io': { auth } } };

let plane: ControlPlane;
let operator: ExternalSecrets;

beforeAll(async () => {
  plane = await ControlPlane.start();
  operator = await ExternalSecrets.start(plane);
  await plane.api.apply(namespace('openshift-config'));
  await store(JSON.stringify(current));
  await plane.api.apply(await written());
});

afterAll(async () => {
  await operator?.stop();
  await plane?.stop();
});

const patience: Patience = { seconds: 60, otherwise: () => operator.logTail() };

/** What the store holds: the document, and the credential of the mirror. */
function store(document: string): Promise<unknown> {
  const data = [
    { key: 'openshift', value: document },
    { key: 'mirror', value: JSON.stringify({ username: 'robot', password: 'one' }) },
  ];
  return plane.api.apply({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: 'vault' },
    spec: { provider: { fake: { data } } },
  });
}

async function written(): Promise<KubeObject> {
  const folder = folderOf({ 'image-pull.yaml': config });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const [found] = manifestsIn(join(folder, 'dist')).map(({ object }) => object);
  return found!;
}

const metadata = { name: 'pull-secret', namespace: 'openshift-config' };
const secret = { apiVersion: 'v1', kind: 'Secret', metadata };
const externalSecret = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata };
const dataOf = (document: object) => ({
  '.dockerconfigjson': Buffer.from(JSON.stringify(document)).toString('base64'),
});

const documentIn = ({ data }: KubeObject): unknown =>
  JSON.parse(Buffer.from(data?.['.dockerconfigjson'] ?? '', 'base64').toString());

/** Waits until the operator gives this reason, or this state, for what it did last. */
const untilSays = (expected: string) =>
  plane.api.until(
    externalSecret,
    ({ status }) => {
      const conditions = (status?.conditions ?? []) as { type: string; status: string; reason: string }[];
      return conditions.some(({ type, status: is, reason }) => type === 'Ready' && [is, reason].includes(expected));
    },
    patience,
  );

const merged = {
  auths: {
    ...current.auths,
    'mirror.example/team': { auth: Buffer.from('robot:one').toString('base64'), password: 'one', username: 'robot' },
  },
};

test('it makes no Secret where none is', async () => {
  await untilSays('SecretMissing');
  expect(await plane.api.find(secret)).toBeUndefined();
});

test('it adds the entries of ours to the Secret that is there, and owns nothing', async () => {
  const type = 'kubernetes.io/dockerconfigjson';
  await plane.api.create({
    ...secret,
    metadata: { ...metadata, labels: { of: 'openshift' } },
    type,
    data: dataOf(current),
  });
  const object = await eventually(async () => {
    const found = await plane.api.get(secret);
    expect(documentIn(found)).toEqual(merged);
    return found;
  }, patience);
  expect(object.metadata).toMatchObject({ labels: { of: 'openshift' } });
  expect(object.metadata).not.toHaveProperty('ownerReferences');
});

test.each([
  ['has the entry already', JSON.stringify({ auths: { 'https://mirror.example/team/': { auth } } })],
  ['is cut off', JSON.stringify(current).slice(0, -2)],
  ['has no auths', JSON.stringify({ 'quay.io': { auth } })],
])('where the document %s, the cluster keeps what it has', async (_what, document) => {
  await store(document);
  await untilSays('False');
  expect(documentIn(await plane.api.get(secret))).toEqual(merged);
  await store(JSON.stringify(current));
  await untilSays('True');
  expect(documentIn(await plane.api.get(secret))).toEqual(merged);
});

test('the Secret stays as it is when the ExternalSecret goes', async () => {
  await plane.api.remove(externalSecret);
  await eventually(async () => ((await plane.api.find(externalSecret)) === undefined ? true : undefined), patience);
  expect(documentIn(await plane.api.get(secret))).toEqual(merged);
});
