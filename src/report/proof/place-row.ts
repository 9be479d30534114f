import type { Verification } from '../../app/verify.js';
import type { Place } from '../../model/problem/problem.js';
import { oneLine } from '../../model/problem/terminal-text.js';

/** A place in a file as plain data; nothing where there is none. */
export interface PlaceRow {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The file of the repository that a rendered `file` comes from. */
  readonly source?: string;
}

/** A place as plain data. */
export function placeRow(place: Place | undefined, sources: Verification['sources']): PlaceRow {
  if (!place) return {};
  const { file, line, column } = place;
  const source = sources.get(file);
  return { file: oneLine(file), line, column, ...(source !== undefined && { source: oneLine(source) }) };
}
