/** A piece of a text and what takes its place. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function insertion(at: number, text: string): Splice {
  return { start: at, end: at, text };
}

export function deletion(start: number, end: number): Splice {
  return { start, end, text: '' };
}

/**
 * The text with all splices made. What is inserted at one offset keeps its order; a splice that lies in a deletion goes
 * with it. Undefined where two splices meet otherwise.
 */
export function withSplices(text: string, splices: readonly Splice[]): string | undefined {
  const ordered = [...splices].sort((a, b) => a.start - b.start || width(a) - width(b));
  const parts: string[] = [];
  let at = 0;
  let swallows = false;
  for (const { start, end, text: own } of ordered) {
    if (start < at) {
      if (swallows && end <= at) continue;
      return undefined;
    }
    parts.push(text.slice(at, start), own);
    at = end;
    swallows = own === '';
  }
  parts.push(text.slice(at));
  return parts.join('');
}

// What is inserted where a deletion begins stands in front of it; of two deletions the longer one goes first.
function width({ start, end }: Splice): number {
  return end === start ? Number.NEGATIVE_INFINITY : start - end;
}
