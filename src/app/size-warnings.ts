import type { AccessPlan } from '../model/plan/access-plan.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import { originalOf } from '../model/vocabulary/distributions.js';

const maxObjects = 2000;

/**
 * Argo CD compares every object of an Application at every refresh, Flux those of a Kustomization at every interval.
 *
 * @param objects how many objects each file holds, by path
 */
export function sizeWarnings(plans: readonly AccessPlan[], objects: ReadonlyMap<string, number>): Problem[] {
  return plans.flatMap(({ cluster }) => {
    const counts = new Map<string, number>();
    for (const [path, count] of objects) {
      const folder = folderOf(path, cluster);
      if (folder !== undefined) counts.set(folder, (counts.get(folder) ?? 0) + count);
    }
    return [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 1)
      .flatMap(([, count]) => warning(cluster, count));
  });
}

/** The folder that one Application or Kustomization applies; undefined for files that none of the cluster does. */
function folderOf(path: string, { name, gitops, bootstrap }: ClusterModel): string | undefined {
  const [cluster, stage, shard] = path.split('/');
  if (cluster !== name || stage === 'bootstrap') return undefined;
  const isSharded = (bootstrap?.shards ?? 1) > 1;
  if (isSharded && stage === 'namespaces') return `namespaces/${shard}`;
  return isSharded || gitops === 'flux' ? stage : '';
}

const maxReads = 100;

/** Every ExternalSecret reads its provider by itself, at every refresh. */
export function readWarnings(plans: readonly AccessPlan[]): Problem[] {
  return plans.flatMap(({ cluster, secrets }) => {
    const reads = new Map<string, number>();
    for (const { pullSecret, write, copiedBy } of secrets) {
      if (write || copiedBy) reads.set(pullSecret, (reads.get(pullSecret) ?? 0) + 1);
    }
    return [...cluster.pullSecrets.values()].flatMap((each): Problem[] => {
      const { name, source } = each;
      if (source.name !== 'external' || source.hub || originalOf(each) !== undefined) return [];
      const count = reads.get(name) ?? 0;
      if (count <= maxReads) return [];
      return [
        At.of({ path: ['pullSecrets', name] }).warn(
          'provider-reads-many',
          words`cluster ${cluster.name}: ${count} namespaces would each read the provider of pull secret ${name}`,
        ),
      ];
    });
  });
}

function warning({ name, gitops, bootstrap }: ClusterModel, objects: number): Problem[] {
  if (objects <= maxObjects) return [];
  const shards = Math.ceil((objects * (bootstrap?.shards ?? 1)) / maxObjects);
  return [
    At.of().warn(
      'application-large',
      words`cluster ${name}: ${objects} objects would be in one ${gitops === 'flux' ? 'Kustomization' : 'Application'}`,
      words`bootstrap: { shards: ${shards} } spreads the namespaces`,
    ),
  ];
}
