import type { YAMLSeq } from 'yaml';
import type { EditContext } from './edit-context.js';
import { addToFlow, fromFlowMiddle, replaceFlowTail, takeFromFlow } from './flow-collection.js';
import { lineForMark, markSplices } from './flow-mark.js';
import { flowItemText, fullPath, type ListEdit, type ListTask, listOutcome, type Outcome } from './list-edit.js';
import type { Level } from './locate.js';
import { type FlowMark, flowMarkIn, type Was } from './marks.js';
import { colonEnd, endOf, startOf } from './nodes.js';
import type { Splice } from './splices.js';

/** Adds items at the end of a list in brackets and takes marked ones back; one mark behind the bracket names them all. */
export function editFlowList(list: YAMLSeq, task: ListTask, context: EditContext): ListEdit {
  const { source } = context;
  const end = endOf(list, source);
  const markLine = lineForMark(task, end, context, 1);
  const mark = flowMarkIn(source.behind(end), end);
  if (task.add.length === 0 && task.takeBack.length === list.items.length) {
    const { splices, outcome } = dropEmptied(list, task, mark, context);
    return { splices: [...splices, ...markSplices(end, [], undefined, source)], outcome, markLine };
  }
  const taken = new Set(task.takeBack.map((index) => task.names[index]));
  const marked = (mark?.names ?? []).filter((name) => task.names.includes(name) && !taken.has(name));
  return {
    splices: [
      ...itemSplices(list, task, context),
      ...markSplices(end, [...marked, ...task.add], mark?.was ?? wasOf(list, task), source),
    ],
    outcome: listOutcome(task),
    markLine,
  };
}

function itemSplices(list: YAMLSeq, { add, item, names, takeBack }: ListTask, context: EditContext): readonly Splice[] {
  const { source } = context;
  const padding = context.padding(startOf(list.items.at(-1) ?? list));
  const texts = add.map((name) => flowItemText(name, item, padding));
  const tail = names.findLastIndex((_name, index) => !takeBack.includes(index)) + 1;
  if (add.length === 0) return takeFromFlow(list, takeBack, source);
  if (tail === list.items.length)
    return [
      ...(takeBack.length > 0 ? takeFromFlow(list, takeBack, source) : []),
      ...addToFlow(list, texts, source).splices,
    ];
  const before = takeBack.filter((index) => index < tail);
  return [...fromFlowMiddle(list, before, source), replaceFlowTail(list, tail, texts, source)];
}

// A list that was empty between keys in brackets must be told from one that was absent.
function wasOf(list: YAMLSeq, { target }: ListTask): Was | undefined {
  return list.items.length === 0 && target.levels.at(-1)?.map.flow ? '[]' : undefined;
}

function dropEmptied(
  list: YAMLSeq,
  task: ListTask,
  mark: FlowMark | undefined,
  { source }: EditContext,
): { splices: readonly Splice[]; outcome: Outcome } {
  const { levels, objectPath } = task.target;
  const level = levels.at(-1);
  if (!level?.map.flow || mark?.was === '[]')
    return { splices: takeFromFlow(list, [...list.items.keys()], source), outcome: listOutcome(task) };
  if (mark?.was !== undefined && mark.was !== '{}') {
    const text = mark.was === 'empty' ? '' : mark.was;
    const start = text === '' ? (colonEnd(level.pair.key, source) ?? startOf(list)) : startOf(list);
    return { splices: [{ start, end: endOf(list, source), text }], outcome: { path: fullPath(task), becomes: 'null' } };
  }
  const depth = mark?.was === '{}' ? levels.length : emptiedDepth(levels);
  const { map, pair } = levels[depth - 1] ?? level;
  return {
    splices: takeFromFlow(map, [map.items.indexOf(pair)], source),
    outcome: { path: fullPath(task).slice(0, objectPath.length + depth), becomes: 'absent' },
  };
}

// Maps in brackets that hold nothing else go with the list, up to one that is the value of a key in a block.
function emptiedDepth(levels: readonly (Level | undefined)[]): number {
  let depth = levels.length;
  while (levels[depth - 1]?.map.items.length === 1 && levels[depth - 2]?.map.flow) depth--;
  return depth;
}
