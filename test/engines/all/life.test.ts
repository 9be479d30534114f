// What becomes of the output in the hands of a GitOps engine: it stays as it is, is put right, changes, leaves in two
// steps, and outlives what applied it.
import type { KubeObject, ObjectRef } from '../cluster/kube-object.js';
import { namesOf, serviceAccount } from '../cluster/objects.js';
import type { ArgoCdStage } from '../gitops/argocd-stage.js';
import { configOf, pullSecret, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { versionsOf } from '../gitops/gitops-stage.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

const secret = (namespace: string): ObjectRef => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: pullSecret, namespace },
});
const external = (namespace: string): ObjectRef => ({
  ...secret(namespace),
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
});
const namespaceRef = (name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const account = (namespace: string) => serviceAccount(namespace, 'default');

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;
  const config = (more = '') => ({ 'image-pull.yaml': configOf(`{ ${engine.settings} }`) + more });
  const note = (property: string, result: string) =>
    noteResult({ subject: 'one namespace after another', engine: engine.engine, property, result });
  const listOf = async (namespace: string) => namesOf((await cluster.api.get(account(namespace))).imagePullSecrets);

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
    const commit = await cluster.push({ ...config(), ...workloadsOf('team-a'), ...workloadsOf('team-b') });
    await cluster.stage.bootstrap(cluster.emitted);
    await cluster.stage.untilApplied(commit);
  });

  afterAll(() => cluster?.stop());

  test('a second sync changes nothing', async () => {
    await cluster.operator.reconcile();
    const before = await versionsOf(cluster.api, cluster.written);
    await cluster.stage.applyAgain();
    expect(await versionsOf(cluster.api, cluster.written)).toEqual(before);
    note('second sync', 'no change');
  });

  test('a list that somebody shortened is complete again, and labels of others stay', async () => {
    await cluster.api.merge(namespaceRef('team-a'), {
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
    });
    await cluster.api.merge(account('team-a'), {
      imagePullSecrets: [],
      metadata: { annotations: { 'acme.example/role': 'x' } },
    });
    if (engine.engine === 'Flux') await cluster.stage.applyAgain();
    await eventually(async () => ((await listOf('team-a')).includes(pullSecret) ? true : undefined));
    const { metadata } = await cluster.api.get(namespaceRef('team-a'));
    expect(metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('baseline');
    expect((await cluster.api.get(account('team-a'))).metadata.annotations?.['acme.example/role']).toBe('x');
    note('self-heal', 'list complete, labels of others stay');
  });

  test('a rotated Secret stays rotated', async () => {
    const before = (await cluster.api.get(secret('team-a'))).data;
    cluster.operator.password = 'second';
    const rotated = await cluster.api.until(
      secret('team-a'),
      ({ data }) => JSON.stringify(data) !== JSON.stringify(before),
    );
    await cluster.stage.applyAgain();
    expect((await cluster.api.get(secret('team-a'))).data).toEqual(rotated.data);
    note('rotated secret', 'stays');
  });

  test('a namespace leaves in two steps: its list first, then its pull secret, never itself or its account', async () => {
    const before = await cluster.api.get(account('team-b'));
    await cluster.apply({ ...config('retire: [{ namespace: team-b }]\n'), 'apps/team-b/web.yaml': undefined });
    expect(await listOf('team-b')).toEqual([]);
    expect(await cluster.api.find(external('team-b'))).toBeDefined();
    await cluster.apply(config());
    await eventually(async () => ((await cluster.api.find(external('team-b'))) ? undefined : true));
    const after = await cluster.api.get(account('team-b'));
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(await cluster.api.find(namespaceRef('team-b'))).toBeDefined();
    note('retired, then removed', 'list, then pull secret; namespace and account stay');
  });

  test('what applied it is deleted, and all of it stays', async () => {
    const before = await versionsOf(cluster.api, cluster.written);
    for (const object of cluster.emitted) await removeAndWait(cluster, inStage(object));
    expect(uids(await versionsOf(cluster.api, cluster.written))).toEqual(uids(before));
    note('its Application or Kustomization is deleted', 'all stays');
  });
});

test('an Application that is deleted with its finalizer takes pull secrets, and leaves namespaces and accounts', async () => {
  const engine = gitopsEngines[0]!;
  const cluster = await GitOpsCluster.start(engine);
  try {
    const commit = await cluster.push({
      'image-pull.yaml': configOf(`{ ${engine.settings} }`),
      ...workloadsOf('team-a'),
    });
    await cluster.stage.bootstrap(cluster.emitted);
    await cluster.stage.untilApplied(commit);
    const application = (cluster.stage as ArgoCdStage).application('image-pull-prod');
    await cluster.api.merge(application, { metadata: { finalizers: ['resources-finalizer.argocd.argoproj.io'] } });
    await removeAndWait(cluster, application);
    expect(await cluster.api.find(external('team-a'))).toBeUndefined();
    expect(await cluster.api.find(namespaceRef('team-a'))).toBeDefined();
    expect(namesOf((await cluster.api.get(account('team-a'))).imagePullSecrets)).toEqual([pullSecret]);
    noteResult({
      subject: 'one namespace after another',
      engine: 'Argo CD',
      property: 'cascade delete',
      result: 'ExternalSecrets go; namespaces, accounts and their lists stay',
    });
  } finally {
    await cluster.stop();
  }
});

async function removeAndWait({ api }: GitOpsCluster, ref: ObjectRef): Promise<void> {
  await api.remove(ref);
  await eventually(async () => ((await api.find(ref)) ? undefined : true));
}

/** Argo CD is in a namespace of its own here, whatever the config says. */
function inStage(object: KubeObject): KubeObject {
  return object.kind === 'Application' ? { ...object, metadata: { ...object.metadata, namespace: 'argocd' } } : object;
}

const uids = (versions: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(versions).map(([title, version]) => [title, version.split(' ')[0]]));
