// What is proven from manifests alone is what Kyverno and the kubelet's own code make of them: generated clusters with the
// policies of both of Kyverno's APIs. The same cluster again: SEED=<the seed in the titles>
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namesOf, namespaceWithAccount, pod, pullSecretsOf, serviceAccount } from '../cluster/objects.js';
import { Kyverno } from '../engines/kyverno.js';
import { policyActs } from '../engines/kyverno-policies.js';
import { Oracle } from '../engines/oracle.js';
import { Emitted } from '../policies/emitted.js';
import { applyPolicies, kyvernoEngines, nameFor } from '../policies/policy-engine.js';
import { type PodFound, podsFound } from '../proof/against-reality.js';
import { configFor, pullSecretsFor } from '../proof/policies.js';
import { isRead, proofSentences, seed } from '../proof/promises.js';
import { accountsLabel, clonesLabel, podsLabel } from '../proof/world.js';

let plane: ControlPlane;
let kyverno: Kyverno;
let oracle: Oracle;

beforeAll(async () => {
  plane = await ControlPlane.start();
  kyverno = await Kyverno.start(plane);
  oracle = Oracle.start();
});

afterAll(async () => {
  await oracle?.stop();
  await kyverno?.stop();
  await plane?.stop();
});

// Both act in one cluster: labels and names keep them apart.
describe.each(kyvernoEngines)('$name', (engine) => {
  const prefix = `proof-${engine.name.toLowerCase()}`;
  const wanted = engine.name;
  const everywhere = { [podsLabel]: wanted, [accountsLabel]: wanted, [clonesLabel]: wanted };
  const [team = '', hub = '', quay = '', nest = ''] = ['team', 'hub', 'quay', 'nest'].map((each) =>
    nameFor(each, engine),
  );
  let found: readonly PodFound[] = [];

  /** Clones come by themselves, and names onto the lists of accounts. */
  async function settled(namespace: string, labels: Readonly<Record<string, string>>): Promise<void> {
    if (namespace.endsWith('3')) return;
    const { api } = plane;
    const metadata = { name: nest, namespace };
    if (labels[clonesLabel] === wanted)
      await policyActs(async () => api.find({ apiVersion: 'v1', kind: 'Secret', metadata }), Boolean);
    if (labels[accountsLabel] !== wanted) return;
    for (const name of ['default', 'builder'])
      await policyActs(
        async () => namesOf((await api.find(serviceAccount(namespace, name)))?.imagePullSecrets),
        (list) => list.includes(quay),
      );
  }

  async function adds(namespace: string): Promise<void> {
    const images = ['registry.example/acme/app', 'busybox', 'quay.io/other/app'];
    const containers = images.map((image, index) => ({ name: `c${index}`, image }));
    await policyActs(
      async () => pullSecretsOf(await plane.api.create(pod(namespace, { containers }))),
      (list) => [team, hub, nest].every((each) => list.includes(each)),
    );
  }

  beforeAll(async () => {
    const { api } = plane;
    const emitted = await Emitted.of(configFor(engine, prefix));
    await applyPolicies(api, emitted, engine);
    await namespaceWithAccount(api, `${prefix}-probe`, everywhere);
    await adds(`${prefix}-probe`);
    await settled(`${prefix}-probe`, { [clonesLabel]: wanted });
    const applied = emitted.manifests.map(({ object }): KubeObject => object).filter(isRead);
    const pullSecrets = pullSecretsFor(engine);
    found = await podsFound(api, oracle, {
      seed,
      wanted,
      prefix,
      namespaces: 11,
      pods: 30,
      applied,
      pullSecrets,
      settled,
    });
  }, 900_000);

  proofSentences(engine.name, 300, () => found);
});
