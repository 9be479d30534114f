/** The word of all marks. */
const mark = '# image-pull';
const entryMark = /[ \t]# image-pull[ \t]*(?:#.*)?$/;
// At the end of its line, or in front of another comment.
const flowMarkPattern =
  /[ \t](# image-pull: ([^#\s,"'{}[\]]+(?:, [^#\s,"'{}[\]]+)*(?:, was \S+)?))[ \t]*(?:[ \t]#.*)?$/;
const wasPattern = /^[ \t]*(# image-pull: was (empty|null|Null|NULL|~))(?=[ \t]|$)/;

/**
 * State before an edit, as a mark has it: an empty list `[]` or map `{}`, a way to write null, or `empty` for no value.
 */
export type Was = string;

/** The mark of entries that were added between brackets. */
export interface FlowMark {
  /** From its `#` to its end. */
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
  /**
   * State of the list before, or with `{}` the map around it.
   * @default - an empty list as the value of a key in a block, and absent between braces
   */
  readonly was?: Was;
}

/** False for a text that holds no mark. */
export function mayBeMarked(text: string): boolean {
  return text.includes(mark);
}

/** As {@link mayBeMarked}, of a text that is not decoded yet. */
export function mayHoldMark(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(mark);
}

/** The comment behind an entry of a block that was added. */
export const entryMarkText = ` ${mark}`;

/** True for names that can stand in the mark behind a bracket. */
export function isMarkable(name: string): boolean {
  return /^[^#\s,"'{}[\]]+$/.test(name);
}

/** The comment behind the bracket of a list with entries that were added. */
export function flowMarkText(names: readonly string[], was?: Was): string {
  return `${mark}: ${[...names, ...(was === undefined ? [] : [`was ${was}`])].join(', ')}`;
}

/** The mark in what stands behind a bracket on its line. */
export function flowMarkIn(behind: string, offset: number): FlowMark | undefined {
  if (!behind.includes(mark)) return undefined;
  const found = flowMarkPattern.exec(behind);
  const [, text, items] = found ?? [];
  if (!found || text === undefined || items === undefined) return undefined;
  const start = offset + found.index + 1;
  const names = items.split(', ');
  const was = names.at(-1)?.startsWith('was ') ? names.pop()?.slice('was '.length) : undefined;
  return { start, end: start + text.length, names, ...(was !== undefined && { was }) };
}

/** The comment that takes the place of a null, or stands behind a key without value. */
export function wasMarkText(was: Was): string {
  return `${mark}: was ${was}`;
}

/** The mark behind the colon of a key that had no value, or null. */
export function wasMarkIn(behind: string, offset: number): { start: number; end: number; was: Was } | undefined {
  const found = wasPattern.exec(behind);
  const [all, text, was] = found ?? [];
  if (all === undefined || text === undefined || was === undefined) return undefined;
  return { start: offset + all.length - text.length, end: offset + all.length, was };
}

/** A list as its marks see it. */
export interface MarkedList {
  /** Where it begins and ends in the text. */
  readonly start: number;
  readonly end: number;
  readonly isFlow: boolean;
  /** Where the mark of each item would follow; undefined where none can. */
  readonly ends: readonly (number | undefined)[];
}

/**
 * The items of a list that carry our mark, as indices: in a block those with the mark behind them on their line, between
 * brackets the last of each name that the mark at the end of the line tells.
 *
 * @param names the names of the items
 */
export function markedItems(list: MarkedList, names: readonly string[], text: string): readonly number[] {
  const { start, end, isFlow, ends } = list;
  const last = lineEnd(text, end);
  if (!text.slice(start, last).includes(mark)) return [];
  if (!isFlow) return names.flatMap((_name, index) => (isMarked(ends[index], text) ? [index] : []));
  const told = flowMarkIn(text.slice(end, last), 0)?.names ?? [];
  return [...new Set(told.map((name) => names.lastIndexOf(name)).filter((index) => index >= 0))].sort((a, b) => a - b);
}

function isMarked(end: number | undefined, text: string): boolean {
  return end !== undefined && entryMark.test(text.slice(end, lineEnd(text, end)));
}

function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  if (found < 0) return text.length;
  return text[found - 1] === '\r' ? found - 1 : found;
}
