import { bytesOf, textOf } from '../../model/go/byte-string.js';
import { matchGlob } from '../../model/go/go-glob.js';

/** Thrown where Flux refuses a text with variables. It holds nothing of the text. */
export class VariableFault extends Error {}

/** Makes the value of an operator of that of a variable. */
type Operation = (value: string, ...args: readonly string[]) => string;

const orDefault: Operation = (value, ...args) => (value === '' ? args.join('') : value);

/** The operators of github.com/fluxcd/pkg/envsubst. `+` and `?` are defaults there, too. */
const operations: Readonly<Record<string, Operation>> = {
  ',': (value) => first(value, (letter) => letter.toLowerCase()),
  ',,': (value) => value.toLowerCase(),
  '^': (value) => first(value, (letter) => letter.toUpperCase()),
  '^^': (value) => value.toUpperCase(),
  '#': (value, pattern) =>
    pattern === undefined ? String(Buffer.byteLength(value)) : withoutStart(value, pattern, 'shortest'),
  '##': (value, pattern = '') => withoutStart(value, pattern, 'longest'),
  '%': (value, pattern = '') => reversed(withoutStart(reversed(value), reversed(pattern), 'shortest')),
  '%%': (value, pattern = '') => reversed(withoutStart(reversed(value), reversed(pattern), 'longest')),
  ':': slice,
  '/': (value, pattern = '', text = '') => replaceFirst(value, pattern, text),
  '//': (value, pattern = '', text = '') => value.replaceAll(pattern, () => text),
  '/#': (value, pattern = '', text) =>
    text !== undefined && value.startsWith(pattern) ? replaceFirst(value, pattern, text) : value,
  '/%': (value, pattern = '', text) =>
    text !== undefined && value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) + text : value,
};

/** The value of a variable behind an operator; without one it is the value itself. */
export function operate(operator: string, value: string, args: readonly string[]): string {
  return (operations[operator] ?? orDefault)(value, ...args);
}

function first(value: string, change: (letter: string) => string): string {
  const [letter = ''] = value;
  return change(letter) + value.slice(letter.length);
}

function replaceFirst(value: string, pattern: string, text: string): string {
  return value.replace(pattern, () => text);
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** A value without the beginning that a glob matches. The longest one that is not empty, or the shortest. */
function withoutStart(value: string, pattern: string, which: 'shortest' | 'longest'): string {
  const bytes = globText(value);
  const glob = globText(pattern);
  let matched = 0;
  for (let end = bytes.length; end > 0; end--) {
    const isMatch = matchGlob(glob, bytes.slice(0, end));
    if (isMatch === undefined) return value;
    if (!isMatch) continue;
    matched = end;
    if (which === 'longest') break;
  }
  return textOf(bytesOf(value).slice(matched));
}

/** Here a star takes slashes, too. */
function globText(text: string): string {
  return bytesOf(text).replaceAll('/', '\u0001');
}

function slice(value: string, from = '', most?: string): string {
  const bytes = bytesOf(value);
  const offset = wholeNumber(from);
  if (offset === undefined) return value;
  const start = offset < 0 ? Math.max(0, bytes.length + offset) : offset;
  const length = most === undefined ? bytes.length : wholeNumber(most);
  if (length === undefined) return value;
  // Go panics.
  if (length < 0) throw new VariableFault();
  return textOf(bytes.slice(start, start + length));
}

function wholeNumber(text: string): number | undefined {
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
