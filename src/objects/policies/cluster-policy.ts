import { type DeliveryContext, type DeliveryObject, inKeyOrder } from '../delivery-object.js';
import { namespaceSelector } from './namespace-match.js';

/** Resources that a rule of a ClusterPolicy matches besides its namespaces. */
export interface LegacyMatch {
  readonly kind: 'Namespace' | 'Pod' | 'ServiceAccount';
  readonly operations?: readonly ('CREATE' | 'UPDATE')[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/**
 * A ClusterPolicy (`kyverno.io/v1`). It never blocks: with failurePolicy Ignore what cannot be judged passes as it is.
 */
export function clusterPolicy(
  name: string,
  rules: () => readonly Record<string, unknown>[],
  annotations: Record<string, string> = {},
): DeliveryObject {
  return {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    name,
    role: 'policy',
    annotations,
    fields: { spec: () => inKeyOrder({ failurePolicy: 'Ignore', rules: rules() }) },
  };
}

/**
 * `match` and `exclude` of a rule within its scope. Each list of patterns is a filter of its own, because all of them
 * must match. A Namespace is matched by its own name and labels, other objects by those of their namespace.
 */
export function withinScope({ scope }: DeliveryContext, match: LegacyMatch): Record<string, unknown> {
  const isNamespace = match.kind === 'Namespace';
  const where = isNamespace ? 'names' : 'namespaces';
  const labels = namespaceSelector({ labels: scope.labels, patterns: [], except: [] });
  const own = match.labels && Object.keys(match.labels).length > 0 ? { matchLabels: match.labels } : undefined;
  const first = {
    kinds: [match.kind],
    operations: match.operations,
    names: match.names?.includes('*') ? undefined : match.names,
    selector: isNamespace ? labels : own,
    namespaceSelector: isNamespace ? undefined : labels,
  };
  const lists = scope.patterns.filter((list) => !list.includes('*'));
  const further = lists.map((list) => ({ kinds: [match.kind], [where]: list }));
  const except = { kinds: [match.kind], [where]: scope.except };
  return {
    match: { all: [first, ...further].map((resources) => ({ resources })) },
    ...(scope.except.length > 0 && { exclude: { any: [{ resources: except }] } }),
  };
}

/** A precondition that a JMESPath expression must be zero, or more. */
export function counts(expression: string, operator: 'Equals' | 'GreaterThan'): Record<string, unknown> {
  return { key: `{{ ${expression} }}`, operator, value: 0 };
}
