import type { YAMLSeq } from 'yaml';
import type { EditContext } from './edit-context.js';
import { dropEmptiedBlock } from './emptied-block.js';
import { blockItemText, type ListEdit, type ListTask, listOutcome } from './list-edit.js';
import { entryMarkText } from './marks.js';
import { endOf, startOf } from './nodes.js';
import { Obstacle } from './obstacle.js';
import type { SourceText } from './source-text.js';
import { deletion, insertion, type Splice } from './splices.js';

/** Adds items at the end of a list with dashes and takes marked ones back, line by line. */
export function editBlockList(list: YAMLSeq, task: ListTask, { source }: EditContext): ListEdit {
  const lines = task.takeBack.map((index) => itemLines(list, index, source));
  if (task.add.length === 0 && task.takeBack.length === list.items.length) {
    const { splices, outcome } = dropEmptiedBlock(task, source);
    return { splices: [...splices, ...lines], outcome };
  }
  return { splices: [...lines, ...added(list, task, source)], outcome: listOutcome(task) };
}

/** The line behind the one that an offset is on, and behind the comments that belong to what ends there. */
export function lineBehind(at: number, column: number, source: SourceText): number {
  let next = source.nextLine(at);
  while (next < source.text.length && (source.commentColumn(next) ?? -1) > column) next = source.nextLine(next);
  return next;
}

function added(list: YAMLSeq, { add, item }: ListTask, source: SourceText): Splice[] {
  if (add.length === 0) return [];
  const last = list.items.at(-1);
  const dash = dashOf(list, list.items.length - 1, source);
  const indent = source.before(dash);
  const end = endOf(last, source);
  const at = lineBehind(end, indent.length, source);
  const gap = source.match(/(?<=-)[ \t]+(?=[^\s#])/y, dash + 1);
  const lineBreak = source.lineBreak(at - 1);
  return [
    insertion(
      at,
      add.map((name) => `${indent}${blockItemText(name, item, gap || ' ')}${entryMarkText}${lineBreak}`).join(''),
    ),
  ];
}

function itemLines(list: YAMLSeq, index: number, source: SourceText): Splice {
  const dash = dashOf(list, index, source);
  return deletion(source.lineStart(dash), source.nextLine(Math.max(dash, endOf(list.items[index], source))));
}

// The dashes of a list stand at one column, each in front of its item and behind the item before.
function dashOf(list: YAMLSeq, index: number, source: SourceText): number {
  const first = startOf(list);
  const column = source.column(first);
  let line = source.lineStart(index === 0 ? first : endOf(list.items[index - 1], source));
  if (index > 0) line = source.nextLine(line);
  for (; line < source.text.length; line = source.nextLine(line)) {
    const dash = line + column;
    if (source.text[dash] === '-' && source.isFirstOnLine(dash) && source.lineEnd(line) >= dash) return dash;
    if (line > startOf(list.items[index])) break;
  }
  throw new Obstacle('list-not-editable', 'has items that do not begin on lines of their own', first);
}
