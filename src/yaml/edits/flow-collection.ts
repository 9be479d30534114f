import type { YAMLMap, YAMLSeq } from 'yaml';
import { endOf, flowItems, startOf } from './nodes.js';
import type { SourceText } from './source-text.js';
import { deletion, insertion, type Splice } from './splices.js';

type Collection = YAMLMap | YAMLSeq;

/** Text that is added between brackets, and the offset on whose line it then stands. */
export interface FlowAddition {
  readonly splices: readonly Splice[];
  /** Undefined where it stands on a line of its own, which then ends with `behind`. */
  readonly onLineOf?: number;
}

/**
 * Adds items at the end of a map or list in brackets: on lines of their own where the last item has one, else behind it.
 *
 * @param padding what stands inside of braces that were empty
 * @param behind what ends a line that is made for the items
 */
export function addToFlow(
  collection: Collection,
  texts: readonly string[],
  source: SourceText,
  { padding = '', behind = '' } = {},
): FlowAddition {
  const last = flowItems(collection, source).at(-1);
  const open = startOf(collection);
  if (!last) {
    const isTight = open + 2 === endOf(collection, source);
    const pad = isTight ? padding : '';
    return { splices: [insertion(open + 1, `${pad}${texts.join(', ')}${pad}`)], onLineOf: open };
  }
  const comma = commaBehind(last.end, source);
  if (!hasOwnLines(last, comma, source)) {
    return { splices: [insertion(last.end, texts.map((text) => `, ${text}`).join(''))], onLineOf: last.end };
  }
  const line = source.nextLine(last.end);
  const indent = source.before(last.start);
  const lines = texts.map((text, index) => {
    const needsComma = comma !== undefined || index < texts.length - 1;
    return `${indent}${text}${needsComma ? ',' : ''}${behind}${source.lineBreak(last.end)}`;
  });
  return { splices: [...(comma === undefined ? [insertion(last.end, ',')] : []), insertion(line, lines.join(''))] };
}

/** Takes items out of a map or list in brackets. The brackets stay, and the blanks that {@link addToFlow} found. */
export function takeFromFlow(collection: Collection, indices: readonly number[], source: SourceText): Splice[] {
  const items = flowItems(collection, source);
  const lastKept = items.findLastIndex((_item, index) => !indices.includes(index));
  if (lastKept < 0) return [emptied(collection, items, source)];
  const splices = fromFlowMiddle(
    collection,
    indices.filter((index) => index < lastKept),
    source,
  );
  const tail = items.slice(lastKept + 1);
  const [kept, last] = [items[lastKept], tail.at(-1)];
  if (!kept || !last) return splices;
  const lastComma = commaBehind(last.end, source);
  if (!tail.every((item) => hasOwnLines(item, commaBehind(item.end, source), source)))
    return [...splices, deletion(kept.end, last.end)];
  const comma = lastComma === undefined ? commaBehind(kept.end, source) : undefined;
  if (comma !== undefined) splices.push(deletion(comma, comma + 1));
  return [...splices, ...tail.map((item) => ownLines(item, source))];
}

/** Puts items in the place of the last ones of a map or list in brackets, from one of them on. */
export function replaceFlowTail(
  collection: Collection,
  from: number,
  texts: readonly string[],
  source: SourceText,
): Splice {
  const items = flowItems(collection, source);
  const [first, last] = [items[from]!, items.at(-1)!];
  const start = beginningOf(collection, items, from, source);
  const separator = source.isFirstOnLine(first.start)
    ? `,${source.lineBreak(first.start)}${source.before(first.start)}`
    : ', ';
  return { start, end: last.end, text: texts.join(separator) };
}

/** Takes items out that others stand behind. */
export function fromFlowMiddle(collection: Collection, indices: readonly number[], source: SourceText): Splice[] {
  const items = flowItems(collection, source);
  return indices.map((index) => fromTheMiddle(collection, items, index, source));
}

type Item = ReturnType<typeof flowItems>[number];

function emptied(collection: Collection, items: readonly Item[], source: SourceText): Splice {
  const [open, close] = [startOf(collection) + 1, endOf(collection, source) - 1];
  const last = items.at(-1)?.end ?? open;
  const comma = commaBehind(last, source);
  const start = beginningOf(collection, items, 0, source);
  const end = comma === undefined ? last : comma + 1;
  const isPadded = source.text.slice(open, start) === ' ' && source.text.slice(end, close) === ' ';
  return isPadded ? deletion(open, close) : deletion(start, end);
}

function fromTheMiddle(collection: Collection, items: readonly Item[], index: number, source: SourceText): Splice {
  const item = items[index]!;
  const comma = commaBehind(item.end, source);
  if (hasOwnLines(item, comma, source)) return ownLines(item, source);
  const start = beginningOf(collection, items, index, source);
  const end = (comma ?? item.end) + 1;
  return deletion(start, end + source.match(/[ \t]*/y, end).length);
}

// With its anchor and tag, which stand in front of the item itself.
function beginningOf(collection: Collection, items: readonly Item[], index: number, source: SourceText): number {
  const before = items[index - 1];
  return source.skipBlank(before ? (commaBehind(before.end, source) ?? before.end) + 1 : startOf(collection) + 1);
}

function ownLines(item: Item, source: SourceText): Splice {
  return deletion(source.lineStart(item.start), source.nextLine(item.end));
}

function hasOwnLines({ start, end }: Item, comma: number | undefined, source: SourceText): boolean {
  if (!source.isFirstOnLine(start)) return false;
  if (comma !== undefined && comma > source.lineEnd(end)) return false;
  return /^[ \t]*,?[ \t]*(?:[ \t]#.*)?$/.test(source.behind(end));
}

function commaBehind(end: number, source: SourceText): number | undefined {
  const at = source.skipBlank(end);
  return source.text[at] === ',' ? at : undefined;
}
