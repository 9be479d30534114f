// What Kyverno promises of a policy that clones, by either of its APIs.
import type { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namespace } from '../cluster/objects.js';
import { policyActs } from '../engines/kyverno-policies.js';
import { Emitted } from '../policies/emitted.js';
import { applyPolicies, type CloningEngine, nameFor } from '../policies/policy-engine.js';

/** Cloned where a label stands, but for one pattern of names. Of two pull secrets one loses its source. */
function configOf(engine: CloningEngine, password: string): string {
  return `
version: 1
registries: { team: { host: registry.example, path: acme }, old: { host: old.example } }
pullSecrets:
  ${nameFor('clone', engine)}:
    registries: [team]
    source: { plaintext: { acceptPlaintextInGit: true, username: robot, password: ${password} } }
    for: { labels: { pulls.example/clone: ${engine.name} } }
  ${nameFor('lost', engine)}:
    registries: [old]
    source: { plaintext: { acceptPlaintextInGit: true, username: robot, password: old } }
    for: { labels: { pulls.example/clone: ${engine.name} } }
exclude: [{ namespace: "*-private" }]
clusters:
  prod:
    kyverno: "1.19"
    distribution: { kyverno: { engine: ${engine.name}, namespace: ${nameFor('sources', engine)} } }
`;
}

/** The sentences, as tests of one engine. */
export function cloneSentences(engine: CloningEngine, planeOf: () => ControlPlane): void {
  const labels = { 'pulls.example/clone': engine.name };
  const api = () => planeOf().api;
  const named = (purpose: string) => nameFor(`clone-${purpose}`, engine);
  const excluded = (purpose: string) => `${named(purpose)}-private`;
  const pullSecret = nameFor('clone', engine);
  const lost = nameFor('lost', engine);
  const secretIn = (inNamespace: string, name = pullSecret): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: inNamespace },
  });
  const isThere = async (inNamespace: string, name?: string) =>
    (await api().find(secretIn(inNamespace, name))) !== undefined;
  const comes = async (inNamespace: string, name?: string): Promise<KubeObject> => {
    await policyActs(() => isThere(inNamespace, name), Boolean);
    return api().get(secretIn(inNamespace, name));
  };
  const goes = (inNamespace: string, name?: string) =>
    policyActs(
      () => isThere(inNamespace, name),
      (there) => !there,
    );
  const dataIn = async (inNamespace: string) => (await api().get(secretIn(inNamespace))).data;
  const follows = (inNamespace: string, { data }: KubeObject) =>
    policyActs(
      () => dataIn(inNamespace),
      (live) => JSON.stringify(live) === JSON.stringify(data),
    );
  let emitted: Emitted;

  describe(`a policy that clones (${engine.name})`, () => {
    beforeAll(async () => {
      emitted = await Emitted.of(configOf(engine, 'first'));
      for (const each of ['before', 'leaving', 'foreign']) await api().apply(namespace(named(each), labels));
      await api().apply(namespace(excluded('before'), labels));
      await api().merge(namespace('kube-system'), { metadata: { labels } });
      await api().apply(foreign(named('foreign')));
      await applyPolicies(api(), emitted, engine);
      await comes(named('before'));
      await api().apply(namespace(named('outside')));
      await api().apply(namespace(excluded('after'), labels));
      await api().apply(namespace(named('after'), labels));
      await comes(named('after'));
    });

    const foreign = (inNamespace: string): KubeObject => ({
      ...secretIn(inNamespace),
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from('{"auths":{"foreign.example":{}}}').toString('base64') },
    });

    test.each(['before', 'after'])('namespace %s the policy has the source, type and content', async (each) => {
      const clone = await comes(named(each));
      expect([clone.type, clone.data]).toEqual([emitted.source(pullSecret).type, emitted.source(pullSecret).data]);
    });

    test.each([
      named('outside'),
      excluded('before'),
      excluded('after'),
      'kube-system',
    ])('namespace %s has none', async (inNamespace) => {
      expect(await isThere(inNamespace)).toBe(false);
    });

    test(`a Secret of the name that Kyverno did not make is ${engine.replacesForeign ? 'replaced' : 'left alone'}`, async () => {
      if (engine.replacesForeign) await follows(named('foreign'), emitted.source(pullSecret));
      else expect(await dataIn(named('foreign'))).toEqual(foreign(named('foreign')).data);
    });

    test('a clone that somebody deletes or changes comes back', async () => {
      await api().remove(secretIn(named('after')));
      await comes(named('after'));
      await api().merge(secretIn(named('after')), { data: { '.dockerconfigjson': 'e30=' } });
      await follows(named('after'), emitted.source(pullSecret));
    });

    test('when the source rotates, clones follow', async () => {
      emitted = await Emitted.of(configOf(engine, 'second'));
      await emitted.apply(api());
      for (const each of ['before', 'after']) await follows(named(each), emitted.source(pullSecret));
      await api().apply(namespace(named('later'), labels));
      await comes(named('later'));
      await follows(named('later'), emitted.source(pullSecret));
    });

    test('a namespace that comes into scope gets a clone, one that leaves it loses it', async () => {
      await api().apply(namespace(named('outside'), labels));
      await comes(named('outside'));
      await comes(named('leaving'));
      await api().apply(namespace(named('leaving')));
      await goes(named('leaving'));
      expect(await isThere(named('before'))).toBe(true);
    });

    test(`when the policy leaves, its clones ${engine.clonesOutliveIt ? 'stay' : 'go'}`, async () => {
      const clones = ['before', 'after', 'later'].map(named);
      await api().remove(emitted.policies.find(({ metadata }) => metadata.name.endsWith(pullSecret))!);
      if (!engine.clonesOutliveIt) for (const each of clones) await goes(each);
      // What the other policy does meanwhile shows that Kyverno has gone on.
      await api().apply(namespace(named('last'), labels));
      await comes(named('last'), lost);
      expect(await isThere(named('last'))).toBe(false);
      for (const each of clones) expect(await isThere(each)).toBe(engine.clonesOutliveIt);
      expect(await api().find(emitted.source(pullSecret))).toBeDefined();
    });

    test('when the source is deleted, its clones go', async () => {
      await comes(named('before'), lost);
      await api().remove(emitted.source(lost));
      for (const each of ['before', 'after', 'later', 'last']) await goes(named(each), lost);
    });
  });
}
