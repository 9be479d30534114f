// The example whose files lie beside workloads: the Applications of the workloads apply it.
import { join } from 'node:path';
import { manifestsIn } from '../../cluster/manifest-files.js';
import { namespace } from '../../cluster/objects.js';
import { GitOpsCluster } from '../../gitops/gitops-cluster.js';
import { onArgoCd } from '../../gitops/gitops-engines.js';
import { versionsOf } from '../../gitops/gitops-stage.js';
import { noteResult } from '../../results.js';

const folder = 'examples/beside-workloads';
const sources = { catalog: { path: 'catalog', directory: { recurse: true } }, orders: { path: 'orders/base' } };

const engine = onArgoCd;

describe('beside-workloads on Argo CD', () => {
  let cluster: GitOpsCluster;
  const note = (property: string, result: string) =>
    noteResult({ subject: 'beside-workloads/prod', engine: engine.engine, property, result });

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
  });

  afterAll(() => cluster?.stop());

  test('becomes what it says, and stays', async () => {
    cluster.repository.add(folder);
    const commit = await cluster.repository.commit();
    const { metadata, spec, ...rest } = engine.workloads();
    for (const [name, source] of Object.entries(sources)) {
      await cluster.api.apply(namespace(name));
      const from = { repoURL: '', targetRevision: 'main', ...source };
      await cluster.stage.bootstrap([{ ...rest, metadata: { ...metadata, name }, spec: { ...spec, source: from } }]);
    }
    await cluster.stage.untilApplied(commit);
    note('from an empty cluster', engine.done);

    const applied = Object.values(sources)
      .flatMap(({ path }) => manifestsIn(join(folder, path)))
      .map(({ object }) => object)
      .filter(({ kind }) => kind !== 'Kustomization');
    await cluster.operator.reconcile();
    const before = await versionsOf(cluster.api, applied);
    await cluster.stage.applyAgain();
    expect(await versionsOf(cluster.api, applied)).toEqual(before);
    note('second sync', 'no change');
  });
});
