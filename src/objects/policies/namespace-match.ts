import { namespaceNameLabel } from '../../model/names/namespace-pattern.js';
import type { PolicyScope } from '../../model/reach/policy-scope.js';
import { celMatches, celText } from './cel.js';

/** A label selector of Kubernetes. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn';
    readonly values: readonly string[];
  }[];
}

/** Selector for what labels can say of a scope: its labels, and names without `*`. Undefined if that is nothing. */
export function namespaceSelector({ labels, patterns, except }: PolicyScope): LabelSelector | undefined {
  const excepted = except.filter(isExact);
  const matchExpressions = [
    ...patterns.filter(isExactList).map((values) => ({ key: namespaceNameLabel, operator: 'In' as const, values })),
    ...(excepted.length > 0 ? [{ key: namespaceNameLabel, operator: 'NotIn' as const, values: excepted }] : []),
  ];
  const hasLabels = Object.keys(labels).length > 0;
  if (!hasLabels && matchExpressions.length === 0) return undefined;
  return { ...(hasLabels && { matchLabels: labels }), ...(matchExpressions.length > 0 && { matchExpressions }) };
}

/**
 * Condition for what labels cannot say of a scope; undefined if that is nothing.
 *
 * @param namespace the CEL expression of the namespace's name
 */
export function namespaceCondition({ patterns, except }: PolicyScope, namespace: string): string | undefined {
  const wild = patterns.filter((list) => !isExactList(list));
  return allOf(
    nameConditions(
      wild,
      except.filter((pattern) => !isExact(pattern)),
      namespace,
    ),
  );
}

/** The whole of a scope as one condition on a Namespace; undefined if it has no bounds. */
export function namespaceObjectCondition({ labels, patterns, except }: PolicyScope): string | undefined {
  const carries = Object.entries(labels).map(
    ([key, value]) => `object.metadata.?labels[?${celText(key)}].orValue("") == ${celText(value)}`,
  );
  return allOf([...carries, ...nameConditions(patterns, except, 'object.metadata.name')]);
}

function nameConditions(patterns: PolicyScope['patterns'], except: PolicyScope['except'], namespace: string): string[] {
  const wanted = patterns.flatMap((list) => celMatches(namespace, list) ?? []).map((each) => `(${each})`);
  return [...wanted, ...(except.length > 0 ? [`!(${celMatches(namespace, except) ?? 'true'})`] : [])];
}

function allOf(parts: readonly string[]): string | undefined {
  return parts.length > 0 ? parts.join(' && ') : undefined;
}

function isExact(pattern: string): boolean {
  return !pattern.includes('*');
}

/** A selector takes no empty list of values. */
function isExactList(list: readonly string[]): boolean {
  return list.length > 0 && list.every(isExact);
}
