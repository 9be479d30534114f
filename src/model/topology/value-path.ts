import { isMap, type Values } from './merged-values.js';

/**
 * Whether helm sets one value at a path of plain keys: no list, nothing escaped, and a text without the characters that
 * `--set` takes apart.
 */
export function isPlainPath(path: string, value: string, isLiteral: boolean): boolean {
  return /^[^.=,[\]{}\\]+(?:\.[^.=,[\]{}\\]+)*$/.test(path) && (isLiteral || !/[,=[\]{}\\\n]/.test(value));
}

/** Values with a text at a path, as `--set` reads it: numbers and words have their type, unless they are in quotes. */
export function withValueAt(values: Values, path: string, text: string, isLiteral: boolean): Values {
  const [key = '', ...rest] = path.split('.');
  const below = Object.hasOwn(values, key) ? values[key] : undefined;
  const value =
    rest.length === 0
      ? typed(text, isLiteral)
      : withValueAt(isMap(below) ? below : {}, rest.join('.'), text, isLiteral);
  return Object.fromEntries([...Object.entries(values).filter(([each]) => each !== key), [key, value]]);
}

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function typed(text: string, isLiteral: boolean): unknown {
  if (isLiteral) return text;
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted) return text.replace(/^['"]+|['"]+$/g, '');
  if (words.has(text)) return words.get(text);
  return /^(?:0|-?[1-9]\d*)$/.test(text) ? Number(text) : text;
}
