// What is proven from manifests alone is what the API server and the kubelet's own code make of them: generated clusters with
// the API server's own policies. The same cluster again: SEED=<the seed in the titles>
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namespaceWithAccount, pod, pullSecretsOf, serviceAccount } from '../cluster/objects.js';
import { policyActs } from '../engines/kyverno-policies.js';
import { Oracle } from '../engines/oracle.js';
import { Emitted } from '../policies/emitted.js';
import { applyPolicies, native } from '../policies/policy-engine.js';
import { type PodFound, podsFound } from '../proof/against-reality.js';
import { configFor, pullSecretsFor } from '../proof/policies.js';
import { isRead, proofSentences, seed } from '../proof/promises.js';
import { accountsLabel, podsLabel } from '../proof/world.js';

const prefix = 'proof-native';
const pods = 30;
const namespaces = 11;

let plane: ControlPlane;
let oracle: Oracle;
let found: readonly PodFound[] = [];

beforeAll(async () => {
  plane = await ControlPlane.start();
  oracle = Oracle.start();
  const { api } = plane;
  const emitted = await Emitted.of(configFor(native, prefix));
  await applyPolicies(api, emitted, native);
  await namespaceWithAccount(api, `${prefix}-probe`, { [podsLabel]: native.name, [accountsLabel]: native.name });
  await acts(`${prefix}-probe`, 3);
  const applied = emitted.manifests.map(({ object }): KubeObject => object).filter(isRead);
  found = await podsFound(api, oracle, {
    seed,
    wanted: native.name,
    prefix,
    namespaces,
    pods,
    applied,
    pullSecrets: pullSecretsFor(native),
  });
}, 600_000);

/** Waits until so many policies have added to a pod: those on accounts act when one is written. */
async function acts(namespace: string, count: number): Promise<void> {
  const containers = [
    { name: 'a', image: 'quay.io/team/app' },
    { name: 'b', image: 'registry.example/acme/app' },
    { name: 'c', image: 'busybox' },
  ];
  const { api } = plane;
  let tries = 0;
  await policyActs(
    async () => {
      await api.merge(serviceAccount(namespace, 'default'), { metadata: { annotations: { tries: `${++tries}` } } });
      return pullSecretsOf(await api.create(pod(namespace, { containers })));
    },
    (list) => list.length >= count,
  );
}

afterAll(async () => {
  await oracle?.stop();
  await plane?.stop();
});

proofSentences('the policies of the API server', 300, () => found);
