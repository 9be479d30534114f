import type { ModelPath, Problem } from '../problem/problem.js';

/** A name that nothing carries, with what it may have meant. */
export function dangling(what: string, name: string, known: readonly string[], path: ModelPath): Problem {
  const hint = known.length > 0 ? `known: ${known.join(', ')}` : `no ${what} is declared`;
  return { code: 'name-dangling', message: `${what} ${name} does not exist`, path, hint };
}
