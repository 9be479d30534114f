import type { Pair, YAMLMap } from 'yaml';
import { lineBehind } from './block-list.js';
import type { EditContext } from './edit-context.js';
import { addToFlow } from './flow-collection.js';
import { lineForMark, markSplices } from './flow-mark.js';
import { blockItemText, flowItemText, type ListEdit, type ListTask, listOutcome } from './list-edit.js';
import { entryMarkText, flowMarkText, wasMarkText } from './marks.js';
import { colonEnd, endOf, endOfPair, hasProps, isUnwritten, startOf, textOf } from './nodes.js';
import { Obstacle } from './obstacle.js';
import { scalarText } from './scalar-text.js';
import type { SourceText } from './source-text.js';
import { insertion, type Splice } from './splices.js';

// Lists that take many lines: ours reads better in front of them.
const longLists: readonly string[] = ['initContainers', 'containers', 'templates'];

/** Writes a list that is not there, with the maps that are missing on the way. */
export function createList(task: ListTask, context: EditContext): ListEdit {
  const { map, levels } = task.target;
  if (map?.flow) return intoFlowMap(map, task, context);
  if (map) return intoBlockMap(map, task, context);
  const level = levels.at(-1)!;
  return level.map.flow ? inPlaceOfNull(level.pair, task, context) : belowKey(level.pair, task, context);
}

function intoBlockMap(map: YAMLMap, task: ListTask, context: EditContext): ListEdit {
  const { source } = context;
  const column = keyColumn(map, source);
  const next = map.items.find(
    ({ key }) => longLists.includes(textOf(key, context.aliases)) && source.isFirstOnLine(startOf(key)),
  );
  const last = map.items.at(-1)!;
  const at = next ? lineInFront(map, next, column, source) : lineBehind(endOfPair(last, source), column, source);
  const lineBreak = source.lineBreak(next ? startOf(next.key) : at - 1);
  return blockEdit([insertion(at, blockText(task, column, startOf((next ?? last).key), lineBreak, context))], task);
}

function belowKey(pair: Pair, task: ListTask, context: EditContext): ListEdit {
  const { source } = context;
  const start = startOf(pair.key);
  const column = source.column(start) + (task.target.missing.length > 0 ? context.mapStep(start) : 0);
  const at = source.nextLine(start);
  return blockEdit(
    [noteNull(pair, source), insertion(at, blockText(task, column, start, source.lineBreak(start), context))],
    task,
  );
}

function blockEdit(splices: readonly Splice[], task: ListTask): ListEdit {
  return { splices, outcome: listOutcome(task) };
}

/** The lines of the missing keys and of the items, whose list stands below a key at `column` if no key is missing. */
function blockText(task: ListTask, column: number, at: number, lineBreak: string, context: EditContext): string {
  const { missing } = task.target;
  const step = context.mapStep(at);
  const keys = missing.map((key, depth) => `${' '.repeat(column + depth * step)}${scalarText(key)}:`);
  const dashes = ' '.repeat(column + Math.max(0, missing.length - 1) * step + context.listStep(at));
  const items = task.add.map((name) => `${dashes}${blockItemText(name, task.item)}${entryMarkText}`);
  return [...keys, ...items].map((line) => line + lineBreak).join('');
}

/** Writes down what a key without list was, in its place, so that it can be given back. */
function noteNull({ key, value }: Pair, source: SourceText): Splice {
  const colon = colonEnd(key, source);
  if (colon === undefined || hasProps(value))
    throw new Obstacle('list-not-editable', 'has an anchor or tag, or a key in an unusual form', startOf(key));
  if (isUnwritten(value)) return insertion(colon, ` ${wasMarkText('empty')}`);
  const [start, end] = [startOf(value), endOf(value, source)];
  if (start > source.lineEnd(colon)) throw new Obstacle('list-not-editable', 'is null on a line of its own', start);
  return { start, end, text: wasMarkText(source.text.slice(start, end)) };
}

function intoFlowMap(map: YAMLMap, task: ListTask, context: EditContext): ListEdit {
  const { source } = context;
  const start = startOf(map);
  if (source.text[start] !== '{') throw new Obstacle('list-not-editable', 'lies in a map without braces', start);
  const wasEmpty = map.items.length === 0 && task.target.levels.at(-1)?.map.flow === true;
  if (wasEmpty && task.target.missing.length > 1)
    throw new Obstacle('list-not-editable', 'lies in an empty map inside of other braces', start);
  const padding = context.padding(start);
  const mark = flowMarkText(task.add);
  const { splices, onLineOf } = addToFlow(map, [flowPair(task, padding)], source, { padding, behind: ` ${mark}` });
  if (onLineOf === undefined) {
    lineForMark(task, start, context, Number.POSITIVE_INFINITY);
    return blockEdit(splices, task);
  }
  const markLine = lineForMark(task, onLineOf, context, 0);
  return {
    splices: [...splices, ...markSplices(onLineOf, task.add, wasEmpty ? '{}' : undefined, source)],
    outcome: listOutcome(task),
    markLine,
  };
}

function flowPair(task: ListTask, padding: string): string {
  const list = `[${task.add.map((name) => flowItemText(name, task.item, padding)).join(', ')}]`;
  return task.target.missing.reduceRight(
    (inner, key, depth) =>
      depth === 0 ? `${scalarText(key)}: ${inner}` : `{${padding}${scalarText(key)}: ${inner}${padding}}`,
    list,
  );
}

function inPlaceOfNull({ key, value }: Pair, task: ListTask, context: EditContext): ListEdit {
  const { source } = context;
  const colon = colonEnd(key, source);
  if (task.target.missing.length > 0 || colon === undefined || hasProps(value))
    throw new Obstacle('list-not-editable', 'lies in something between braces that is null', startOf(key));
  const isEmpty = isUnwritten(value);
  const [start, end] = isEmpty ? [colon, colon] : [startOf(value), endOf(value, source)];
  const was = isEmpty ? 'empty' : source.text.slice(start, end);
  const padding = context.padding(start);
  const list = `${isEmpty ? ' ' : ''}[${task.add.map((name) => flowItemText(name, task.item, padding)).join(', ')}]`;
  const markLine = lineForMark(task, end, context, 0);
  return {
    splices: [{ start, end, text: list }, ...markSplices(end, task.add, was, source)],
    outcome: listOutcome(task),
    markLine,
  };
}

function keyColumn(map: YAMLMap, source: SourceText): number {
  const key = map.items.find((pair) => source.isFirstOnLine(startOf(pair.key)))?.key;
  return source.column(key ? startOf(key) : startOf(map));
}

// Comments in front of a key belong to it; those that are further in belong to what ends before.
function lineInFront(map: YAMLMap, pair: Pair, column: number, source: SourceText): number {
  const before = map.items[map.items.indexOf(pair) - 1];
  const first = before ? source.nextLine(endOfPair(before, source)) : 0;
  let line = source.lineStart(startOf(pair.key));
  while (line > first) {
    const above = source.lineStart(line - 1);
    if ((source.commentColumn(above) ?? column + 1) > column) break;
    line = above;
  }
  return line;
}
