import type { DeclaredAccount } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import type { ManifestSource } from '../inventory/workload.js';
import { workloadText } from '../needs/puller-text.js';
import { type Place, placeText } from '../problem/problem.js';
import type { AccessPlan } from './access-plan.js';
import type { AccountPlan } from './account-plan.js';
import type { TemplatePlan } from './template-plan.js';

/** A list of pull secrets in a manifest of the user, and what must become of it. */
export interface DeclaredList {
  /** `ServiceAccount team-a/builder`, `Deployment team-a/web`. */
  readonly owner: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Where the object begins; undefined where nobody knows. */
  readonly object: Place | undefined;
  /** The path of the list inside the object. */
  readonly path: string | undefined;
  /** Where the list is, or where it belongs. */
  readonly place: Place | undefined;
  /** The names on it. */
  readonly names: readonly string[];
  /** Every name that must be on it, in order. */
  readonly wanted: readonly string[];
  /** Names of those that it lacks. */
  readonly missing: readonly string[];
  /** Names that `attach` put there and nothing needs any more. */
  readonly surplus: readonly string[];
  /** Set where the manifest was rendered from something else. */
  readonly source: ManifestSource | undefined;
}

/** The lists of a plan that stand in manifests of the user: accounts first, both in the order of the plan. */
export function declaredLists({ accounts, templates }: AccessPlan): DeclaredList[] {
  return [...accounts.flatMap((account) => accountList(account) ?? []), ...templates.map(templateList)];
}

/** True if `attach` has something to do. */
export function isPending({ missing, surplus }: Pick<DeclaredList, 'missing' | 'surplus'>): boolean {
  return missing.length + surplus.length > 0;
}

/** The list of an account that a manifest declares. */
export function accountList(plan: AccountPlan): DeclaredList | undefined {
  const { declared, namespace, name, wanted, missing, surplus } = plan;
  if (!declared) return undefined;
  return {
    owner: `ServiceAccount ${namespace}/${name}`,
    ...accountHead(declared),
    namespace,
    place: declared.pullSecretsPlace ?? declared.place,
    names: declared.pullSecrets,
    wanted,
    missing,
    surplus,
    source: declared.source,
  };
}

/** The list of pods. */
export function templateList({ list: { workload }, wanted, missing, surplus }: TemplatePlan): DeclaredList {
  return {
    owner: workloadText(workload),
    apiVersion: workload.apiVersion,
    kind: workload.kind,
    name: workload.name,
    namespace: workload.namespace,
    object: workload.place,
    path: workload.listPath,
    place: workload.pullSecrets.place ?? workload.podSpecPlace ?? workload.place,
    names: workload.pullSecrets.names,
    wanted,
    missing,
    surplus,
    source: workload.source,
  };
}

function accountHead({
  name,
  place,
}: DeclaredAccount): Pick<DeclaredList, 'apiVersion' | 'kind' | 'name' | 'object' | 'path'> {
  return { apiVersion: 'v1', kind: 'ServiceAccount', name, object: place, path: 'imagePullSecrets' };
}

/** A list by its place alone: clusters may run one manifest in different namespaces. */
export interface ListHead {
  /** The same for a list that several clusters see. */
  readonly key: string;
  readonly owner: string;
  readonly place: Place;
}

/** Every list of an inventory that can be edited, whether something is wanted on it or not. */
export function listHeads({ accounts, workloads }: Inventory): ListHead[] {
  return [
    ...accounts.map((account) => ({ ...accountHead(account) })),
    ...workloads.map(({ kind, name, place, listPath }) => ({ kind, name, object: place, path: listPath })),
  ].flatMap(({ kind, name, object, path }) =>
    object && path !== undefined ? [{ key: listKey(object, path), owner: `${kind} ${name}`, place: object }] : [],
  );
}

/** Text that tells a list in a file from any other. */
export function listKey(object: Place, path: string): string {
  return `${placeText(object)} ${path}`;
}
