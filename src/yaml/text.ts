import { isUtf8 } from 'node:buffer';

const byteOrderMark = '\ufeff';
const longest = 256;

/** The text of a file without its byte order mark; undefined for bytes that are not UTF-8 or hold a NUL. */
export function textOf(bytes: Uint8Array): string | undefined {
  const text = rawTextOf(bytes);
  return text?.startsWith(byteOrderMark) ? text.slice(1) : text;
}

/** As {@link textOf}, with the byte order mark. */
export function rawTextOf(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.includes('\0') ? undefined : text;
}

/**
 * Keeps texts apart from the file they were read from. A part of a text keeps the whole of it in memory in V8, so
 * that the name of an image would keep its file; names repeat, so that each is kept once.
 */
export class TextPool {
  readonly #texts = new Map<string, string>();

  /** The same text, on its own. */
  keep(text: string): string {
    if (text.length > longest) return copy(text);
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const own = copy(text);
    this.#texts.set(own, own);
    return own;
  }
}

// Survives lone surrogates, which a copy through UTF-8 would not.
function copy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
