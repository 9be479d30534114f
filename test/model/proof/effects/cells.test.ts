import { InventoryBuilder } from '../../../../src/model/inventory/inventory.js';
import { plainTree } from '../../../../src/model/inventory/tree.js';
import { planAccess } from '../../../../src/model/plan/access-plan.js';
import { proveCluster } from '../../../../src/model/proof/prove.js';
import type { Verdict } from '../../../../src/model/proof/verdict.js';
import { type ClusterModel, clusterModel } from '../../../../src/model/vocabulary/cluster.js';
import { objectsOf } from '../../../../src/objects/objects-of.js';
import { jsonOf } from '../../../../src/objects/written-object.js';
import { deployment, inventoryOf } from '../../../support.js';
import { type Cell, cells, verdictOf } from '../../../table-cells.js';

// What the generator writes is enough: proven from its own objects, for every cell of the compatibility table.

type Plain = Readonly<Record<string, unknown>>;

const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

function verdictsOf(objects: readonly Plain[], workload: string, cluster: ClusterModel): Verdict[] {
  const builder = new InventoryBuilder();
  for (const object of objects) builder.add(plainTree(object), { keepSecretData: true });
  const inventory = { ...builder.build(), workloads: inventoryOf(workload).workloads };
  return proveCluster({ inventory, cluster }).images.map(({ verdict }) => verdict);
}

const acting = /Policy$|^ClusterExternalSecret$|^Deployment$/;

function annotationsOf({ metadata }: Plain): string[] {
  return Object.keys((metadata as { annotations?: Plain }).annotations ?? {});
}

/** Whether a tool acts on namespaces, lists or pods because of an object. */
function isActing(object: Plain): boolean {
  return (
    acting.test(String(object.kind)) || annotationsOf(object).some((key) => /^(?:reflector|replicator)\./.test(key))
  );
}

/** What stays where nothing acts. */
function withoutActing(objects: readonly Plain[]): Plain[] {
  return objects
    .filter(({ kind }) => !acting.test(String(kind)))
    .map((object) => ({ ...object, metadata: { ...(object.metadata as Plain), annotations: {} } }));
}

interface Written {
  readonly cluster: ClusterModel;
  readonly workload: string;
  readonly objects: readonly Plain[];
}

function writtenFor({ spec }: Cell): Written {
  const cluster = clusterModel(spec, 'prod');
  const isOnTemplate = cluster.pullSecrets.get('r-pull')?.attachment.name === 'podTemplate';
  const list = isOnTemplate ? 'imagePullSecrets: [{ name: r-pull }],' : '';
  const workload = deployment('team-a', 'web', [`${host}/web`, `${host}/deep/api:1`], list);
  return { cluster, workload, objects: objectsOf(planAccess(inventoryOf(workload), cluster)).map(jsonOf) };
}

// Whose objects the engine applies changes nothing.
const written = [...cells()].filter(
  (cell) => verdictOf(cell) !== 'refused' && cell.spec.clusters.prod?.gitops === 'flux',
);

test('every cell that can be written is proven by its own objects', () => {
  for (const cell of written) {
    const { objects, workload, cluster } = writtenFor(cell);
    const verdicts = verdictsOf(objects, workload, cluster);
    expect([cell.name, verdicts.filter((each) => each !== 'covered' && each !== 'assumed')]).toEqual([cell.name, []]);
  }
  expect(written.length).toBeGreaterThan(300);
});

test('without the policies, programs and annotations that act for it, no cell is', () => {
  let tried = 0;
  for (const cell of written) {
    const { objects, workload, cluster } = writtenFor(cell);
    if (!objects.some(isActing)) continue;
    const verdicts = verdictsOf(withoutActing(objects), workload, cluster);
    expect([cell.name, verdicts]).toEqual([cell.name, ['missing', 'missing']]);
    tried++;
  }
  expect(tried).toBeGreaterThan(200);
});
