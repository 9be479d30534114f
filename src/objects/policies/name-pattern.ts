/**
 * Patterns of names as one regular expression (RE2, so linear). Names hold lower-case letters, digits, "-" and ".", of
 * which only the dot means something in an expression.
 */
export function patternExpression(patterns: readonly string[]): string {
  const parts = patterns.map((pattern) => pattern.replaceAll('.', '[.]').replaceAll('*', '.*'));
  return `^(${parts.join('|')})$`;
}
