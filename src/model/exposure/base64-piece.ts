/** A piece of a text that is base64 of a text. */
export interface Base64Piece {
  readonly offset: number;
  readonly decoded: string;
}

/** As short as a piece may be: shorter ones are names. */
const shortest = 16;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Tells the letters of base64; no regular expression, whose stack a run of many megabytes would exhaust. */
const isLetter = Array.from({ length: 128 }, (_, code) => letters.includes(String.fromCharCode(code)));

/** The six bits of each letter. */
const bits = Array.from({ length: 128 }, (_, code) => letters.indexOf(String.fromCharCode(code)));

/** Characters in front of a piece that is no base64 of its own. */
const joined = new Set([...'=_-'].map((each) => each.charCodeAt(0)));

/** The pieces that are base64 of a text, over several lines, too. What is ciphertext decodes to no text. */
export function base64Pieces(text: string): Base64Piece[] {
  const pieces: Base64Piece[] = [];
  for (let at = 0; at < text.length; at++) {
    if (!isLetter[text.charCodeAt(at)]) continue;
    const offset = at;
    at = runEnd(text, offset);
    if (at - offset < shortest || joined.has(text.charCodeAt(offset - 1)) || !beginsText(text, offset)) continue;
    at = linesEnd(text, at);
    pieces.push({ offset, decoded: Buffer.from(text.slice(offset, at), 'base64').toString('utf8') });
  }
  return pieces;
}

/** Behind the last letter of a run. */
function runEnd(text: string, start: number): number {
  let end = start;
  while (isLetter[text.charCodeAt(end)]) end++;
  return end;
}

/** Behind the runs of the lines that follow: each as long as one that goes on, the last one of any length. */
function linesEnd(text: string, first: number): number {
  let end = first;
  for (;;) {
    const next = nextLine(text, end);
    const after = runEnd(text, next);
    if (next === end || after === next) return end;
    if (after - next < shortest && text[after] !== '=') return end;
    end = after;
  }
}

/** The first letter of the line that begins here, behind its indentation; the same place where none does. */
function nextLine(text: string, end: number): number {
  let at = end;
  if (text[at] === '\r') at++;
  if (text[at] !== '\n') return end;
  at++;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Whether the first letters decode to a text; worked out without a buffer, as most runs are ciphertext or no base64. */
function beginsText(text: string, offset: number): boolean {
  for (let at = offset; at < offset + shortest; at += 4) {
    let three = 0;
    for (let next = at; next < at + 4; next++) three = (three << 6) | (bits[text.charCodeAt(next)] ?? 0);
    if (!isText(three >> 16) || !isText((three >> 8) & 0xff) || !isText(three & 0xff)) return false;
  }
  return true;
}

function isText(byte: number): boolean {
  return byte >= 0x20 ? byte !== 0x7f : byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
