import type { TreeKind } from '../model/inventory/tree.js';

const based = /^([-+]?)(0[bB][01]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+)$/;
const decimal = /^([-+]?)([0-9]+)$/;
/** A sign behind the prefix; only lower case, as `strconv` is called twice. */
const binary = /^0b([-+])([01]+)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const words: ReadonlyMap<string, TreeKind> = new Map<string, TreeKind>([
  ...casings('y', 'n', 'yes', 'no', 'true', 'false', 'on', 'off').map((word) => [word, 'boolean'] as const),
  ...[...casings('null'), '', '~'].map((word) => [word, 'null'] as const),
  ...['.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'].map(
    (word) => [word, 'number'] as const,
  ),
]);

/**
 * Kind of a scalar without quotes to Kubernetes, which reads YAML 1.1 with go-yaml v2: `on` is a boolean, `010` and
 * `1_000` are numbers, while dates and base 60 numbers are text.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/resolve.go resolve()
 */
export function plainScalarKind(text: string): TreeKind {
  if (text.length <= 5) {
    const word = words.get(text);
    if (word) return word;
  }
  return mayBeNumber(text) && (isFloat(text) || integerOf(text) !== undefined) ? 'number' : 'text';
}

/** The value of a plain scalar that is a boolean. */
export function plainBoolean(text: string): boolean {
  return /^(?:y|yes|true|on)$/i.test(text);
}

/** True for the numbers that JSON has no way to write, which Kubernetes refuses. */
export function isNoNumber(text: string): boolean {
  return text.length <= 5 && words.get(text) === 'number';
}

/** The value of a plain scalar that is a whole number of 64 bits. */
export function integerOf(text: string): bigint | undefined {
  if (!mayBeNumber(text) || text.startsWith('.')) return undefined;
  const digits = text.replaceAll('_', '');
  const [, sign = '', magnitude] = decimal.exec(digits) ?? based.exec(digits) ?? binary.exec(digits) ?? [];
  if (magnitude === undefined) return undefined;
  const value = magnitudeOf(magnitude, binary.test(digits));
  if (value === undefined || value > (sign === '-' ? 2n ** 63n : 2n ** (sign === '+' ? 63n : 64n) - 1n))
    return undefined;
  return sign === '-' ? -value : value;
}

/** The value of a plain scalar that is a decimal number. */
export function floatOf(text: string): number {
  return Number(withoutUnderscores(text));
}

/** The value of a plain scalar that is a number. */
export function numberOf(text: string): number {
  const integer = integerOf(text);
  return integer === undefined ? floatOf(text) : Number(integer);
}

function magnitudeOf(digits: string, isBinary: boolean): bigint | undefined {
  if (isBinary) return BigInt(`0b${digits}`);
  if (!/^0[0-9]/.test(digits)) return BigInt(digits);
  return /^[0-7]+$/.test(digits) ? BigInt(`0o${digits}`) : undefined;
}

// What does not fit into 64 bits stays text.
function isFloat(text: string): boolean {
  const digits = withoutUnderscores(text);
  return float.test(digits) && Number.isFinite(Number(digits));
}

// Underscores are ignored, behind a leading dot only between digits.
function withoutUnderscores(text: string): string {
  if (!text.includes('_')) return text;
  return text.startsWith('.') ? text.replace(/(?<=[0-9])_(?=[0-9])/g, '') : text.replaceAll('_', '');
}

function mayBeNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
}

function casings(...lower: string[]): string[] {
  return lower.flatMap((word) => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]);
}
