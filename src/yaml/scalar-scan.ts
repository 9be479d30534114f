import { afterBreak, isBlank, isBreak, isBreakOrEnd, isMarker, isSpaceOrEnd } from './characters.js';
import { syntaxError } from './yaml-error.js';

/** How a scalar is written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** Where a scalar ends; good until the next one is scanned. */
export interface ScannedScalar {
  /** Behind its last character. */
  readonly end: number;
  /** Where to go on: behind the white space that had to be read. */
  readonly next: number;
  /** Where the line of `next` begins. */
  readonly lineStart: number;
  /** How far the lines of a block are indented. */
  readonly indent: number;
}

/** The answer, filled again for each scalar: a file may hold millions. */
const scanned = { end: 0, next: 0, lineStart: 0, indent: 0 };

function scannedTo(end: number, next: number, lineStart: number, indent = 0): ScannedScalar {
  scanned.end = end;
  scanned.next = next;
  scanned.lineStart = lineStart;
  scanned.indent = indent;
  return scanned;
}

/**
 * Finds the end of a scalar without quotes.
 *
 * @param firstLine where the line begins that it begins in
 * @param indent the least column of further lines; none in brackets
 */
export function scanPlain(
  text: string,
  start: number,
  limit: number,
  firstLine: number,
  indent: number | undefined,
): ScannedScalar {
  const isFlow = indent === undefined;
  let lineStart = firstLine;
  let at = start;
  let end = start;
  for (;;) {
    if (at === lineStart && isMarker(text, at, limit)) break;
    let code = at < limit ? text.charCodeAt(at) : 0;
    if (code === 35 /* # */) break;
    const wordStart = at;
    while (!isSpaceOrEnd(code)) {
      if (code === 58 /* : */ && isSpaceOrEnd(at + 1 < limit ? text.charCodeAt(at + 1) : 0)) break;
      if (isFlow && endsInFlow(code)) break;
      code = ++at < limit ? text.charCodeAt(at) : 0;
    }
    if (at > wordStart) end = at;
    if (!isBlank(code) && !isBreak(code)) break;
    const wordEnd = at;
    for (; isBlank(code) || isBreak(code); code = at < limit ? text.charCodeAt(at) : 0) {
      if (isBreak(code)) {
        at = afterBreak(text, at);
        lineStart = at;
        continue;
      }
      if (code === 9 && lineStart > wordEnd && at - lineStart < (indent ?? 0))
        throw syntaxError('a tab cannot indent: use spaces', at);
      at++;
    }
    if (indent !== undefined && at - lineStart < indent) break;
  }
  return scannedTo(end, at, lineStart);
}

function endsInFlow(code: number): boolean {
  return code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125;
}

const escapes =
  /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0abt\tnvfre "'\\N_LP]|\r?\r?\n|[\r\u0085\u2028\u2029])/y;

/** Finds the end of a scalar in quotes, and checks its escapes. */
export function scanQuoted(
  text: string,
  start: number,
  limit: number,
  style: 'single' | 'double',
  firstLine: number,
): ScannedScalar {
  const quote = style === 'single' ? 39 : 34;
  let lineStart = firstLine;
  let at = start + 1;
  for (;;) {
    const code = at < limit ? text.charCodeAt(at) : 0;
    if (code === quote) {
      if (style === 'double' || text.charCodeAt(at + 1) !== quote) return scannedTo(at + 1, at + 1, lineStart);
      at += 2;
    } else if (code === 92 && style === 'double') {
      const after = afterEscape(text, at);
      if (isBreak(text.charCodeAt(at + 1))) lineStart = after;
      at = after;
    } else if (isBreak(code)) {
      at = afterBreak(text, at);
      lineStart = at;
    } else if (code === 0) {
      throw syntaxError('the closing quote is missing', start);
    } else {
      at++;
      continue;
    }
    if (at === lineStart && isMarker(text, at, limit)) throw syntaxError('the closing quote is missing', start);
  }
}

function afterEscape(text: string, at: number): number {
  escapes.lastIndex = at;
  const [found] = escapes.exec(text) ?? [];
  if (found === undefined) throw syntaxError('the escape after "\\" is not one of YAML', at);
  if (found.length > 5) {
    const code = Number.parseInt(found.slice(2), 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
      throw syntaxError('the escape after "\\" is no character', at);
  }
  return at + found.length;
}

const header = /[|>](?:[-+]([1-9])?|([1-9])[-+]?)?[ \t]*(?:#[^\n\r\u0085\u2028\u2029]*)?/y;

/** Finds the end of a block scalar, and how far its lines are indented. */
export function scanBlockScalar(text: string, start: number, limit: number, parentIndent: number): ScannedScalar {
  header.lastIndex = start;
  const [found = '', behind, before] = header.exec(text) ?? [];
  let at = start + found.length;
  if (at < limit && !isBreak(text.charCodeAt(at)))
    throw syntaxError('behind "|" or ">" only a number from 1 to 9, "-" or "+" can stand', start);
  if (at < limit) at = afterBreak(text, at);
  const told = Number(behind ?? before ?? 0);
  let indent = told && Math.max(parentIndent, 0) + told;
  let lineStart = at;
  let end = at;
  let widest = 0;
  for (;;) {
    let code = at < limit ? text.charCodeAt(at) : 0;
    while (code === 32 && (indent === 0 || at - lineStart < indent)) code = ++at < limit ? text.charCodeAt(at) : 0;
    const column = at - lineStart;
    if (column > widest) widest = column;
    if (code === 9 && (indent === 0 || column < indent)) throw syntaxError('a tab cannot indent: use spaces', at);
    if (isBreak(code)) {
      at = afterBreak(text, at);
      end = at;
      lineStart = at;
      continue;
    }
    if (indent === 0) indent = Math.max(widest, parentIndent + 1, 1);
    // kubectl ends the last line of a file that does not end it.
    if (code === 0) return scannedTo(at, at, lineStart, indent);
    if (column !== indent) return scannedTo(end, at, lineStart, indent);
    while (!isBreakOrEnd(code)) code = ++at < limit ? text.charCodeAt(at) : 0;
    if (code !== 0) at = afterBreak(text, at);
    lineStart = at;
    end = at;
  }
}
