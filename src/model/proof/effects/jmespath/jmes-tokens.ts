import { type Value, valueFrom } from '../language/value.js';

/** A text that is no expression of JMESPath, or uses what is not known here. */
export class UnknownJmes extends Error {}

/** A word of an expression. */
export type JmesToken =
  | { readonly kind: 'name' | 'quoted' | 'sign'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'number'; readonly value: number };

/** The longest expression that is read. */
const longest = 65_536;

const patterns: readonly (readonly [pattern: RegExp, make: (match: RegExpExecArray) => JmesToken | undefined])[] = [
  [/[ \t\r\n]+/y, () => undefined],
  [/[A-Za-z_][A-Za-z0-9_]*/y, ([text]) => ({ kind: 'name', text })],
  [/"(?:[^"\\]|\\.)*"/y, ([text]) => ({ kind: 'quoted', text: String(parsed(text)) })],
  [/'((?:[^'\\]|\\[\s\S])*)'/y, ([, text = '']) => ({ kind: 'literal', value: text.replaceAll("\\'", "'") })],
  [/`((?:[^`\\]|\\[\s\S])*)`/y, ([, text = '']) => ({ kind: 'literal', value: literal(text.replaceAll('\\`', '`')) })],
  [/-?[0-9]{1,9}/y, ([text]) => ({ kind: 'number', value: Number(text) })],
  [/\[\?|\[\]|&&|\|\||==|!=|<=|>=|[.*@[\](){}|!<>,:&]/y, ([text]) => ({ kind: 'sign', text })],
];

/** Takes an expression apart (jmespath.org/specification, Grammar). */
export function jmesTokens(source: string): JmesToken[] {
  if (source.length > longest) throw new UnknownJmes();
  const tokens: JmesToken[] = [];
  let at = 0;
  while (at < source.length) {
    const before = at;
    for (const [pattern, make] of patterns) {
      pattern.lastIndex = at;
      const match = pattern.exec(source);
      if (!match) continue;
      at += match[0].length;
      const token = make(match);
      if (token) tokens.push(token);
      break;
    }
    if (at === before) throw new UnknownJmes();
  }
  return tokens;
}

/** Reads what stands between backticks; what is no JSON was a text once. */
function literal(text: string): Value {
  try {
    return valueFrom(JSON.parse(text));
  } catch {
    return text.trimStart();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnknownJmes();
  }
}
