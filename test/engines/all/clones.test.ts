// Policies of Kyverno, of both kinds, under a GitOps engine that prunes. Clones carry the metadata of their source: an Argo CD
// that knows its objects by a label takes them for its own, and what is written on the source keeps it from pruning them.
import { setTimeout as sleep } from 'node:timers/promises';
import { deployment } from '../../support.js';
import { namesOf, namespace, pod, pullSecretsOf, secretRef, serviceAccount } from '../cluster/objects.js';
import { Kyverno } from '../engines/kyverno.js';
import { policyReady } from '../engines/kyverno-policies.js';
import { ArgoCdStage } from '../gitops/argocd-stage.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { type GitOpsEngine, gitopsEngines } from '../gitops/gitops-engines.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

const labels = { 'pulls.example/clone': 'yes' };
const namespaces = ['team-a', 'team-b', 'team-c'];

/** A pull secret and what its clones are made of. */
const pullSecrets = {
  'plain-pull': 'Secret in Git',
  'legacy-pull': 'Secret in Git, ClusterPolicy',
  'account-pull': 'Secret in Git, ClusterPolicy for accounts',
  'stored-pull': 'ExternalSecret',
};

/** Argo CD as it is, and with the other ways to know its objects. */
const cases = gitopsEngines.flatMap((engine) =>
  engine.gitops === 'argocd'
    ? [{ name: 'Argo CD', engine }, tracking('annotation+label', engine), tracking('label', engine)]
    : [{ name: engine.engine, engine }],
);

function tracking(method: string, engine: GitOpsEngine) {
  const settings = { 'application.resourceTrackingMethod': method };
  return { name: `Argo CD, tracking by ${method}`, engine: { ...engine, start: () => ArgoCdStage.start(settings) } };
}

const images = ['plain', 'legacy', 'account', 'stored'].map((each) => `${each}.example/a:1`);

function configOf({ settings }: GitOpsEngine, password: string): string {
  const plaintext = `{ plaintext: { acceptPlaintextInGit: true, username: robot, password: ${password} } }`;
  const scope = `for: { labels: ${JSON.stringify(labels)} }`;
  const legacy = 'distribution: { kyverno: { engine: kyvernoLegacy } }';
  return `version: 1
registries: { ${['plain', 'legacy', 'account', 'stored'].map((each) => `${each}: { host: ${each}.example }`).join(', ')} }
pullSecrets:
  plain-pull: { registries: [plain], source: ${plaintext}, ${scope} }
  legacy-pull: { registries: [legacy], source: ${plaintext}, ${scope}, ${legacy}, attachment: { podPolicy: kyvernoLegacy } }
  account-pull: { registries: [account], source: ${plaintext}, ${scope}, ${legacy}, attachment: { serviceAccountPolicy: kyvernoLegacy } }
  stored-pull: { registries: [stored], source: { external: { store: vault, key: registries/stored } }, ${scope} }
clusters:
  prod: { ${settings}, kyverno: "1.19", distribution: kyverno, attachment: { podPolicy: kyverno } }
workloads: [apps]
`;
}

describe.each(cases)('on $name', ({ name, engine }) => {
  let cluster: GitOpsCluster;
  let kyverno: Kyverno;
  const files = (password: string) => ({
    'image-pull.yaml': configOf(engine, password),
    'apps/namespace.yaml': JSON.stringify(namespace('team-a', labels)),
    'apps/web.yaml': deployment('team-a', 'web', images),
  });
  const clones = (pullSecret: string) => namespaces.map((inNamespace) => secretRef(inNamespace, pullSecret));
  const uidsOf = async (pullSecret: string) => {
    const found = await Promise.all(clones(pullSecret).map((ref) => cluster.api.find(ref)));
    return found.map((each) => each?.metadata.uid ?? 'missing');
  };
  const dataOf = async (pullSecret: string, inNamespace: string) =>
    JSON.stringify((await cluster.api.find(secretRef(inNamespace, pullSecret)))?.data);
  const follow = (pullSecret: string) =>
    eventually(async () => {
      const source = await dataOf(pullSecret, 'image-pull');
      const all = await Promise.all(namespaces.map((each) => dataOf(pullSecret, each)));
      return source !== undefined && all.every((each) => each === source) ? true : undefined;
    });

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
    kyverno = await Kyverno.start(cluster.stage.plane);
    for (const each of namespaces) await cluster.api.apply(namespace(each, labels));
    const commit = await cluster.push(files('first'));
    await cluster.stage.bootstrap(cluster.emitted);
    await cluster.stage.untilApplied(commit);
    for (const policy of cluster.written.filter(({ kind }) => kind.endsWith('Policy'))) {
      await eventually(async () => ((await cluster.api.find(policy)) ? true : undefined));
      await policyReady(cluster.api, policy);
    }
  });

  afterAll(async () => {
    await kyverno?.stop();
    await cluster?.stop();
  });

  test.each(Object.entries(pullSecrets))('clones of %s (%s)', async (pullSecret) => {
    await follow(pullSecret);
    // Server-side apply keeps no copy of what it applied, which would be cloned with the rest.
    const { metadata } = await cluster.api.get(secretRef('image-pull', pullSecret));
    expect(Object.keys(metadata.annotations ?? {}).join()).not.toContain('last-applied');
    const uids = new Set<string>();
    for (let sample = 0; sample < 8; sample++) {
      for (const uid of await uidsOf(pullSecret)) uids.add(uid);
      if (sample % 4 === 3) await cluster.stage.applyAgain();
      await sleep(1500);
    }
    const stay = uids.size === namespaces.length && !uids.has('missing');
    const subject = `clones, ${pullSecrets[pullSecret as keyof typeof pullSecrets]}`;
    noteResult({ subject, engine: name, property: 'with pruning', result: stay ? 'stay' : 'pruned and made again' });
    expect(stay).toBe(true);
  });

  test('policies for pods and for accounts act, and what applies them sees no difference', async () => {
    await eventually(async () => {
      const account = await cluster.api.get(serviceAccount('team-b', 'default'));
      return namesOf(account.imagePullSecrets).includes('account-pull') ? true : undefined;
    });
    const containers = images.map((image, index) => ({ name: `c${index}`, image }));
    const made = await cluster.api.create(pod('team-b', { containers }));
    expect(new Set(pullSecretsOf(made))).toEqual(new Set(Object.keys(pullSecrets)));
    await cluster.stage.applyAgain();
    await eventually(async () => {
      const states = await cluster.stage.states();
      // With tracking by label, clones are named after that as different, which is overlooked.
      if (states.every((state) => state.includes(` ${engine.done}`))) return true;
      throw new Error(states.join('; '));
    });
    const subject = 'policies for pods and accounts, both kinds';
    noteResult({ subject, engine: name, property: 'with pruning', result: `act; ${engine.done}` });
  });

  test('clones follow a source that rotates', async () => {
    const commit = await cluster.push(files('second'));
    cluster.operator.password = 'second';
    await cluster.stage.notify();
    await cluster.stage.untilApplied(commit);
    for (const pullSecret of Object.keys(pullSecrets)) await follow(pullSecret);
    noteResult({ subject: 'clones, after a rotation', engine: name, property: 'with pruning', result: 'follow' });
  });
});
