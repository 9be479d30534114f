import { sortedUnique } from '../names/names.js';
import { matchesAnyNamespace } from '../names/namespace-pattern.js';
import { type AccountSelection, accountsOf, engineOf } from '../vocabulary/attachments.js';
import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import { distributionOf, originalOf } from '../vocabulary/distributions.js';
import type { EngineName } from '../vocabulary/engines.js';
import { hubOf } from '../vocabulary/sources.js';
import type { ExcludeSpec } from '../vocabulary/spec.js';

/** The namespaces that the policies of a pull secret act in. Every part must match. */
export interface PolicyScope {
  /** Labels that the namespace must carry. */
  readonly labels: Readonly<Record<string, string>>;
  /** Lists of patterns: the name must match one of each. */
  readonly patterns: readonly (readonly string[])[];
  /** Patterns of which the name must match none. */
  readonly except: readonly string[];
}

/** Part of a pull secret that its scope is worked out from. */
export type ScopedPullSecret = Pick<ClusterPullSecret, 'name' | 'spec' | 'source' | 'distribution'>;

/** Labels of a namespace or service account. */
export type Labels = ReadonlyMap<string, string>;

/**
 * The scope of a pull secret's policies is the scope of its distribution. A source Secret reaches what `for` and `allow`
 * name, but never the namespace that it lives in; so does a Secret that somebody else makes. An object per namespace
 * reaches exactly the namespaces that have one.
 *
 * @param served the namespaces that have an object of their own
 */
export function policyScope(
  pullSecret: ScopedPullSecret,
  served: Iterable<string>,
  exclude: readonly ExcludeSpec[],
): PolicyScope {
  const { spec } = pullSecret;
  const origin = originalOf(pullSecret) ?? hubOf(pullSecret)?.namespace;
  const excluded = excludedNamespaces(pullSecret.name, exclude);
  if (isPerNamespace(pullSecret))
    return { labels: {}, patterns: [sortedUnique(served)], except: sortedUnique(excluded) };
  const except = sortedUnique([...(origin === undefined ? [] : [origin]), ...excluded]);
  const patterns = [spec.for?.namespaces, spec.allow].flatMap((list) => (list ? [sortedUnique(list)] : []));
  return { labels: spec.for?.labels ?? {}, patterns, except };
}

/** True if the scope is the list of the namespaces that have an object of their own. */
export function isPerNamespace(pullSecret: Pick<ClusterPullSecret, 'source' | 'distribution'>): boolean {
  return distributionOf(pullSecret).reach === 'objects' && pullSecret.source.name !== 'existing';
}

/** True if the scope holds a namespace with these labels. */
export function inScope({ labels, patterns, except }: PolicyScope, namespace: string, actual: Labels): boolean {
  if (matchesAnyNamespace(except, namespace)) return false;
  if (!patterns.every((list) => matchesAnyNamespace(list, namespace))) return false;
  return Object.entries(labels).every(([key, value]) => actual.get(key) === value);
}

/** True if a policy reaches an account with these labels. */
export function selectsAccount({ patterns, labels }: AccountSelection, account: string, actual: Labels): boolean {
  if (!matchesAnyNamespace(patterns, account)) return false;
  return Object.entries(labels).every(([key, value]) => actual.get(key) === value);
}

/** A namespace or a service account: its name and labels. */
export interface Labelled {
  readonly name: string;
  readonly labels: Labels;
}

/** True if a policy appends the pull secret to the list of this account. */
export function appendsTo(
  pullSecret: ClusterPullSecret,
  scope: PolicyScope,
  namespace: Labelled,
  account: Labelled,
): boolean {
  const accounts = accountsOf(pullSecret);
  if (!accounts || isFiltered(engineOf(pullSecret), namespace.name)) return false;
  return inScope(scope, namespace.name, namespace.labels) && selectsAccount(accounts, account.name, account.labels);
}

/**
 * Namespaces whose objects Kyverno never hands to a policy: `resourceFilters` of its ConfigMap and the selector of its
 * webhooks, as its chart sets them (charts/kyverno/values.yaml). The API server itself leaves out nothing.
 */
export function isFiltered(engine: EngineName | undefined, namespace: string): boolean {
  return engine !== undefined && engine !== 'native' && filteredByKyverno.includes(namespace);
}

const filteredByKyverno = ['kube-system', 'kube-public', 'kube-node-lease', 'kyverno'];

/** Patterns that `exclude` takes away as a whole; what it takes from one account only is answered per account. */
function excludedNamespaces(pullSecret: string, exclude: readonly ExcludeSpec[]): string[] {
  return exclude
    .filter((each) => each.serviceAccount === undefined && (each.pullSecret ?? pullSecret) === pullSecret)
    .map((each) => each.namespace ?? '*');
}
