/** A line of a diff: kept, removed or added. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** A part of both texts, as half-open ranges of lines. */
interface Range {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
  /** How often the range was split to get here. */
  readonly depth: number;
}

const deepest = 64;
const largestTable = 1_000_000;

/**
 * Finds the edits that turn the lines of one text into those of another. Lines that are unique on both sides tie the
 * texts together (patience diff), small gaps between them are compared exactly, large ones without any tie are replaced
 * whole: so the time grows with the length of the texts.
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const partners = match(...numbered(before, after));
  const lines: DiffLine[] = [];
  let added = 0;
  before.forEach((text, index) => {
    const partner = partners[index]!;
    if (partner < 0) {
      lines.push({ sign: '-', text });
      return;
    }
    for (; added < partner; added++) lines.push({ sign: '+', text: after[added]! });
    lines.push({ sign: ' ', text });
    added++;
  });
  for (; added < after.length; added++) lines.push({ sign: '+', text: after[added]! });
  return lines;
}

/** Equal lines get equal numbers, which are cheaper to compare. */
function numbered(before: readonly string[], after: readonly string[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const numberOf = (line: string) => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  return [Int32Array.from(before, numberOf), Int32Array.from(after, numberOf)];
}

/** For each line of `a` the line of `b` that it is, or -1. Partners are in ascending order. */
function match(a: Int32Array, b: Int32Array): Int32Array {
  const partners = new Int32Array(a.length).fill(-1);
  const open: Range[] = [{ a: 0, aEnd: a.length, b: 0, bEnd: b.length, depth: 0 }];
  for (let whole = open.pop(); whole !== undefined; whole = open.pop()) {
    const range = trim(whole, a, b, partners);
    if (range.a === range.aEnd || range.b === range.bEnd) continue;
    const ties = range.depth < deepest ? uniqueInBoth(range, a, b) : [];
    if (ties.length > 0) open.push(...between(range, ties, partners));
    else compareExactly(range, a, b, partners);
  }
  return partners;
}

/** Matches what is equal at both ends and returns the rest. */
function trim(range: Range, a: Int32Array, b: Int32Array, partners: Int32Array): Range {
  let { a: aStart, aEnd, b: bStart, bEnd } = range;
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) partners[aStart++] = bStart++;
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) partners[--aEnd] = --bEnd;
  return { a: aStart, aEnd, b: bStart, bEnd, depth: range.depth };
}

type Tie = readonly [a: number, b: number];

/** The longest ascending sequence of lines that occur exactly once on either side. */
function uniqueInBoth(range: Range, a: Int32Array, b: Int32Array): Tie[] {
  const inA = onlyPlaces(a, range.a, range.aEnd);
  const inB = onlyPlaces(b, range.b, range.bEnd);
  const ties: Tie[] = [];
  for (const [line, place] of inA) {
    const other = inB.get(line);
    if (place >= 0 && other !== undefined && other >= 0) ties.push([place, other]);
  }
  return longestAscending(ties.sort((one, two) => one[0] - two[0]));
}

/** Where each line stands, or -1 if it stands in several places. */
function onlyPlaces(lines: Int32Array, start: number, end: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let index = start; index < end; index++) places.set(lines[index]!, places.has(lines[index]!) ? -1 : index);
  return places;
}

function longestAscending(ties: readonly Tie[]): Tie[] {
  /** For every length the index of the tie that ends the sequence of that length with the smallest end. */
  const ends: number[] = [];
  const previous = new Int32Array(ties.length).fill(-1);
  ties.forEach((tie, index) => {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (ties[ends[middle]!]![1] < tie[1]) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[index] = ends[low - 1]!;
    ends[low] = index;
  });
  const sequence: Tie[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index]!) sequence.push(ties[index]!);
  return sequence.reverse();
}

/** Matches the ties and returns the ranges between them. */
function between(range: Range, ties: readonly Tie[], partners: Int32Array): Range[] {
  const ranges: Range[] = [];
  let { a, b } = range;
  for (const [aTie, bTie] of ties) {
    partners[aTie] = bTie;
    ranges.push({ a, aEnd: aTie, b, bEnd: bTie, depth: range.depth + 1 });
    a = aTie + 1;
    b = bTie + 1;
  }
  ranges.push({ a, aEnd: range.aEnd, b, bEnd: range.bEnd, depth: range.depth + 1 });
  return ranges;
}

/** Longest common subsequence by a table, where the table stays small. */
function compareExactly(range: Range, a: Int32Array, b: Int32Array, partners: Int32Array): void {
  const height = range.aEnd - range.a;
  const width = range.bEnd - range.b;
  if (height * width > largestTable) return;
  const row = width + 1;
  const longest = new Uint32Array((height + 1) * row);
  for (let i = height - 1; i >= 0; i--) {
    for (let j = width - 1; j >= 0; j--) {
      const at = i * row + j;
      longest[at] =
        a[range.a + i] === b[range.b + j] ? longest[at + row + 1]! + 1 : Math.max(longest[at + row]!, longest[at + 1]!);
    }
  }
  for (let i = 0, j = 0; i < height && j < width; ) {
    const at = i * row + j;
    if (a[range.a + i] === b[range.b + j]) partners[range.a + i++] = range.b + j++;
    else if (longest[at + row]! >= longest[at + 1]!) i++;
    else j++;
  }
}
