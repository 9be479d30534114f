import { isMap } from 'yaml';
import { fullPath, type ListTask, type Outcome } from './list-edit.js';
import type { Level } from './locate.js';
import { wasMarkIn } from './marks.js';
import { colonEnd, startOf } from './nodes.js';
import type { SourceText } from './source-text.js';
import { deletion, type Splice } from './splices.js';

/**
 * Takes the key of a list away that loses its last item, and the maps that this leaves empty; or gives a key back what
 * its mark says that it was. A key with a comment of its own, or on the line of a dash, stays.
 */
export function dropEmptiedBlock(task: ListTask, source: SourceText): { splices: Splice[]; outcome: Outcome } {
  const { objectPath, levels } = task.target;
  const path = (length: number) => fullPath(task).slice(0, objectPath.length + length);
  const splices: Splice[] = [];
  for (let depth = levels.length; ; depth--) {
    const level = levels[depth - 1];
    const colon = level && colonEnd(level.pair.key, source);
    if (!level || colon === undefined) return { splices, outcome: { path: path(depth), becomes: 'null' } };
    const restored = restoredNull(colon, source);
    if (restored) return { splices: [...splices, restored], outcome: { path: path(depth), becomes: 'null' } };
    const alone = level.map.items.length === 1;
    const above = levels[depth - 2];
    if (!standsAlone(level, colon, source) || (alone && !above))
      return { splices, outcome: { path: path(depth), becomes: 'null' } };
    splices.push(deletion(source.lineStart(colon), source.nextLine(colon)));
    if (!alone) return { splices, outcome: { path: path(depth), becomes: 'absent' } };
  }
}

function restoredNull(colon: number, source: SourceText): Splice | undefined {
  const mark = wasMarkIn(source.behind(colon), colon);
  if (!mark) return undefined;
  // The blank in front of the mark was added with it.
  return mark.was === 'empty' ? deletion(mark.start - 1, mark.end) : { ...mark, text: mark.was };
}

function standsAlone({ map, pair }: Level, colon: number, source: SourceText): boolean {
  return isMap(map) && !map.flow && source.isFirstOnLine(startOf(pair.key)) && source.behind(colon).trim() === '';
}
