// What every engine promises of a policy on pods.
import type { ControlPlane } from '../cluster/control-plane.js';
import { names, namespaceWithAccount, pod, pullSecretsOf, serviceAccount } from '../cluster/objects.js';
import { policyActs } from '../engines/kyverno-policies.js';
import { Emitted } from '../policies/emitted.js';
import { applyPolicies, nameFor, type PolicyEngine } from '../policies/policy-engine.js';

/** One pull secret acts where a label stands, one where the name of the namespace matches. */
function configOf(engine: PolicyEngine): string {
  return `
version: 1
registries:
  team: { host: registry.example, path: acme }
  open: { host: registry.example, path: acme/open, access: public }
  hub: { preset: docker-hub }
pullSecrets:
  ${nameFor('team', engine)}:
    { registries: [team], source: { existing: {} }, for: { labels: { pulls.example/pods: ${engine.name} } } }
  ${nameFor('hub', engine)}:
    { registries: [hub], source: { existing: {} }, for: { namespaces: ["${nameFor('shop', engine)}-*"] } }
exclude: [{ namespace: "${nameFor('shop', engine)}-private*" }]
clusters: { prod: { kubernetes: "1.37", kyverno: "1.19", attachment: { podPolicy: ${engine.name} } } }
`;
}

const team = 'registry.example/acme/app:v1';
const open = 'registry.example/acme/open/app:v1';
const container = (image: string) => ({ name: 'main', image });
/** Pod specs, and whether the pull secret is put on their lists. */
const rows: readonly (readonly [title: string, spec: Readonly<Record<string, unknown>>, isAdded: boolean])[] = [
  ['an image of the registry', { containers: [container(team)] }, true],
  [
    'the repository itself, by digest',
    { containers: [container(`registry.example/acme@sha256:${'a'.repeat(64)}`)] },
    true,
  ],
  ['an init container alone', { initContainers: [{ name: 'init', image: team }], containers: [container(open)] }, true],
  [
    'an image volume alone',
    { containers: [container(open)], volumes: [{ name: 'model', image: { reference: team } }] },
    true,
  ],
  ['a public path below', { containers: [container(open)] }, false],
  ['a path that only starts alike', { containers: [container('registry.example/acme-labs/app:v1')] }, false],
  ['another registry', { containers: [container('other.example/registry.example/acme/app:v1')] }, false],
  ['volumes of other kinds', { containers: [container(open)], volumes: [{ name: 'tmp', emptyDir: {} }] }, false],
];

/** The sentences, as tests of one engine. */
export function podPolicySentences(engine: PolicyEngine, planeOf: () => ControlPlane): void {
  const before = nameFor('pods-before', engine);
  const after = nameFor('pods-after', engine);
  const outside = nameFor('pods-outside', engine);
  const pullSecret = nameFor('team', engine);
  const hub = nameFor('hub', engine);
  const labels = { 'pulls.example/pods': engine.name };
  const api = () => planeOf().api;
  const listOf = async (namespace: string, spec: Readonly<Record<string, unknown>>) =>
    pullSecretsOf(await api().create(pod(namespace, spec)));
  const withTeam = { containers: [container(team)] };
  const acts = (namespace: string) =>
    policyActs(
      () => listOf(namespace, withTeam),
      (list) => list.includes(pullSecret),
    );

  describe(`a policy on pods (${engine.name})`, () => {
    beforeAll(async () => {
      await namespaceWithAccount(api(), before, labels);
      await namespaceWithAccount(api(), 'kube-system', labels);
      await applyPolicies(api(), await Emitted.of(configOf(engine)), engine);
      await acts(before);
      await namespaceWithAccount(api(), after, labels);
      await acts(after);
      await namespaceWithAccount(api(), outside);
    });

    describe.each([before, after])('in namespace %s', (namespace) => {
      test.each(rows)('%s', async (_, spec, isAdded) => {
        expect(await listOf(namespace, spec)).toEqual(isAdded ? [pullSecret] : []);
      });
    });

    test('what the pod lists is kept', async () => {
      const list = await listOf(after, { ...withTeam, imagePullSecrets: names('own', 'other') });
      expect(list).toHaveLength(3);
      expect(list).toEqual(expect.arrayContaining(['own', 'other', pullSecret]));
      expect(list.indexOf('own')).toBeLessThan(list.indexOf('other'));
    });

    test('what the account gives is kept', async () => {
      await api().apply(serviceAccount(after, 'giving', ['own']));
      const list = await listOf(after, { ...withTeam, serviceAccountName: 'giving' });
      expect(list).toHaveLength(2);
      expect(list).toEqual(expect.arrayContaining(['own', pullSecret]));
    });

    test('a pod that needs nothing keeps what the account gives', async () => {
      await api().apply(serviceAccount(after, 'giving', ['own']));
      expect(await listOf(after, { containers: [container(open)], serviceAccountName: 'giving' })).toEqual(['own']);
    });

    test('a name is never there twice', async () => {
      expect(await listOf(after, { ...withTeam, imagePullSecrets: names(pullSecret) })).toEqual([pullSecret]);
      expect(await listOf(after, { ...withTeam, imagePullSecrets: names(pullSecret, 'own') })).toEqual([
        pullSecret,
        'own',
      ]);
    });

    test('the list is fixed before ephemeral containers come', async () => {
      const ephemeral = { ephemeralContainers: [{ name: 'debug', image: team }] };
      const spec = { containers: [container(open)] };
      await expect(listOf(after, { ...spec, ...ephemeral })).rejects.toThrow('ephemeralContainers');
      const made = await api().create(pod(after, spec));
      const changed = await api().merge(made, { spec: ephemeral }, '/ephemeralcontainers');
      expect(changed.spec?.ephemeralContainers).toHaveLength(1);
      expect(pullSecretsOf(changed)).toEqual([]);
    });

    test('the template of a Deployment is left alone, and its pods get the name', async () => {
      const template = { metadata: { labels: { app: 'web' } }, spec: withTeam };
      const deployed = await api().create({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: after },
        spec: { selector: { matchLabels: { app: 'web' } }, template },
      });
      const { spec } = deployed.spec?.template as { readonly spec: Readonly<Record<string, unknown>> };
      expect(spec.imagePullSecrets).toBeUndefined();
      const isMade = (list: readonly string[]) => list.length > 0;
      const podsOfWeb = async () => {
        const pods = await api().list('v1', 'Pod', after);
        return pods.filter(({ metadata }) => metadata.labels?.app === 'web').flatMap(pullSecretsOf);
      };
      expect(await policyActs(podsOfWeb, isMade)).toEqual([pullSecret]);
    });

    test('a namespace without the label is out of scope', async () => {
      expect(await listOf(outside, withTeam)).toEqual([]);
    });

    test(`in kube-system it ${engine.actsInKubeSystem ? 'acts' : 'does not act'}`, async () => {
      expect(await listOf('kube-system', withTeam)).toEqual(engine.actsInKubeSystem ? [pullSecret] : []);
    });

    test('a scope of names: patterns are in, what is excluded is out', async () => {
      const shop = `${nameFor('shop', engine)}-web`;
      const excluded = `${nameFor('shop', engine)}-private`;
      for (const each of [shop, excluded]) await namespaceWithAccount(api(), each);
      const hubPod = { containers: [container('busybox:1')] };
      await policyActs(
        () => listOf(shop, hubPod),
        (list) => list.includes(hub),
      );
      expect(await listOf(shop, hubPod)).toEqual([hub]);
      expect(await listOf(shop, withTeam)).toEqual([]);
      expect(await listOf(excluded, hubPod)).toEqual([]);
    });
  });
}
