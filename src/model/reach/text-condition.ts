/** Condition of a policy on the text of an image, in terms that CEL and JMESPath both have: no patterns, no parsing. */
export type TextCondition =
  | { readonly is: string }
  | { readonly startsWith: string }
  /** How many parts a "/" divides the text into. */
  | { readonly segments: number }
  /** The part before the first "/" is the host of a registry, and no path on Docker Hub. */
  | { readonly startsWithHost: true }
  | { readonly any: readonly TextCondition[] }
  | { readonly all: readonly TextCondition[] }
  | { readonly not: TextCondition };

/** How a language writes the leaves of a condition; `&&`, `||` and `!` are the same everywhere. */
export interface TextLanguage {
  readonly is: (text: string) => string;
  readonly startsWith: (prefix: string) => string;
  readonly segments: (count: number) => string;
  readonly startsWithHost: string;
  /** Text that is never true. */
  readonly never: string;
}

/** The condition as an expression of a language. */
export function writeCondition(condition: TextCondition, language: TextLanguage): string {
  if ('is' in condition) return language.is(condition.is);
  if ('startsWith' in condition) return language.startsWith(condition.startsWith);
  if ('segments' in condition) return language.segments(condition.segments);
  if ('startsWithHost' in condition) return language.startsWithHost;
  if ('not' in condition) return `!(${writeCondition(condition.not, language)})`;
  const [parts, operator] = 'any' in condition ? [condition.any, ' || '] : [condition.all, ' && '];
  const [only] = parts;
  if (only === undefined) return language.never;
  if (parts.length === 1) return writeCondition(only, language);
  return parts.map((part) => inParentheses(part, writeCondition(part, language))).join(operator);
}

function inParentheses(part: TextCondition, text: string): string {
  return ('any' in part && part.any.length > 1) || ('all' in part && part.all.length > 1) ? `(${text})` : text;
}
