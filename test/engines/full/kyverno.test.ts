// Kyverno's controllers in a cluster: what tests of emitted policies stand on.
import { ControlPlane } from '../cluster/control-plane.js';
import { manifestsOf } from '../cluster/kube-object.js';
import { names, namespace, pod, pullSecretsOf } from '../cluster/objects.js';
import { Kyverno } from '../engines/kyverno.js';
import { policyActs, policyReady } from '../engines/kyverno-policies.js';
import { appendToPods, cloneIntoNamespaces, cloneRights } from '../policies.js';
import { eventually } from '../processes/eventually.js';

let plane: ControlPlane;
let kyverno: Kyverno;

beforeAll(async () => {
  plane = await ControlPlane.start();
  kyverno = await Kyverno.start(plane);
});

afterAll(async () => {
  await kyverno?.stop();
  await plane?.stop();
});

const apply = async (yaml: string) => {
  for (const manifest of manifestsOf(yaml)) await plane.api.apply(manifest);
};
const [podPolicy] = manifestsOf(appendToPods);
const [clonePolicy] = manifestsOf(cloneIntoNamespaces);

const source = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'example-pull', namespace: 'pull-secrets' },
  type: 'kubernetes.io/dockerconfigjson',
  data: { '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64') },
};
const cloneIn = (name: string) => ({ ...source, metadata: { ...source.metadata, namespace: name } });

test('a policy on pods acts once it is ready', async () => {
  await plane.api.apply(namespace('team-a'));
  await apply(appendToPods);
  await policyReady(plane.api, podPolicy!.object);
  const probe = async () => pullSecretsOf(await plane.api.create(pod('team-a', { imagePullSecrets: names('own') })));
  expect(await policyActs(probe, (list) => list.length > 1)).toEqual(['own', 'example-pull']);
});

test('a Secret is cloned into namespaces that are there and into new ones', async () => {
  const labels = { 'example.com/pull': 'true' };
  for (const each of [namespace('pull-secrets'), namespace('before', labels), namespace('without')]) {
    await plane.api.apply(each);
  }
  await plane.api.apply(source);
  await apply(cloneRights);
  await apply(cloneIntoNamespaces);
  await policyReady(plane.api, clonePolicy!.object);
  await plane.api.apply(namespace('after', labels));
  for (const name of ['before', 'after']) {
    const clone = await eventually(() => plane.api.find(cloneIn(name)), {
      seconds: 120,
      otherwise: () => kyverno.logTail(),
    });
    expect([clone.type, clone.data]).toEqual([source.type, source.data]);
  }
  expect(await plane.api.find(cloneIn('without'))).toBeUndefined();
});
