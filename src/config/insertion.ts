import { isCollection, isMap, isScalar, type Node, type Pair, parseDocument } from 'yaml';

/** An entry of a map or list of a config, in flow style, on one line. */
export interface Insertion {
  /** The keys, from the top, of the map or list that it belongs into; what is not there yet is made. */
  readonly into: readonly [string, ...string[]];
  /** The key of an entry of a map. @default - it is an item of a list */
  readonly key?: string;
  readonly value: string;
}

/** A text of YAML with entries added behind those that are there: all else stays as it is, comments and order too. */
export function withInsertions(text: string, insertions: readonly Insertion[]): string {
  return insertions.reduce((before, insertion) => inserted(before, insertion), text);
}

function inserted(text: string, insertion: Insertion): string {
  const [top, ...rest] = insertion.into;
  const { contents } = parseDocument(text);
  let pair = pairOf(contents, top);
  if (!pair) return `${text.replace(/\n*$/, '\n')}\n${top}:\n${lineOf(nested(insertion, rest), 2)}`;
  for (const [index, key] of rest.entries()) {
    const next = pairOf(pair.value, key);
    if (!next) return intoValue(text, pair, nested(insertion, rest.slice(index)));
    pair = next;
  }
  return intoValue(text, pair, insertion);
}

/** An entry as the value of keys that are not there. */
function nested({ into, key, value }: Insertion, keys: readonly string[]): Insertion {
  const [first, ...rest] = keys;
  if (first === undefined) return { into, ...(key !== undefined && { key }), value };
  const inner = nested({ into, ...(key !== undefined && { key }), value }, rest);
  const entry = inner.key === undefined ? `[ ${inner.value} ]` : `{ ${inner.key}: ${inner.value} }`;
  return { into, key: first, value: entry };
}

function intoValue(text: string, { key, value }: Pair, insertion: Insertion): string {
  if (!isCollection(value) || !value.range) return intoNothing(text, key as Node, value, insertion);
  const [from, end] = value.range;
  const column = columnAt(text, (key as Node).range?.[0] ?? 0) + 2;
  if (value.items.length === 0) return intoEmpty(text, insertion, [from, end], column);
  if (value.flow) return intoFlow(text, insertion, end);
  const lineEnd = text.indexOf('\n', lastEnd(value.items.at(-1)) - 1);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const gap = lineEnd < 0 ? '\n' : '';
  return `${text.slice(0, at)}${gap}${lineOf(insertion, columnAt(text, from))}${text.slice(at)}`;
}

/** A key without a value gets a block, if nothing but a comment stands behind it. */
function intoNothing(text: string, key: Node, value: unknown, insertion: Insertion): string {
  if (!(value === null || (isScalar(value) && value.value === null && value.source === '')) || !key.range) return text;
  const lineEnd = text.indexOf('\n', key.range[1]);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const gap = lineEnd < 0 ? '\n' : '';
  return `${text.slice(0, at)}${gap}${lineOf(insertion, columnAt(text, key.range[0]) + 2)}${text.slice(at)}`;
}

function columnAt(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function lineOf({ key, value }: Insertion, indent: number): string {
  return `${' '.repeat(indent)}${key === undefined ? '- ' : `${key}: `}${value}\n`;
}

/** `{}` and `[]` become a block, or stay flow where they lie in one; what stands behind them on their line stays there. */
function intoEmpty(text: string, insertion: Insertion, [from, end]: readonly [number, number], column: number): string {
  const lineEnd = text.indexOf('\n', end);
  const at = lineEnd < 0 ? text.length : lineEnd;
  const rest = text.slice(end, at).trimEnd();
  const entry = insertion.key === undefined ? insertion.value : `${insertion.key}: ${insertion.value}`;
  if (!/^\s*(?:#|$)/.test(rest)) return `${text.slice(0, end - 1)} ${entry} ${text.slice(end - 1)}`;
  return `${text.slice(0, from).trimEnd()}${rest}\n${lineOf(insertion, column)}${text.slice(at + 1)}`;
}

function intoFlow(text: string, { key, value }: Insertion, end: number): string {
  const bracket = end - 1;
  const before = text.slice(0, bracket).trimEnd();
  const space = text.slice(before.length, bracket);
  const comma = before.endsWith(',') ? ' ' : ', ';
  return `${before}${comma}${key === undefined ? '' : `${key}: `}${value}${space}${text.slice(bracket)}`;
}

function pairOf(map: unknown, key: string): Pair | undefined {
  return isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) : undefined;
}

/** Where the text of an item ends, without the comments behind it. */
function lastEnd(item: unknown): number {
  const node = (item as Pair).key ? ((item as Pair).value ?? (item as Pair).key) : item;
  return (node as Node | null)?.range?.[1] ?? 0;
}
