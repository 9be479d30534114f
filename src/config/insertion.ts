import { type Document, isCollection, isMap, isScalar, type Node, type Pair, parseDocument } from 'yaml';

/** An entry of a map or list at the top of a config, in flow style, on one line. */
export interface Insertion {
  /** The key whose map or list it belongs into. */
  readonly into: string;
  /** The key of an entry of a map. @default - it is an item of a list */
  readonly key?: string;
  readonly value: string;
}

/** A text of YAML with entries added behind those that are there: all else stays as it is, comments and order too. */
export function withInsertions(text: string, insertions: readonly Insertion[]): string {
  return insertions.reduce((before, insertion) => inserted(before, insertion), text);
}

function inserted(text: string, insertion: Insertion): string {
  const pair = pairOf(parseDocument(text), insertion.into);
  const value = pair?.value as Node | null | undefined;
  if (!pair) return `${text.replace(/\n*$/, '\n')}\n${insertion.into}:\n${lineOf(insertion, 2)}`;
  if (!isCollection(value) || !value.range) return text;
  const [from, end] = value.range;
  if (value.items.length === 0) return intoEmpty(text, insertion, from, end);
  if (value.flow) return intoFlow(text, insertion, end);
  const lineEnd = text.indexOf('\n', lastEnd(value.items.at(-1)) - 1);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const column = from - (text.lastIndexOf('\n', from - 1) + 1);
  const gap = lineEnd < 0 ? '\n' : '';
  return `${text.slice(0, at)}${gap}${lineOf(insertion, column)}${text.slice(at)}`;
}

function lineOf({ key, value }: Insertion, indent: number): string {
  return `${' '.repeat(indent)}${key === undefined ? '- ' : `${key}: `}${value}\n`;
}

/** `{}` and `[]` become a block; what stands behind them on their line stays there. */
function intoEmpty(text: string, insertion: Insertion, from: number, end: number): string {
  const lineEnd = text.indexOf('\n', end);
  const at = lineEnd < 0 ? text.length : lineEnd;
  const rest = text.slice(end, at).trimEnd();
  return `${text.slice(0, from).trimEnd()}${rest === '' ? '' : rest}\n${lineOf(insertion, 2)}${text.slice(at + 1)}`;
}

function intoFlow(text: string, { key, value }: Insertion, end: number): string {
  const bracket = end - 1;
  const before = text.slice(0, bracket).trimEnd();
  const space = text.slice(before.length, bracket);
  const comma = before.endsWith(',') ? ' ' : ', ';
  return `${before}${comma}${key === undefined ? '' : `${key}: `}${value}${space}${text.slice(bracket)}`;
}

function pairOf(document: Document, key: string): Pair | undefined {
  if (!isMap(document.contents)) return undefined;
  return document.contents.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** Where the text of an item ends, without the comments behind it. */
function lastEnd(item: unknown): number {
  const node = (item as Pair).key ? ((item as Pair).value ?? (item as Pair).key) : item;
  return (node as Node | null)?.range?.[1] ?? 0;
}
