// Another number of shards, in one commit, with a parent that applies the bootstrap: nothing is made anew.
import type { KubeObject, ObjectRef } from '../cluster/kube-object.js';
import { configOf, pullSecret, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { type GitOpsEngine, gitopsEngines } from '../gitops/gitops-engines.js';
import { noteResult } from '../results.js';

const namespaces = Array.from({ length: 12 }, (_, index) => `team-${String.fromCharCode(97 + index)}`);

/** What holds the emitted objects, as flux-system or an app of apps does. */
function parentOf(engine: GitOpsEngine): KubeObject {
  const parent = engine.workloads(false);
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
  const config = (shards: number) => {
    const settings = engine.settings
      .replace('https://git.example.com/access.git', cluster.repository.url)
      .replace(' } }', ` }, shards: ${shards} }`)
      .replace('.git" }', `.git", shards: ${shards} }`);
    return { 'image-pull.yaml': configOf(`{ ${settings} }`) };
  };

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

/** Of each ExternalSecret and Secret, which would have others if they had been missing. */
async function uidsOf({ api }: GitOpsCluster): Promise<string[]> {
  const refs = namespaces.flatMap((namespace): ObjectRef[] => {
    const metadata = { name: pullSecret, namespace };
    return [
      { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata },
      { apiVersion: 'v1', kind: 'Secret', metadata },
    ];
  });
  const found = await Promise.all(refs.map((ref) => api.find(ref)));
  return found.map((object) => object?.metadata.uid ?? 'missing');
}
