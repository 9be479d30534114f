import type { Inventory } from '../inventory/found-inventory.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { AccessPlan } from './access-plan.js';
import { declaredLists, type ListHead, listHeads, listKey } from './declared-list.js';

/** A plan and what it was made from. */
export interface PlannedCluster {
  readonly plan: AccessPlan;
  readonly inventory: Inventory;
}

/** Demand of one cluster on one list in a manifest. */
interface Ask {
  readonly cluster: string;
  readonly names: string;
}

/**
 * Rule of ownership 1: a list in a manifest is one list. Where clusters share the manifest and ask for different names,
 * none included, no edit would be right.
 */
export function disagreements(clusters: readonly PlannedCluster[]): Problem[] {
  if (clusters.length < 2) return [];
  const asks = new Map<string, { head: ListHead; asks: Map<string, Ask> }>();
  for (const { plan, inventory } of clusters) {
    const wanted = wantedBy(plan);
    const cluster = plan.cluster.name;
    for (const head of listHeads(inventory)) {
      const entry = asks.get(head.key) ?? { head, asks: new Map<string, Ask>() };
      // Several pods of one object share a list, and so one answer.
      entry.asks.set(cluster, { cluster, names: wanted.get(head.key) ?? 'nothing' });
      asks.set(head.key, entry);
    }
  }
  return [...asks.values()].flatMap(({ head, asks: each }) =>
    new Set([...each.values()].map(({ names }) => names)).size < 2 ? [] : [disagreement(head, [...each.values()])],
  );
}

function wantedBy(plan: AccessPlan): Map<string, string> {
  return new Map(
    declaredLists(plan).flatMap(({ object, path, wanted }) =>
      object && path !== undefined && wanted.length > 0 ? [[listKey(object, path), wanted.join(', ')] as const] : [],
    ),
  );
}

function disagreement({ owner, place }: ListHead, asks: readonly Ask[]): Problem {
  return At.of(place).refuse(
    'clusters-disagree',
    words`${owner} is one manifest for several clusters, which need different pull secrets on it: ${asks.map(({ cluster, names }) => `${cluster} ${names}`).join('; ')}`,
  );
}
