import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Aliases } from './aliases.js';
import type { SourceText } from './source-text.js';

/** Where a node begins, without its anchor and tag. */
export function startOf(node: unknown): number {
  return rangeOf(node)?.[0] ?? 0;
}

/** True for a value that is not written at all. */
export function isUnwritten(node: unknown): boolean {
  const range = rangeOf(node);
  return !range || (isScalar(node) && range[0] === range[1]);
}

/** True for a scalar with an anchor or a tag. */
export function hasProps(node: unknown): boolean {
  return isScalar(node) && (node.anchor !== undefined || node.tag !== undefined);
}

/** Where the text of a node ends, without line break and comments. */
export function endOf(node: unknown, source: SourceText): number {
  if (isMap(node) && !node.flow && node.items.length > 0) return endOfPair(node.items.at(-1)!, source);
  if (isSeq(node) && !node.flow && node.items.length > 0) return endOf(node.items.at(-1), source);
  const end = rangeOf(node)?.[1] ?? 0;
  // A block scalar owns its last line break.
  return isScalar(node) && node.type?.startsWith('BLOCK') && source.text[end - 1] === '\n' ? end - 1 : end;
}

/** Where the text of a key with its value ends. */
export function endOfPair({ key, value }: Pair, source: SourceText): number {
  if (!isUnwritten(value)) return endOf(value, source);
  return hasProps(value) ? startOf(value) : (colonEnd(key, source) ?? endOf(key, source));
}

/** The offset behind the colon of a key, where it stands on the same line. */
export function colonEnd(key: unknown, source: SourceText): number | undefined {
  const end = endOf(key, source);
  const colon = source.match(/[ \t]*:/y, end);
  return colon === '' ? undefined : end + colon.length;
}

/** True for a text that ends with a block scalar whose value would change with a line break behind it. */
export function endsInOpenScalar(node: unknown, source: SourceText): boolean {
  if (isMap(node) && !node.flow) return endsInOpenScalar(node.items.at(-1)?.value, source);
  if (isSeq(node) && !node.flow) return endsInOpenScalar(node.items.at(-1), source);
  if (!isScalar(node) || !node.type?.startsWith('BLOCK')) return false;
  return source.match(/[|>][0-9]*-/y, startOf(node)) === '';
}

/** The pair of a map that has a key of its own of that name. */
export function ownPair(map: YAMLMap, key: string, aliases: Aliases): Pair | undefined {
  return map.items.find((pair) => textOf(pair.key, aliases) === key && !(key === '<<' && isPlainKey(pair.key)));
}

/** The text of a scalar, through its alias. */
export function textOf(node: unknown, aliases: Aliases): string {
  const target = isAlias(node) ? aliases.get(node) : node;
  return isScalar(target) ? String(target.value) : '';
}

/** The items of a collection in brackets with their ends; a pair begins with its key. */
export function flowItems(
  collection: YAMLMap | YAMLSeq,
  source: SourceText,
): readonly { readonly start: number; readonly end: number }[] {
  return isMap(collection)
    ? collection.items.map((pair) => ({ start: startOf(pair.key), end: endOfPair(pair, source) }))
    : collection.items.map((item) => ({ start: startOf(item), end: endOf(item, source) }));
}

function isPlainKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN';
}

function rangeOf(node: unknown): ParsedNode['range'] | undefined {
  return (node as Node | null | undefined)?.range as ParsedNode['range'] | undefined;
}
