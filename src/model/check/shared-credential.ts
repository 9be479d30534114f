import type { Registry } from '../registry/registry.js';

/** True for a single registry, and for one with its auth host: that is one account. */
export function shareCredential(names: readonly string[], declared: ReadonlyMap<string, Registry>): boolean {
  const [first = '', second = ''] = names;
  if (names.length < 2) return true;
  return names.length === 2 && (declared.get(first)?.auth === second || declared.get(second)?.auth === first);
}
