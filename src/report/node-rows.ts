import { sortedUnique } from '../model/names/names.js';
import type { Need } from '../model/needs/need.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import { isOnNodes } from '../model/vocabulary/distributions.js';
import { globalPullSecretFile } from '../model/vocabulary/global-pull-secret.js';
import { reasons } from './reasons.js';
import type { AccessReportOptions, Row } from './row.js';

/**
 * Rows for what every node has (OpenShift): the pull secrets that are merged, and the namespaces that need one of them.
 */
export function nodeRows(plan: AccessPlan, options: AccessReportOptions): Row[] {
  return [...mergedRows(plan, options), ...namespaceRows(plan, options)];
}

function mergedRows({ cluster, globalPullSecret }: AccessPlan, { fileOf }: AccessReportOptions): Row[] {
  if (!globalPullSecret) return [];
  const names = sortedUnique(globalPullSecret.entries.map(({ pullSecret }) => pullSecret.name));
  const what = names.length > 0 ? names.join(', ') : 'what it has today';
  const isOurs = globalPullSecret.write || globalPullSecret.sealed;
  const where = isOurs ? fileOf(cluster.name, globalPullSecretFile) : 'a manifest declares it';
  return [{ cluster: cluster.name, namespace: '', who: 'every node', what, where, why: [] }];
}

function namespaceRows({ cluster, needs }: AccessPlan, { placeOf }: AccessReportOptions): Row[] {
  const byNamespace = new Map<string, Need[]>();
  for (const need of needs.filter(({ pullSecret }) => isOnNodes(pullSecret))) {
    const known = byNamespace.get(need.namespace);
    if (known) known.push(need);
    else byNamespace.set(need.namespace, [need]);
  }
  return [...byNamespace].map(([namespace, own]) => ({
    cluster: cluster.name,
    namespace,
    who: 'every pod',
    what: sortedUnique(own.map(({ pullSecret }) => pullSecret.name)).join(', '),
    where: 'by the global pull secret',
    why: reasons(own, placeOf),
  }));
}
