import { decodeUtf8 } from './byte-string.js';
import type { JsonCursor } from './go-json-cursor.js';
import type { JsonValue } from './json-value.js';

const quote = 0x22;
const plus = 0x2b;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const backslash = 0x5c;
const letterE = 0x65;

const words: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['true', { kind: 'bool', value: true }],
  ['false', { kind: 'bool', value: false }],
  ['null', { kind: 'null' }],
]);

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Reads a word, a number or a string from its first byte. */
export function readLiteral(cursor: JsonCursor): JsonValue {
  if (cursor.here === quote) return { kind: 'string', value: readString(cursor) };
  const first = String.fromCharCode(cursor.here);
  for (const [word, value] of words) {
    if (word.startsWith(first)) return readWord(cursor, word, value);
  }
  return readNumber(cursor);
}

/** Reads a string from its quotation mark. */
export function readString(cursor: JsonCursor): string {
  let text = '';
  let escaped = false;
  let start = ++cursor.position;
  for (;;) {
    if (cursor.atEnd) throw cursor.endFault();
    const byte = cursor.here;
    if (byte < 0x20) throw cursor.fault('in string literal');
    if (byte === quote || byte === backslash) {
      text += decodeUtf8(cursor.since(start), () => '\uFFFD');
      cursor.position++;
      if (byte === quote) return escaped ? text.replace(/\p{Surrogate}/gu, '\uFFFD') : text;
      text += readEscape(cursor);
      escaped = true;
      start = cursor.position;
    } else {
      cursor.position++;
    }
  }
}

function readEscape(cursor: JsonCursor): string {
  const char = String.fromCharCode(cursor.here);
  if (char === 'u') return readUnicodeEscape(cursor);
  const value = escapes.get(char);
  if (value === undefined) throw cursor.fault('in string escape code');
  cursor.position++;
  return value;
}

function readUnicodeEscape(cursor: JsonCursor): string {
  let code = 0;
  for (let count = 0; count < 4; count++) {
    cursor.position++;
    const digit = Number.parseInt(String.fromCharCode(cursor.here), 16);
    if (Number.isNaN(digit)) throw cursor.fault('in \\u hexadecimal character escape');
    code = code * 16 + digit;
  }
  cursor.position++;
  return String.fromCharCode(code);
}

function readWord(cursor: JsonCursor, word: string, value: JsonValue): JsonValue {
  for (const expected of word.slice(1)) {
    cursor.position++;
    if (cursor.here !== expected.charCodeAt(0)) throw cursor.fault(`in literal ${word} (expecting '${expected}')`);
  }
  cursor.position++;
  return value;
}

function readNumber(cursor: JsonCursor): JsonValue {
  const start = cursor.position;
  if (cursor.here !== minus && !isDigit(cursor.here)) throw cursor.fault('looking for beginning of value');
  if (cursor.here === minus) cursor.position++;
  if (cursor.here === zero) cursor.position++;
  else skipDigits(cursor, 'in numeric literal');
  if (cursor.here === dot) {
    cursor.position++;
    skipDigits(cursor, 'after decimal point in numeric literal');
  }
  if ((cursor.here | 0x20) === letterE) {
    cursor.position++;
    if (cursor.here === plus || cursor.here === minus) cursor.position++;
    skipDigits(cursor, 'in exponent of numeric literal');
  }
  return { kind: 'number', text: decodeUtf8(cursor.since(start), () => '\uFFFD') };
}

function skipDigits(cursor: JsonCursor, context: string): void {
  if (!isDigit(cursor.here)) throw cursor.fault(context);
  while (isDigit(cursor.here)) cursor.position++;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
