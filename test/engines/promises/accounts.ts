// What every engine promises of a policy on service accounts.
import type { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namesOf, namespace, namespaceWithAccount, pod, pullSecretsOf, serviceAccount } from '../cluster/objects.js';
import { OpenShiftController } from '../cluster/openshift-controller.js';
import { policyActs } from '../engines/kyverno-policies.js';
import { Emitted } from '../policies/emitted.js';
import { applyPolicies, nameFor, type PolicyEngine } from '../policies/policy-engine.js';

/** One pull secret for accounts by name, one for those with a label. */
function configOf(engine: PolicyEngine): string {
  return `
version: 1
registries: { team: { host: registry.example, path: acme }, tools: { host: tools.example } }
pullSecrets:
  ${nameFor('named', engine)}:
    registries: [team]
    source: { existing: {} }
    for: { labels: { pulls.example/accounts: ${engine.name} } }
    attachment: { serviceAccountPolicy: ${engine.name}, serviceAccounts: [default, "app-*"] }
  ${nameFor('labelled', engine)}:
    registries: [tools]
    source: { existing: {} }
    for: { labels: { pulls.example/accounts: ${engine.name} } }
    attachment: { serviceAccountPolicy: ${engine.name}, labels: { pulls: tools } }
clusters: { prod: { kubernetes: "1.37", kyverno: "1.19" } }
`;
}

