import type { TreeKind } from '../model/inventory/tree.js';

const based = /^([-+]?)(0[bB][01]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const words: ReadonlyMap<string, TreeKind> = new Map<string, TreeKind>([
  ...casings('y', 'n', 'yes', 'no', 'true', 'false', 'on', 'off').map((word) => [word, 'boolean'] as const),
  ...[...casings('null'), '', '~'].map((word) => [word, 'null'] as const),
  ...['.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'].map(
    (word) => [word, 'number'] as const,
  ),
]);

/**
 * What a scalar without quotes is to Kubernetes, which reads YAML 1.1 with go-yaml v2: `on` is a boolean, `010` and
 * `1_000` are numbers, while dates and base 60 numbers are text.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/resolve.go resolve()
 */
export function plainScalarKind(text: string): TreeKind {
  const first = text.charCodeAt(0);
  const maybeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  if (text.length <= 5) {
    const word = words.get(text);
    if (word) return word;
  }
  if (!maybeNumber) return 'text';
  // Underscores are ignored, behind a leading dot only between digits. What does not fit into 64 bits stays text.
  const digits = first === 0x2e ? text.replace(/(?<=[0-9])_(?=[0-9])/g, '') : text.replaceAll('_', '');
  if (float.test(digits)) return Number.isFinite(Number(digits)) ? 'number' : 'text';
  const [, sign = '', magnitude] = based.exec(digits) ?? [];
  return magnitude !== undefined && BigInt(magnitude) < (sign ? 2n ** 63n : 2n ** 64n) ? 'number' : 'text';
}

/** The value of a plain scalar that is a boolean. */
export function plainBoolean(text: string): boolean {
  return /^(?:y|yes|true|on)$/i.test(text);
}

function casings(...lower: string[]): string[] {
  return lower.flatMap((word) => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]);
}
