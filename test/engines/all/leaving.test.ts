// What leaves Git, and what becomes of it in the cluster: a need, an account and a namespace go in two steps; what applied
// the output goes without it.
import type { KubeObject, ObjectRef } from '../cluster/kube-object.js';
import { externalSecretRef, namesOf, namespace, secretRef, serviceAccount } from '../cluster/objects.js';
import { configOf, otherPullSecret, pullSecret, workloadOf, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { versionsOf } from '../gitops/gitops-stage.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

const image = 'ghcr.io/acme/web:v1';
const builder = 'namespaces: { team-c: { serviceAccounts: { builder: { create: true } } } }\n';
const account = (inNamespace: string, name = 'default') => serviceAccount(inNamespace, name);

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;
  const config = (more = '') => ({ 'image-pull.yaml': configOf(`{ ${engine.settings} }`) + builder + more });
  const note = (property: string, result: string) =>
    noteResult({ subject: 'what leaves Git', engine: engine.engine, property, result });
  const listOf = async (ref: ObjectRef) => namesOf((await cluster.api.get(ref)).imagePullSecrets);

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
    const commit = await cluster.push({
      ...config(),
      ...workloadsOf('team-a'),
      ...workloadOf('team-a', 'tool', 'quay.io/acme/tool:v1'),
      ...workloadsOf('team-b'),
      ...workloadsOf('team-c'),
      ...workloadOf('team-c', 'build', image, 'serviceAccountName: builder,'),
    });
    await cluster.stage.bootstrap(cluster.emitted);
    await cluster.stage.untilApplied(commit);
  });

  afterAll(() => cluster?.stop());

  test('a need goes from the list first, then its pull secret', async () => {
    const before = await cluster.api.get(account('team-a'));
    expect(namesOf(before.imagePullSecrets)).toEqual([pullSecret, otherPullSecret]);
    const retire = config(`retire: [{ pullSecret: ${otherPullSecret} }]\n`);
    await cluster.apply({ ...retire, 'apps/team-a/tool.yaml': undefined });
    expect(await listOf(account('team-a'))).toEqual([pullSecret]);
    expect(await cluster.api.find(secretRef('team-a', otherPullSecret))).toBeDefined();
    await cluster.apply(config());
    await gone(cluster, externalSecretRef('team-a', otherPullSecret));
    expect(await cluster.api.find(externalSecretRef('team-a', pullSecret))).toBeDefined();
    expect((await cluster.api.get(account('team-a'))).metadata.uid).toBe(before.metadata.uid);
    note('a need', 'list, then pull secret');
  });

  test('an account that we made is emptied first, then deleted', async () => {
    expect(await listOf(account('team-c', 'builder'))).toEqual([pullSecret]);
    const retire = config('retire: [{ namespace: team-c, serviceAccount: builder }]\n');
    await cluster.apply({ ...retire, 'apps/team-c/build.yaml': undefined });
    expect(await listOf(account('team-c', 'builder'))).toEqual([]);
    await cluster.apply(config());
    await gone(cluster, account('team-c', 'builder'));
    expect(await listOf(account('team-c'))).toEqual([pullSecret]);
    note('an account of ours', 'emptied, then deleted');
  });

  test('a namespace loses its list first, then its pull secret, never itself or its default account', async () => {
    const before = await cluster.api.get(account('team-b'));
    await cluster.apply({ ...config('retire: [{ namespace: team-b }]\n'), 'apps/team-b/web.yaml': undefined });
    expect(await listOf(account('team-b'))).toEqual([]);
    expect(await cluster.api.find(externalSecretRef('team-b', pullSecret))).toBeDefined();
    await cluster.apply(config());
    await gone(cluster, externalSecretRef('team-b', pullSecret));
    const after = await cluster.api.get(account('team-b'));
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(await cluster.api.find(namespace('team-b'))).toBeDefined();
    note('a namespace', 'list, then pull secret; namespace and default account stay');
  });

  test('what applied it is deleted, and all of it stays', async () => {
    const before = await versionsOf(cluster.api, cluster.written);
    for (const object of cluster.emitted) await removeAndWait(cluster, inStage(object));
    expect(uids(await versionsOf(cluster.api, cluster.written))).toEqual(uids(before));
    note('its Application or Kustomization', 'all stays');
  });
});

async function removeAndWait(cluster: GitOpsCluster, ref: ObjectRef): Promise<void> {
  await cluster.api.remove(ref);
  await gone(cluster, ref);
}

async function gone({ api }: GitOpsCluster, ref: ObjectRef): Promise<void> {
  await eventually(async () => ((await api.find(ref)) ? undefined : true));
}

/** Argo CD is in a namespace of its own here, whatever the config says. */
function inStage(object: KubeObject): KubeObject {
  return object.kind === 'Application' ? { ...object, metadata: { ...object.metadata, namespace: 'argocd' } } : object;
}

const uids = (versions: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(versions).map(([title, version]) => [title, version.split(' ')[0]]));
