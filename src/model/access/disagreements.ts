import type { Inventory } from '../pods/workload.js';
import { type Place, type Problem, placeText } from '../problem/problem.js';
import type { AccessPlan } from './access-plan.js';

/** A plan and what it was made from. */
export interface PlannedCluster {
  readonly plan: AccessPlan;
  readonly inventory: Inventory;
}

/** What one cluster asks of one list in a manifest. */
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
  const asks = new Map<string, { place: Place; what: string; asks: Ask[] }>();
  for (const { plan, inventory } of clusters) {
    const wanted = wantedBy(plan);
    for (const [what, place] of listsOf(inventory)) {
      const key = `${what} ${placeText(place)}`;
      const entry = asks.get(key) ?? { place, what, asks: [] };
      entry.asks.push({ cluster: plan.cluster.name, names: wanted.get(key) ?? 'nothing' });
      asks.set(key, entry);
    }
  }
  return [...asks.values()].flatMap(({ place, what, asks: each }) =>
    new Set(each.map(({ names }) => names)).size < 2 ? [] : [disagreement(what, place, each)],
  );
}

function wantedBy({ accounts, templates }: AccessPlan): Map<string, string> {
  const wanted = new Map<string, string>();
  for (const { declared, pullSecrets } of accounts) {
    if (declared?.place)
      wanted.set(`ServiceAccount ${declared.name} ${placeText(declared.place)}`, pullSecrets.join(', '));
  }
  for (const { workload, pullSecrets } of templates) {
    if (workload.place)
      wanted.set(`${workload.kind} ${workload.name} ${placeText(workload.place)}`, pullSecrets.join(', '));
  }
  return wanted;
}

function listsOf({ accounts, workloads }: Inventory): [string, Place][] {
  return [
    ...accounts.map((account) => [`ServiceAccount ${account.name}`, account.place] as const),
    ...workloads.map((workload) => [`${workload.kind} ${workload.name}`, workload.place] as const),
  ].flatMap(([what, place]): [string, Place][] => (place ? [[what, place]] : []));
}

function disagreement(what: string, place: Place, asks: readonly Ask[]): Problem {
  return {
    code: 'clusters-disagree',
    message: `${what} is one manifest for several clusters, which need different pull secrets on it: ${asks.map(({ cluster, names }) => `${cluster} ${names}`).join('; ')}`,
    place,
    hint: 'give each cluster a manifest of its own, or the same pull secrets',
  };
}
