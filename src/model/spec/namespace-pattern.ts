import { labelError } from './names.js';

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

/** Why a text is no pattern of namespaces, or undefined if it is one. */
export function namespacePatternError(pattern: string): string | undefined {
  if (pattern === '') return 'is empty';
  const error = labelError(pattern.replaceAll('*', 'x'));
  return error ? `${error} (and "*" for any run of characters)` : undefined;
}
