import type { PolicyScope } from '../../model/policies/policy-scope.js';
import { celMatches } from './cel.js';

/** A label selector of Kubernetes. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn';
    readonly values: readonly string[];
  }[];
}

/** The label with the name of a namespace, which the API server sets (Kubernetes 1.21, NamespaceDefaultLabelName). */
const nameLabel = 'kubernetes.io/metadata.name';

/** What labels can say of a scope: its labels, and names without `*`. Undefined if that is nothing. */
export function namespaceSelector({ labels, patterns, except }: PolicyScope): LabelSelector | undefined {
  const excepted = except.filter(isExact);
  const matchExpressions = [
    ...patterns.filter(isExactList).map((values) => ({ key: nameLabel, operator: 'In' as const, values })),
    ...(excepted.length > 0 ? [{ key: nameLabel, operator: 'NotIn' as const, values: excepted }] : []),
  ];
  const hasLabels = Object.keys(labels).length > 0;
  if (!hasLabels && matchExpressions.length === 0) return undefined;
  return { ...(hasLabels && { matchLabels: labels }), ...(matchExpressions.length > 0 && { matchExpressions }) };
}

/**
 * What labels cannot say of a scope, as one condition; undefined if that is nothing.
 *
 * @param namespace the CEL expression of the namespace's name
 */
export function namespaceCondition({ patterns, except }: PolicyScope, namespace: string): string | undefined {
  const wanted = patterns
    .filter((list) => !isExactList(list))
    .flatMap((list) => celMatches(namespace, list) ?? [])
    .map((each) => `(${each})`);
  const excepted = except.filter((pattern) => !isExact(pattern));
  const unwanted = excepted.length > 0 ? [`!(${celMatches(namespace, excepted) ?? 'true'})`] : [];
  const parts = [...wanted, ...unwanted];
  return parts.length > 0 ? parts.join(' && ') : undefined;
}

function isExact(pattern: string): boolean {
  return !pattern.includes('*');
}

/** A selector takes no empty list of values. */
function isExactList(list: readonly string[]): boolean {
  return list.length > 0 && list.every(isExact);
}