/** The sentences, as tests of one engine. */
export function accountPolicySentences(engine: PolicyEngine, planeOf: () => ControlPlane): void {
  const before = nameFor('accounts-before', engine);
  const after = nameFor('accounts-after', engine);
  const outside = nameFor('accounts-outside', engine);
  const joining = nameFor('accounts-joining', engine);
  const leaving = nameFor('accounts-leaving', engine);
  const pullSecret = nameFor('named', engine);
  const tools = nameFor('labelled', engine);
  const labels = { 'pulls.example/accounts': engine.name };
  const api = () => planeOf().api;
  const listOf = async (account: KubeObject) => namesOf((await api().get(account)).imagePullSecrets);
  const write = (account: KubeObject) =>
    api().merge(account, { metadata: { annotations: { 'example.com/written': 'again' } } });
  const labelled = (inNamespace: string, name: string) => {
    const account = serviceAccount(inNamespace, name);
    return { ...account, metadata: { ...account.metadata, labels: { pulls: 'tools' } } };
  };
  const reached = (account: KubeObject, wanted: readonly string[]) =>
    policyActs(
      () => listOf(account),
      (list) => wanted.every((name) => list.includes(name)),
    );
  const existing = {
    plain: serviceAccount(before, 'app-plain'),
    listing: serviceAccount(before, 'app-listing', ['own', 'other']),
    both: labelled(before, 'app-both'),
    unselected: serviceAccount(before, 'builder', ['own']),
  };

  describe(`a policy on service accounts (${engine.name})`, () => {
    beforeAll(async () => {
      await namespaceWithAccount(api(), before, labels);
      await namespaceWithAccount(api(), joining);
      await namespaceWithAccount(api(), leaving, labels);
      await api().merge(namespace('kube-system'), { metadata: { labels } });
      for (const account of Object.values(existing)) await api().apply(account);
      await applyPolicies(api(), await Emitted.of(configOf(engine)), engine);
      // Before another account is written: that would make Kyverno look.
      if (engine.reachesExisting) await reached(existing.plain, [pullSecret]);
      await namespaceWithAccount(api(), after, labels);
      await namespaceWithAccount(api(), outside);
      const probe = async () => {
        await write(serviceAccount(after, 'default'));
        return listOf(serviceAccount(after, 'default'));
      };
      await policyActs(probe, (list) => list.includes(pullSecret));
    });

    test(`an account that exists is reached ${engine.reachesExisting ? 'unasked' : 'at its next change'}`, async () => {
      if (!engine.reachesExisting) {
        expect(await listOf(existing.plain)).toEqual([]);
        for (const account of [...Object.values(existing), serviceAccount(before, 'default')]) await write(account);
      }
      await reached(existing.plain, [pullSecret]);
      await reached(serviceAccount(before, 'default'), [pullSecret]);
      expect(await listOf(existing.plain)).toEqual([pullSecret]);
    });

    test('an account that exists keeps its list', async () => {
      await reached(existing.listing, [pullSecret]);
      expect(await listOf(existing.listing)).toEqual(['own', 'other', pullSecret]);
    });

    test('an account that two policies are about gets both names', async () => {
      await reached(existing.both, [pullSecret, tools]);
      expect(await listOf(existing.both)).toHaveLength(2);
    });

    test('an account that is not selected is left alone', async () => {
      await write(existing.unselected);
      expect(await listOf(existing.unselected)).toEqual(['own']);
    });

    test('the default account of a new namespace has it, and so have its pods', async () => {
      expect(await listOf(serviceAccount(after, 'default'))).toEqual([pullSecret]);
      expect(pullSecretsOf(await api().create(pod(after)))).toEqual([pullSecret]);
    });

    test.each([
      ['by a pattern', serviceAccount(after, 'app-new'), [pullSecret]],
      ['by a label', labelled(after, 'robot'), [tools]],
      ['by both', labelled(after, 'app-robot'), [pullSecret, tools]],
      ['by neither', serviceAccount(after, 'builder'), []],
      ['with a list of its own', serviceAccount(after, 'app-listing', ['own']), ['own', pullSecret]],
      ['with the name on its list', serviceAccount(after, 'app-listed', [pullSecret, 'own']), [pullSecret, 'own']],
    ] as const)('a new account, selected %s', async (_, account, list) => {
      const created = namesOf((await api().apply(account)).imagePullSecrets);
      expect([...created].sort()).toEqual([...list].sort());
      expect(created.filter((name) => name === 'own')).toEqual(list.filter((name: string) => name === 'own'));
    });

    test('a list that is replaced has the name again at once', async () => {
      const declared = serviceAccount(after, 'app-declared', ['own']);
      for (let round = 0; round < 3; round++) {
        expect(namesOf((await api().apply(declared)).imagePullSecrets)).toEqual(['own', pullSecret]);
      }
    });

    test(`accounts of a namespace that comes into scope are reached ${engine.followsNamespaces ? 'unasked' : 'at their next change'}`, async () => {
      const account = serviceAccount(joining, 'default');
      expect(await listOf(account)).toEqual([]);
      await api().apply(namespace(joining, labels));
      const look = async () => {
        if (!engine.followsNamespaces) await write(account);
        return listOf(account);
      };
      expect(await policyActs(look, (list) => list.length > 0)).toEqual([pullSecret]);
    });

    test('in a namespace that leaves the scope names stay, and no new ones come', async () => {
      const account = serviceAccount(leaving, 'default');
      if (!engine.reachesExisting) await write(account);
      await reached(account, [pullSecret]);
      await api().apply(namespace(leaving));
      const late = () =>
        api().create({ ...serviceAccount(leaving, 'x'), metadata: { generateName: 'app-', namespace: leaving } });
      await policyActs(
        async () => namesOf((await late()).imagePullSecrets),
        (list) => list.length === 0,
      );
      await write(account);
      expect(await listOf(account)).toEqual([pullSecret]);
    });

    test('a namespace out of scope is left alone', async () => {
      const account = serviceAccount(outside, 'default');
      await write(account);
      expect(await listOf(account)).toEqual([]);
    });

    test(`in kube-system it ${engine.actsInKubeSystem ? 'acts' : 'does not act'}`, async () => {
      const account = serviceAccount('kube-system', 'app-system');
      const list = namesOf((await api().apply(account)).imagePullSecrets);
      expect(list).toEqual(engine.actsInKubeSystem ? [pullSecret] : []);
    });

    test("OpenShift's controller and the policy keep each other's entries", async () => {
      const controller = new OpenShiftController(api(), after);
      const account = serviceAccount(after, 'app-fought');
      await api().apply(account);
      await controller.reconcile();
      const { imagePullSecrets, metadata } = await api().get(account);
      expect(namesOf(imagePullSecrets)).toEqual([pullSecret, expect.stringMatching(/^app-fought-dockercfg-/)]);
      for (let round = 0; round < 3; round++) {
        expect(await controller.reconcile()).not.toContain(`${after}/app-fought`);
      }
      expect((await api().get(account)).metadata.resourceVersion).toBe(metadata.resourceVersion);
    });
  });
}
