import { compareText, sortedUnique } from '../names/names.js';
import { coversPattern, matchesAnyNamespace, namespaceNameLabel, patternsMeet } from '../names/namespace-pattern.js';
import type { PolicyScope } from './policy-scope.js';

/**
 * Which namespaces a tool is told to copy into: patterns of names, or a label selector. Never both, because reflector
 * and kubernetes-replicator copy where either matches. With names, neither tool copies into the source's own namespace.
 */
export type CopySelection =
  | { readonly names: readonly string[] }
  /** A selector in the text form of Kubernetes (apimachinery, pkg/labels). */
  | { readonly selector: string };

/** Why names or labels alone cannot say a scope, and what mends it. */
export interface Unsayable {
  readonly reason: string;
  readonly hint: string;
}

/** Setting of a tool, so that it copies into exactly this scope; or why that cannot be told. */
export function copySelection(scope: PolicyScope, sourceNamespace: string): CopySelection | Unsayable {
  const others = scope.except.filter((pattern) => pattern !== sourceNamespace);
  const included = intersection(scope.patterns);
  if (included !== undefined && 'reason' in included) return included;
  if (others.some((pattern) => coversPattern(pattern, '*'))) return nowhere;
  if (Object.keys(scope.labels).length > 0 || (included === undefined && others.length > 0))
    return bySelector(scope, included, others, sourceNamespace);
  if (included === undefined) return { names: ['*'] };
  return byNames(included, others, sourceNamespace);
}

const nowhere: Unsayable = {
  reason: '`for`, `allow` and `exclude` leave no namespace',
  hint: 'widen one of them, or remove the pull secret',
};

function byNames(
  included: readonly string[],
  others: readonly string[],
  sourceNamespace: string,
): CopySelection | Unsayable {
  const names = included.filter(
    (name) => name !== sourceNamespace && !others.some((pattern) => coversPattern(pattern, name)),
  );
  if (names.length === 0) return nowhere;
  for (const pattern of names) {
    const taken = others.find((other) => patternsMeet(pattern, other));
    if (taken !== undefined) {
      return {
        reason: `\`exclude\` takes ${taken} out of pattern ${pattern}, and the tool knows no exceptions`,
        hint: 'name the namespaces one by one, or select them by `for.labels`; distribution kyverno can have both',
      };
    }
  }
  return { names };
}

/** Names are labels, too, as long as they have no `*`. */
function bySelector(
  { labels }: PolicyScope,
  included: readonly string[] | undefined,
  others: readonly string[],
  sourceNamespace: string,
): CopySelection | Unsayable {
  const names = included?.filter((name) => name !== sourceNamespace && !matchesAnyNamespace(others, name));
  if (names?.length === 0) return nowhere;
  const wild = (names ?? others).find((pattern) => pattern.includes('*'));
  if (wild !== undefined) {
    return {
      reason: `pattern ${wild} cannot narrow what is selected by labels or by exceptions: the tool copies where either matches`,
      hint: 'use names without "*"; distribution kyverno can have both',
    };
  }
  const carried = Object.entries(labels)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}=${value}`);
  const named = names
    ? `${namespaceNameLabel} in (${names.join(',')})`
    : `${namespaceNameLabel} notin (${sortedUnique([sourceNamespace, ...others]).join(',')})`;
  return { selector: [...carried, named].join(',') };
}

/** The patterns that match what one of each list matches; undefined for every namespace. */
function intersection(lists: PolicyScope['patterns']): readonly string[] | undefined | Unsayable {
  let result: readonly string[] | undefined;
  for (const list of lists) {
    const next: readonly string[] | Unsayable = result === undefined ? list : meeting(result, list);
    if ('reason' in next) return next;
    result = next;
  }
  if (result?.length === 0) return nowhere;
  return result?.some((pattern) => coversPattern(pattern, '*')) ? undefined : result && sortedUnique(result);
}

function meeting(first: readonly string[], second: readonly string[]): readonly string[] | Unsayable {
  const result: string[] = [];
  for (const a of first)
    for (const b of second) {
      if (coversPattern(a, b)) result.push(b);
      else if (coversPattern(b, a)) result.push(a);
      else if (patternsMeet(a, b)) {
        return {
          reason: `\`for.namespaces\` has ${a} and \`allow\` has ${b}, and the tool copies where either matches`,
          hint: 'give one of the two the pattern that is meant',
        };
      }
    }
  return result;
}

/**
 * The patterns as a list of regular expressions, each for a whole name: kubernetes-replicator searches for them
 * anywhere in a name when it deletes copies (replicate/common/generic-replicator.go, DeleteResources).
 */
export function regexList(patterns: readonly string[]): string {
  return patterns.map((pattern) => `^${pattern.split('*').map(escaped).join('.*')}$`).join(',');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{},]/g, '\\$&');
}
