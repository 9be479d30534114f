import { frameOfLine, mayHoldSecrets } from '../model/frame.js';
import type { Place, Problem } from '../model/problem.js';

/** The lines of a file: turns offsets into places, and shows a line where it may be shown. */
export class Lines {
  readonly file: string;
  readonly text: string;
  #starts: readonly number[] | undefined;
  #secret: boolean | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** The place of an offset. */
  place(offset: number): Place {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The problem with the line it speaks of, unless a Secret may stand in the file. */
  framed(problem: Problem): Problem {
    const { place } = problem;
    this.#secret ??= mayHoldSecrets(this.text);
    if (!place || problem.frame || this.#secret) return problem;
    const starts = this.#lineStarts();
    const end = starts[place.line];
    const line = this.text.slice(starts[place.line - 1], end === undefined ? undefined : end - 1);
    return { ...problem, frame: frameOfLine(line, place.line, place.column) };
  }

  #lineStarts(): readonly number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }
}
