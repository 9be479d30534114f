import type { PlannedObjects } from '../app/render.js';
import { sortedUnique } from '../model/names/names.js';
import { terminalText } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import { isPerNamespace } from '../model/reach/policy-scope.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import { pathOf } from '../output/layout.js';
import type { Plan } from '../output/plan.js';

const maxNames = 20;

/**
 * The namespaces that the output folder does not have yet, and what their first pods need: a pod that is made before its
 * account's list, or before the policy that names its namespace, lists nothing for its life. Empty for a first output,
 * of which everything is new.
 */
export function firstPodsReport(planned: readonly PlannedObjects[], changes: Plan): string {
  const created = new Set(changes.create.map(({ path }) => path));
  const former = new Set(formerPaths(changes).map((path) => path.slice(0, path.indexOf('/'))));
  return planned
    .filter(({ plan }) => former.has(plan.cluster.name))
    .map((each) => {
      const { cluster } = each.plan;
      const late = lateNamespaces(each, created, isOrdered(cluster));
      return sentence(cluster, late, isOrdered(cluster) ? lateAccounts : mends[cluster.gitops]);
    })
    .join('');
}

function formerPaths({ replace, unchanged, prune }: Plan): string[] {
  return [...replace.map(({ file }) => file.path), ...unchanged, ...prune.map(({ path }) => path)];
}

/** Flux holds back a Kustomization until those that it depends on are at the same commit. */
function isOrdered({ gitops, bootstrap }: ClusterModel): boolean {
  return gitops === 'flux' && bootstrap !== undefined;
}

/**
 * The new namespaces in which pods get names by what another application brings. Where one comes after the other, those are
 * left in which a policy appends to accounts: Kubernetes makes `default` with its namespace, before the policy acts there.
 */
function lateNamespaces({ plan, objects }: PlannedObjects, created: ReadonlySet<string>, isOrdered: boolean): string[] {
  const files = objects.filter(
    ({ at }) => at.stage === 'namespaces' && at.beside === undefined && created.has(pathOf(at)),
  );
  const isNew = new Set(files.flatMap(({ metadata }) => metadata.namespace ?? []));
  const listed = plan.accounts.flatMap(({ namespace, owner, pullSecrets }) =>
    !isOrdered && owner === 'write' && pullSecrets.length > 0 ? [namespace] : [],
  );
  const named = plan.policies.flatMap(({ namespace, pullSecret, serviceAccount }) => {
    const model = plan.cluster.pullSecrets.get(pullSecret);
    const isLate = !isOrdered || serviceAccount !== undefined;
    return model && isPerNamespace(model) && isLate ? [namespace] : [];
  });
  return sortedUnique([...listed, ...named].filter((namespace) => isNew.has(namespace)));
}

function sentence({ name }: ClusterModel, namespaces: readonly string[], mend: string): string {
  if (namespaces.length === 0) return '';
  const rest = namespaces.length > maxNames ? ` and ${namespaces.length - maxNames} more` : '';
  const list = oneLine(namespaces.slice(0, maxNames).join(', ')) + rest;
  const [is, pods] = namespaces.length === 1 ? ['is', 'its'] : ['are', 'their'];
  return terminalText(
    `${oneLine(name)}: ${list} ${is} new: ${pods} first pods must be made after what is written here has synced.\n${mend}\n`,
  );
}

const lateAccounts =
  'Kubernetes makes account default with its namespace, maybe before the policy that names the namespace acts: such an account\n' +
  'gets the name when it is updated. podPolicy and serviceAccount do not depend on that, nor does a policy whose scope is labels.';

const mends: Readonly<Record<ClusterModel['gitops'], string>> = {
  argocd:
    'Argo CD orders nothing between two Applications that exist already: commit this first and the workloads once it is synced,\n' +
    'or put the names on the templates (attachment: podTemplate), or say placement: beside.',
  flux: 'Let the Kustomization of the workloads depend on the one that applies this.',
};
