/** A part of a text that kubectl reads by itself, with the line of its `---`. */
export interface YamlPiece {
  readonly start: number;
  readonly end: number;
  /** Where what kubectl reads of it begins. */
  readonly from: number;
  /** Where something follows its `---` that cannot stand there. */
  readonly flaw: number | undefined;
}

/** Takes a text apart at the lines that begin with `---`, as kubectl does, whatever stands around them. */
export function yamlPieces(text: string): YamlPiece[] {
  const pieces: YamlPiece[] = [];
  let start = text.startsWith('---') ? 0 : nextMarker(text, 0);
  // kubectl reads a marker as part of what follows where nothing stands before it.
  let isRead = true;
  if (start > 0) {
    pieces.push({ start: 0, end: start, from: 0, flaw: undefined });
    isRead = false;
  }
  while (start < text.length) {
    const end = nextMarker(text, start + 1);
    const lineEnd = text.indexOf('\n', start) + 1 || text.length;
    pieces.push({ start, end, from: isRead ? start : lineEnd, flaw: flawBehind(text, start + 3) });
    isRead = !isRead && lineEnd === end;
    start = end;
  }
  return pieces;
}

function nextMarker(text: string, from: number): number {
  const at = text.indexOf('\n---', from);
  return at < 0 ? text.length : at + 1;
}

/** White space to Go, but for line feeds. */
const blank = /[\t\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/y;

function flawBehind(text: string, at: number): number | undefined {
  blank.lastIndex = at;
  const end = at + (blank.exec(text)?.[0].length ?? 0);
  return end === text.length || text[end] === '\n' || text[end] === '#' ? undefined : end;
}
