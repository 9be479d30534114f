// The first pods of a new namespace: what they list when namespace, access and workloads arrive in one commit, and what
// applies them exists already. docs/choosing-a-delivery.md promises what is measured here, and no more.
import { setTimeout as sleep } from 'node:timers/promises';
import { pullSecretsOf } from '../cluster/objects.js';
import { Kyverno } from '../engines/kyverno.js';
import { policyReady } from '../engines/kyverno-policies.js';
import { configOf, otherPullSecret, pullSecret, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

const namespaces = ['team-b', 'team-c', 'team-d', 'team-e', 'team-f'];

/** How access reaches pods, and on which engines the first of them list it for sure. */
interface Way {
  readonly says: string;
  /** Settings of the cluster. */
  readonly settings: string;
  /** Whether the manifests name the pull secret themselves. @default false */
  readonly list?: boolean;
  /** Whether one application applies access and workloads. @default false */
  readonly beside?: boolean;
  /** Labels that the scope is told by; the workloads bring their Namespace with them. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether Kyverno must run. @default false */
  readonly kyverno?: boolean;
  readonly sure: readonly string[];
}

const both = ['Argo CD', 'Flux'];
const labels = { 'acme.example/pulls': 'ghcr' };
/** Settings by which the scope of the pull secret is these labels. */
const labelled = `pullSecrets: { ${[pullSecret, otherPullSecret].map((name) => `${name}: { for: { labels: ${JSON.stringify(labels)} } }`)} }`;
const clones = `kyverno: "1.19", distribution: kyverno, ${labelled}`;
const native = 'kubernetes: "1.36", attachment:';
const ways: readonly Way[] = [
  { says: 'serviceAccount', settings: 'attachment: serviceAccount', sure: ['Flux'] },
  { says: 'podTemplate', settings: 'attachment: podTemplate', list: true, sure: both },
  { says: 'podPolicy native', settings: `${native} { podPolicy: native }`, sure: ['Flux'] },
  { says: 'serviceAccountPolicy native', settings: `${native} { serviceAccountPolicy: native }`, sure: [] },
  {
    says: 'podPolicy kyverno, by labels',
    settings: `${clones}, attachment: { podPolicy: kyverno }`,
    labels,
    kyverno: true,
    sure: both,
  },
  {
    says: 'serviceAccountPolicy kyverno, by labels',
    settings: `${clones}, attachment: { serviceAccountPolicy: kyverno }`,
    labels,
    kyverno: true,
    sure: both,
  },
  {
    says: 'podPolicy native, by labels',
    settings: `distribution: clusterExternalSecret, ${labelled}, ${native} { podPolicy: native }`,
    labels,
    sure: both,
  },
  { says: 'serviceAccount beside', settings: 'placement: beside', beside: true, sure: both },
  {
    says: 'podTemplate beside',
    settings: 'placement: beside, attachment: podTemplate',
    list: true,
    beside: true,
    sure: both,
  },
];

const cells = gitopsEngines.flatMap((engine) =>
  ways.map((way) => ({ engine, way, name: `${way.says} on ${engine.engine}` })),
);

describe.each(cells)('$name', ({ engine, way }) => {
  const { list = false, beside = false, labels, kyverno: needsKyverno } = way;
  const workloads = (namespace: string) =>
    workloadsOf(namespace, { isDeclared: beside || labels !== undefined, list, labels });
  let cluster: GitOpsCluster;
  let kyverno: Kyverno | undefined;

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
    if (needsKyverno) kyverno = await Kyverno.start(cluster.stage.plane);
  });

  afterAll(async () => {
    await kyverno?.stop();
    await cluster?.stop();
  });

  test('pods of new namespaces', async () => {
    const { stage } = cluster;
    const config = configOf(`{ ${engine.settings}, ${way.settings} }`);
    const commit = await cluster.push({ 'image-pull.yaml': config, ...workloads('team-a') });
    if (!beside) {
      await stage.bootstrap(cluster.emitted);
      await stage.untilApplied(commit);
    }
    await stage.bootstrap([engine.workloads(beside ? [] : cluster.emitted)]);
    await stage.untilApplied(commit);
    // This is the order of two commits; policies act some seconds later.
    if (!way.says.includes('olicy')) expect(await firstList(cluster, 'team-a')).toContain(pullSecret);
    await untilPoliciesAct(cluster);

    const next = await cluster.push(Object.assign({}, ...namespaces.map(workloads)));
    await stage.notify();
    await stage.untilApplied(next);
    const lists = await Promise.all(namespaces.map((namespace) => firstList(cluster, namespace)));
    const listed = lists.filter((names) => names.includes(pullSecret)).length;
    const isSure = way.sure.includes(engine.engine);
    noteResult({
      subject: way.says,
      engine: engine.engine,
      property: 'first pods',
      result: `${listed} of ${lists.length} listed`,
      varies: !isSure,
    });
    if (isSure) expect(listed).toBe(lists.length);
  });
});

/** The API server's own policies have no status: they act some seconds later. */
async function untilPoliciesAct({ api, written }: GitOpsCluster): Promise<void> {
  for (const policy of written.filter(({ kind }) => kind === 'MutatingPolicy')) await policyReady(api, policy);
  if (written.some(({ kind }) => kind.includes('Policy'))) await sleep(5000);
}

/** What the pod of a namespace lists, which is what it listed when it was made. */
function firstList({ api }: GitOpsCluster, namespace: string): Promise<string[]> {
  return eventually(async () => {
    const [pod] = await api.list('v1', 'Pod', namespace);
    return pod && pullSecretsOf(pod);
  });
}
