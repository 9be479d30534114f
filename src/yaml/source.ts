import { Lines } from './lines.js';
import { TextPool } from './text.js';

/** Source that all nodes of a file share. */
export interface Source {
  readonly lines: Lines;
  readonly pool: TextPool;
}

/** A text that is to be read. */
export function sourceOf({ file, text }: { file: string; text: string }, pool = new TextPool()): Source {
  return { lines: new Lines(file, text), pool };
}
