// Another number of shards, in one commit, with a parent that applies the bootstrap: nothing is made anew.
import type { KubeObject } from '../cluster/kube-object.js';
import { externalSecretRef, secretRef } from '../cluster/objects.js';
import { configOf, pullSecret, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { type GitOpsEngine, gitopsEngines } from '../gitops/gitops-engines.js';
import { noteResult } from '../results.js';

const namespaces = Array.from({ length: 12 }, (_, index) => `team-${String.fromCharCode(97 + index)}`);

/** What holds the emitted objects, as flux-system or an app of apps does. */
function parentOf(engine: GitOpsEngine): KubeObject {
  const parent = engine.workloads();
  const { source, ...spec } = parent.spec as { source?: object };
  const path = 'dist/prod/bootstrap';
  return {
    ...parent,
    metadata: { ...parent.metadata, name: 'parent' },
    spec: source ? { ...spec, source: { ...source, path } } : { ...spec, path: `./${path}` },
  };
}

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;
  const config = (shards: number) => ({ 'image-pull.yaml': configOf(`{ ${sharded(engine, cluster, shards)} }`) });

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
  });

  afterAll(() => cluster?.stop());

  test.each([
    [3, 5],
    [5, 1],
    [1, 4],
  ])('from %d to %d no pull secret is missing for a moment', async (from, to) => {
    const workloads = Object.assign({}, ...namespaces.map((name) => workloadsOf(name)));
    const commit = await cluster.push({ ...config(from), ...workloads });
    await cluster.stage.bootstrap([parentOf(engine)]);
    await cluster.stage.untilApplied(commit);
    await cluster.operator.reconcile();
    const before = await uidsOf(cluster);
    expect(before).not.toContain('missing');
    await cluster.apply(config(to));
    expect(await uidsOf(cluster)).toEqual(before);
    const result = 'objects stay the same';
    noteResult({ subject: `shards ${from} to ${to}`, engine: engine.engine, property: 'one commit', result });
  });
});

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
  });

  afterAll(() => cluster?.stop());

  test('what the last namespace of a shard had stays, because what applied it goes first', async () => {
    // Of 64 shards these two namespaces have one each.
    const config = (more = '') => ({ 'image-pull.yaml': configOf(`{ ${sharded(engine, cluster, 64)} }`) + more });
    const commit = await cluster.push({ ...config(), ...workloadsOf('team-a'), ...workloadsOf('team-b') });
    await cluster.stage.bootstrap([parentOf(engine)]);
    await cluster.stage.untilApplied(commit);
    const before = (await cluster.stage.states()).length;
    await cluster.apply({ ...config('retire: [{ namespace: team-b }]\n'), 'apps/team-b/web.yaml': undefined });
    await cluster.apply(config());
    expect(await cluster.stage.states()).toHaveLength(before - 1);
    for (const ref of [externalSecretRef('team-b', pullSecret), secretRef('team-b', pullSecret)]) {
      expect(await cluster.api.find(ref)).toBeDefined();
    }
    const result = 'its ExternalSecret and Secret stay';
    noteResult({ subject: 'the last namespace of a shard', engine: engine.engine, property: 'leaves', result });
  });
});

/** Settings of the cluster, with its own repository for what a parent applies. */
function sharded({ settings }: GitOpsEngine, { repository }: GitOpsCluster, shards: number): string {
  return settings
    .replace('https://git.example.com/access.git', repository.url)
    .replace('bootstrap: {', `bootstrap: { shards: ${shards},`);
}

/** Of each ExternalSecret and Secret, which would have others if they had been missing. */
async function uidsOf({ api }: GitOpsCluster): Promise<string[]> {
  const refs = namespaces.flatMap((each) => [externalSecretRef(each, pullSecret), secretRef(each, pullSecret)]);
  const found = await Promise.all(refs.map((ref) => api.find(ref)));
  return found.map((object) => object?.metadata.uid ?? 'missing');
}
