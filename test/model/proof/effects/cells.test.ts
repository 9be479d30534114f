import { InventoryBuilder } from '../../../../src/model/inventory/inventory.js';
import { plainTree } from '../../../../src/model/inventory/tree.js';
import { planAccess } from '../../../../src/model/plan/access-plan.js';
import { proveCluster } from '../../../../src/model/proof/prove.js';
import type { ProvenImage } from '../../../../src/model/proof/verdict.js';
import { type ClusterModel, clusterModel } from '../../../../src/model/vocabulary/cluster.js';
import { objectsOf } from '../../../../src/objects/objects-of.js';
import { jsonOf } from '../../../../src/objects/written-object.js';
import { deployment, inventoryOf } from '../../../support.js';
import { type Cell, cells, verdictOf } from '../../../table-cells.js';

// What the generator writes is enough: proven from its own objects, for every cell of the compatibility table.

type Plain = Readonly<Record<string, unknown>>;

const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

function proven(objects: readonly Plain[], workload: string, cluster: ClusterModel): readonly ProvenImage[] {
  const builder = new InventoryBuilder();
  for (const object of objects) builder.add(plainTree(object), { keepSecretData: true });
  const inventory = { ...builder.build(), workloads: inventoryOf(workload).workloads };
  return proveCluster({ inventory, cluster }).images;
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
  readonly cell: Cell;
  readonly cluster: ClusterModel;
  readonly workload: string;
  readonly objects: readonly Plain[];
}

function writtenFor(cell: Cell): Written {
  const cluster = clusterModel(cell.spec, 'prod');
  const isOnTemplate = cluster.pullSecrets.get('r-pull')?.attachment.name === 'podTemplate';
  const list = isOnTemplate ? 'imagePullSecrets: [{ name: r-pull }],' : '';
  const workload = deployment('team-a', 'web', [`${host}/web`, `${host}/deep/api:1`], list);
  return { cell, cluster, workload, objects: objectsOf(planAccess(inventoryOf(workload), cluster)).map(jsonOf) };
}

// Whose objects the engine applies changes nothing.
const written = [...cells()]
  .filter((cell) => verdictOf(cell) !== 'refused' && cell.spec.clusters.prod?.gitops === 'flux')
  .map(writtenFor);

test('every cell that can be written is proven by its own objects, with the key that offers and no policy unknown', () => {
  for (const { cell, objects, workload, cluster } of written) {
    const images = proven(objects, workload, cluster);
    const verdicts = images.map(({ verdict, credentials }) => `${verdict} by ${credentials[0]?.key}`);
    const verdict = cell.source === 'plaintext' ? 'covered' : 'assumed';
    // The document of a node has what others put there: its keys come out of values, or are sealed as a whole.
    const isWhole = ['external', 'sealed', 'sops'].includes(cell.source);
    const isMerged = isWhole && cell.spec.clusters.prod?.distribution === 'globalPullSecret';
    const each = `${verdict} by ${isMerged ? '' : host}`;
    expect([cell.name, verdicts]).toEqual([cell.name, [each, each]]);
    expect([cell.name, images.flatMap(({ pod }) => pod.list.unknown)]).toEqual([cell.name, []]);
  }
  expect(written.length).toBeGreaterThan(300);
});

test('without the policies, programs and annotations that act for it, no cell is', () => {
  let tried = 0;
  for (const { cell, objects, workload, cluster } of written) {
    if (!objects.some(isActing)) continue;
    const images = proven(withoutActing(objects), workload, cluster);
    expect([cell.name, images.map(({ verdict }) => verdict)]).toEqual([cell.name, ['missing', 'missing']]);
    tried++;
  }
  expect(tried).toBeGreaterThan(200);
});
