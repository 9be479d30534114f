import { type ByteString, sequenceLength, textOf } from './byte-string.js';

class BadPattern extends Error {}

/**
 * Go's `filepath.Match` (`path/filepath/match.go`) on a system whose separator is `/`.
 *
 * @returns undefined where Go answers `ErrBadPattern`; the kubelet takes that for no match.
 */
export function matchGlob(pattern: ByteString, name: ByteString): boolean | undefined {
  try {
    return matches(pattern, name);
  } catch (fault) {
    if (fault instanceof BadPattern) return undefined;
    throw fault;
  }
}

function matches(pattern: ByteString, name: ByteString): boolean {
  let rest = pattern;
  let remaining = name;
  while (rest !== '') {
    const { star, chunk, after } = scanChunk(rest);
    if (star && chunk === '') return !remaining.includes('/');
    const next = matchAhead(star, chunk, remaining, after === '');
    if (next === undefined) return false;
    remaining = next;
    rest = after;
  }
  return remaining === '';
}

/** Finds the chunk at the start of the name or, after a star, further on; answers what is left of the name. */
function matchAhead(star: boolean, chunk: ByteString, name: ByteString, isLast: boolean): ByteString | undefined {
  for (let skipped = 0; skipped <= name.length; skipped++) {
    const left = matchChunk(chunk, name.slice(skipped));
    if (left !== undefined && (left === '' || !isLast)) return left;
    if (!star || name.charAt(skipped) === '/') return undefined;
  }
  return undefined;
}

/** Cuts off the stars at the start and what follows them up to the next star outside brackets. */
function scanChunk(pattern: ByteString): { star: boolean; chunk: ByteString; after: ByteString } {
  const start = /^\*+/.exec(pattern)?.[0].length ?? 0;
  let inRange = false;
  let end = start;
  for (; end < pattern.length; end++) {
    const char = pattern.charAt(end);
    if (char === '*' && !inRange) break;
    if (char === '\\') end++;
    else if (char === '[') inRange = true;
    else if (char === ']') inRange = false;
  }
  return { star: start > 0, chunk: pattern.slice(start, end), after: pattern.slice(end) };
}

/**
 * Matches a chunk without stars at the start of the name; answers what is left. After a mismatch the chunk is still
 * read to its end, because it may be malformed there.
 */
function matchChunk(chunk: ByteString, name: ByteString): ByteString | undefined {
  let at = 0;
  let position = 0;
  let failed = false;
  while (at < chunk.length) {
    failed ||= position >= name.length;
    const char = chunk.charAt(at);
    if (char === '[') {
      const rune = failed ? undefined : runeAt(name, position);
      const range = readClass(chunk, at + 1, rune?.code ?? 0);
      failed ||= !range.isMatch;
      position += rune?.length ?? 0;
      at = range.end;
    } else if (char === '?') {
      if (!failed) {
        failed = name.charAt(position) === '/';
        position += runeAt(name, position).length;
      }
      at++;
    } else {
      if (char === '\\' && ++at === chunk.length) throw new BadPattern();
      if (!failed) failed = chunk.charAt(at) !== name.charAt(position++);
      at++;
    }
  }
  return failed ? undefined : name.slice(position);
}

/** Reads a character class from behind its bracket. */
function readClass(chunk: ByteString, start: number, code: number): { isMatch: boolean; end: number } {
  const negated = chunk.charAt(start) === '^';
  let at = negated ? start + 1 : start;
  let inside = false;
  for (let count = 0; count === 0 || chunk.charAt(at) !== ']'; count++) {
    const low = readClassRune(chunk, at);
    const high = chunk.charAt(low.end) === '-' ? readClassRune(chunk, low.end + 1) : low;
    inside ||= low.code <= code && code <= high.code;
    at = high.end;
  }
  return { isMatch: inside !== negated, end: at + 1 };
}

function readClassRune(chunk: ByteString, start: number): { code: number; end: number } {
  let at = start;
  const char = chunk.charAt(at);
  if (char === '' || char === '-' || char === ']') throw new BadPattern();
  if (char === '\\') at++;
  if (at >= chunk.length) throw new BadPattern();
  const rune = runeAt(chunk, at);
  const end = at + rune.length;
  // Something must follow: at least the closing bracket.
  if (!rune.isValid || end >= chunk.length) throw new BadPattern();
  return { code: rune.code, end };
}

/** The code point at a position; an invalid byte counts as U+FFFD of length 1, as in Go. */
function runeAt(text: ByteString, position: number): { code: number; length: number; isValid: boolean } {
  const bytes = Buffer.from(text.slice(position, position + 4), 'latin1');
  const length = sequenceLength(bytes, 0);
  if (length === 0) return { code: 0xfffd, length: 1, isValid: false };
  return { code: textOf(bytes.subarray(0, length)).codePointAt(0) ?? 0, length, isValid: true };
}
