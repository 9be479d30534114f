// OpenShift's controller keeps an entry of its own on the list of every account. What becomes of that list, by attachment,
// while a GitOps engine applies the output: docs/openshift.md promises what is measured here.
import { setTimeout as sleep } from 'node:timers/promises';
import { namesOf, namespaceWithAccount, pod, pullSecretsOf, serviceAccount } from '../cluster/objects.js';
import { OpenShiftController } from '../cluster/openshift-controller.js';
import { Kyverno } from '../engines/kyverno.js';
import { policyReady } from '../engines/kyverno-policies.js';
import { configOf, otherPullSecret, pullSecret, workloadOf, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

/** How pods come to list the pull secret, and on which engines the list of the account comes to rest. */
interface Way {
  readonly attachment: string;
  /** Further settings of the cluster. */
  readonly settings?: string;
  /** Whether the list of the account has our name, too. @default false */
  readonly onAccount?: boolean;
  /** Whether the manifests name the pull secret themselves. @default false */
  readonly list?: boolean;
  readonly restsOn: readonly string[];
}

const both = ['Argo CD', 'Flux'];
const ways: readonly Way[] = [
  { attachment: 'serviceAccount', onAccount: true, restsOn: ['Argo CD'] },
  { attachment: 'podTemplate', list: true, restsOn: both },
  { attachment: '{ podPolicy: kyverno }', settings: 'kyverno: "1.19",', restsOn: both },
  { attachment: '{ podPolicy: native }', settings: 'kubernetes: "1.36",', restsOn: both },
  { attachment: '{ serviceAccountPolicy: kyverno }', settings: 'kyverno: "1.19",', onAccount: true, restsOn: both },
  { attachment: '{ serviceAccountPolicy: native }', settings: 'kubernetes: "1.36",', onAccount: true, restsOn: both },
];
const isGenerated = (name: string) => name.startsWith('default-dockercfg-');

/** Names the account, which is written then whatever the attachment. */
const byHand = (inNamespace: string) =>
  `namespaces: { ${inNamespace}: { serviceAccounts: { default: { pullSecrets: [${pullSecret}] } } } }\n`;

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;
  let kyverno: Kyverno;
  let controller: OpenShiftController | undefined;

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
    kyverno = await Kyverno.start(cluster.stage.plane);
  });

  afterEach(async () => {
    await controller?.stop();
    controller = undefined;
  });

  afterAll(async () => {
    await kyverno?.stop();
    await cluster?.stop();
  });

  /** With Flux the table refuses what does not come to rest. */
  const isRefused = (attachment: string) => attachment === 'serviceAccount' && engine.gitops === 'flux';

  /** A project of its own for each way, the only one in Git, with the controller at work. */
  async function begin(inNamespace: string, { attachment, settings = '', list }: Way): Promise<OpenShiftController> {
    controller = new OpenShiftController(cluster.api, inNamespace);
    controller.start();
    await namespaceWithAccount(cluster.api, inNamespace);
    const withMore = (more: string) => configOf(`{ ${engine.settings}, openshift: "4.20", ${settings} ${more} }`);
    const config = isRefused(attachment) ? withMore('') + byHand(inNamespace) : withMore(`attachment: ${attachment}`);
    cluster.repository.change({ apps: undefined });
    const files = { 'image-pull.yaml': config, ...workloadsOf(inNamespace, { list: list || isRefused(attachment) }) };
    const commit = await cluster.push(files, '--now');
    await cluster.stage.bootstrap(cluster.emitted);
    await cluster.stage.untilApplied(commit);
    for (const policy of cluster.written.filter(({ kind }) => kind === 'MutatingPolicy')) {
      await policyReady(cluster.api, policy);
    }
    return controller;
  }

  const listNow = async (inNamespace: string) =>
    namesOf((await cluster.api.get(serviceAccount(inNamespace, 'default'))).imagePullSecrets);

  /** The list once it has the names that it is to have, both or the controller's own. */
  const listWith = (inNamespace: string, ours: boolean) =>
    eventually(async () => {
      const list = await listNow(inNamespace);
      return list.some(isGenerated) && (!ours || list.includes(pullSecret)) ? list : undefined;
    });

  /** The lists and states of some seconds, with three syncs in them. */
  async function watch(inNamespace: string) {
    const lists: string[][] = [];
    const states: string[] = [];
    for (let sample = 0; sample < 12; sample++) {
      if (sample % 4 === 3) await cluster.stage.applyAgain();
      lists.push(await listNow(inNamespace));
      states.push(...(await cluster.stage.states()));
      await sleep(700);
    }
    return { lists, states };
  }

  test.each(ways.map((way, index) => ({ ...way, inNamespace: `project-${index}` })))('$attachment', async (way) => {
    const { inNamespace, attachment, onAccount = false, restsOn } = way;
    const openshift = await begin(inNamespace, way);
    // The API server's own policies have no status, and act when the account is next written.
    await sleep(3000);
    const annotations = { 'acme.example/written': 'again' };
    await cluster.api.merge(serviceAccount(inNamespace, 'default'), { metadata: { annotations } });
    await listWith(inNamespace, onAccount);

    const before = openshift.changes;
    const { lists, states } = await watch(inNamespace);
    const fights = openshift.changes - before;
    const result = fights === 0 ? 'comes to rest' : 'taken off and put back at each sync';
    noteResult({
      subject: `list of an account, ${attachment}`,
      engine: engine.engine,
      property: 'on OpenShift',
      result,
    });
    if (!restsOn.includes(engine.engine)) {
      expect(fights).toBeGreaterThanOrEqual(3);
      return;
    }
    expect(fights).toBe(0);
    expect(states.filter((each) => each.includes('OutOfSync'))).toEqual([]);
    expect(lists.every((each) => each.some(isGenerated) && each.includes(pullSecret) === onAccount)).toBe(true);
    // What a policy gives, it adds to what OpenShift gave.
    if (attachment.includes('Policy')) expect(await listOfNewPod(inNamespace)).toHaveLength(2);
  });

  test('serviceAccount, when the list changes in Git, or is refused', async () => {
    if (isRefused('serviceAccount')) {
      const settings = `{ ${engine.settings}, openshift: "4.20", attachment: serviceAccount }`;
      await expect(cluster.push({ 'image-pull.yaml': configOf(settings) })).rejects.toThrow('Flux takes it off');
      return;
    }
    const openshift = await begin('project-changes', ways[0]!);
    await listWith('project-changes', true);
    const before = openshift.changes;
    await cluster.apply(workloadOf('project-changes', 'tool', 'quay.io/acme/tool:v1'));
    const list = await eventually(async () => {
      const names = await listNow('project-changes');
      return names.includes(otherPullSecret) && names.some(isGenerated) ? names : undefined;
    });
    expect(list).toHaveLength(3);
    // The sync that writes the account takes the entry off; the controller puts it back, once.
    expect(openshift.changes - before).toBe(1);
  });

  async function listOfNewPod(inNamespace: string): Promise<string[]> {
    const containers = [{ name: 'main', image: 'ghcr.io/acme/web:v1' }];
    return pullSecretsOf(await cluster.api.create(pod(inNamespace, { containers })));
  }
});
