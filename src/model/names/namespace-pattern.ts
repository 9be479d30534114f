import { labelError } from './names.js';

/** The label with the name of a namespace, which the API server sets (Kubernetes 1.21, NamespaceDefaultLabelName). */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** True if the namespace matches the pattern; `*` is any run of characters. Linear: no backtracking over several `*`. */
export function matchesNamespace(pattern: string, namespace: string): boolean {
  if (!pattern.includes('*')) return pattern === namespace;
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts[parts.length - 1] ?? '';
  if (namespace.length < first.length + last.length) return false;
  if (!namespace.startsWith(first) || !namespace.endsWith(last)) return false;
  let at = first.length;
  const end = namespace.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = namespace.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** True if any of the patterns matches. */
export function matchesAnyNamespace(patterns: readonly string[], namespace: string): boolean {
  return patterns.some((pattern) => matchesNamespace(pattern, namespace));
}

/** True for a pattern that only a namespace of that very name matches. */
export function isExactPattern(pattern: string): boolean {
  return !pattern.includes('*');
}

/** Why a text is no pattern of namespaces, or undefined if it is one. */
export function namespacePatternError(pattern: string): string | undefined {
  if (pattern === '') return 'is empty';
  const error = labelError(pattern.replaceAll('*', 'x'));
  return error ? `${error} (and "*" for any run of characters)` : undefined;
}

/** True if every namespace that the second pattern matches is matched by the first one, too. May miss some that are. */
export function coversPattern(pattern: string, inner: string): boolean {
  // A "*" is in no name, so only a "*" of the outer pattern takes one.
  return matchesNamespace(pattern, inner);
}

/** True if some text matches both patterns. */
export function patternsMeet(a: string, b: string): boolean {
  if (!a.includes('*')) return matchesNamespace(b, a);
  if (!b.includes('*')) return matchesNamespace(a, b);
  /** Whether the rest of the first pattern from each place on meets the rest of the second one. */
  let below = new Array<boolean>(b.length + 1).fill(false);
  for (let i = a.length; i >= 0; i--) {
    const row = new Array<boolean>(b.length + 1).fill(false);
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length && j === b.length) row[j] = true;
      else if (a[i] === '*' || b[j] === '*')
        row[j] = (i < a.length && below[j] === true) || (j < b.length && row[j + 1] === true);
      else row[j] = i < a.length && j < b.length && a[i] === b[j] && below[j + 1] === true;
    }
    below = row;
  }
  return below[0] === true;
}
