import type { EditContext } from './edit-context.js';
import type { ListTask } from './list-edit.js';
import { flowMarkIn, flowMarkText, isMarkable, type Was } from './marks.js';
import { Obstacle } from './obstacle.js';
import type { SourceText } from './source-text.js';
import { deletion, insertion, type Splice } from './splices.js';

/**
 * The line whose end takes the mark of a list that closes at an offset.
 *
 * @param own how many lists of this key that close on the line are the list itself
 * @throws Obstacle where the mark could be that of another list, or cannot name what is added
 */
export function lineForMark(task: ListTask, end: number, context: EditContext, own: number): number {
  const line = context.source.lineStart(end);
  if (context.listsClosing(String(task.path.at(-1)), line) > own)
    throw new Obstacle(
      'list-not-editable',
      'closes on one line with another list: a mark would not say whose it is',
      end,
    );
  if (!task.add.every(isMarkable))
    throw new Obstacle('list-not-editable', 'stands in brackets, whose mark cannot tell a name with such letters', end);
  return line;
}

/** Writes the mark of names at the end of the line of an offset, in place of the one that stands there. */
export function markSplices(at: number, names: readonly string[], was: Was | undefined, source: SourceText): Splice[] {
  const behind = source.behind(at);
  const mark = flowMarkIn(behind, at);
  // The blank in front of a mark was added with it.
  if (names.length === 0) return mark ? [deletion(mark.start - 1, mark.end)] : [];
  const text = flowMarkText(names, was);
  return [mark ? { start: mark.start, end: mark.end, text } : insertion(at + behind.trimEnd().length, ` ${text}`)];
}
