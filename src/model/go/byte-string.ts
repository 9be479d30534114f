/**
 * A Go string as the kubelet sees it: a sequence of bytes, one char (U+0000 to U+00FF) for each. Comparing, sorting and
 * cutting such strings works bytewise, as in Go, which it does not on UTF-16.
 */
export type ByteString = string;

/** The stand-in for a byte that is not UTF-8: the byte 0xNN becomes the lone surrogate U+DCNN, so nothing is lost. */
const escapeBase = 0xdc00;
/** Almost all names and keys are of these, whose bytes are their characters. */
const ascii = /^[\0-\x7f]*$/;
const loneEscape = /[\uDC80-\uDCFF]/gu;

/** The UTF-8 bytes of a text; the inverse of {@link textOf}. Other lone surrogates become U+FFFD. */
export function bytesOf(text: string): ByteString {
  if (ascii.test(text)) return text;
  let bytes = '';
  let done = 0;
  for (const match of text.matchAll(loneEscape)) {
    bytes += utf8(text.slice(done, match.index)) + String.fromCharCode(match[0].charCodeAt(0) - escapeBase);
    done = match.index + 1;
  }
  return bytes + utf8(text.slice(done));
}

/** The text of UTF-8 bytes. Bytes that are not UTF-8 survive as lone surrogates, see {@link bytesOf}. */
export function textOf(bytes: ByteString | Uint8Array): string {
  if (typeof bytes === 'string' && ascii.test(bytes)) return bytes;
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  return decodeUtf8(buffer, (byte) => String.fromCharCode(escapeBase + byte));
}

/** Decodes UTF-8 as Go does: every byte that is not part of a valid sequence is one error of its own. */
export function decodeUtf8(bytes: Uint8Array, invalid: (byte: number) => string): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  // Node replaces a broken sequence as a whole, so any replacement must be looked at again.
  if (!text.includes('\uFFFD')) return text;
  let result = '';
  let index = 0;
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index);
    const end = index + (length || 1);
    result += length ? codePointText(bytes, index, end) : invalid(bytes[index] ?? 0);
    index = end;
  }
  return result;
}

/** Go's `strconv.Quote`: what `%q` prints. */
export function goQuote(bytes: ByteString): string {
  let quoted = '"';
  for (const char of textOf(bytes)) quoted += quotedChar(char);
  return `${quoted}"`;
}

/** The length of the valid UTF-8 sequence at the index, 0 if there is none. */
export function sequenceLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let offset = 1; offset < length; offset++) {
    const byte = bytes[index + offset] ?? 0;
    const [low, high] = offset === 1 ? secondByteRange(lead) : [0x80, 0xbf];
    if (byte < low || byte > high) return 0;
  }
  return length;
}

// No overlong forms, no surrogates, nothing above U+10FFFF.
function secondByteRange(lead: number): [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

function codePointText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

function utf8(text: string): ByteString {
  return Buffer.from(text, 'utf8').toString('latin1');
}

const namedEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function quotedChar(char: string): string {
  const named = namedEscapes.get(char);
  if (named !== undefined) return named;
  if (printable.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (code >= escapeBase && code <= escapeBase + 0xff) return `\\x${hex(code - escapeBase, 2)}`;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0');
}
