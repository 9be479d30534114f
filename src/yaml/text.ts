import { isUtf8 } from 'node:buffer';

const byteOrderMark = '\ufeff';
const longest = 256;
/** A power of two. */
const slots = 1024;

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
  readonly #keys: (string | undefined)[] = new Array<undefined>(slots).fill(undefined);
  readonly #maps: (readonly string[] | undefined)[] = new Array<undefined>(slots).fill(undefined);

  /** Gives a part of a text, where it was {@link keepKey kept} before; without cutting it out. */
  key(text: string, start: number, end: number): string | undefined {
    const known = this.#keys[slotOf(text, start, end)];
    return known !== undefined && known.length === end - start && text.startsWith(known, start) ? known : undefined;
  }

  /** As {@link keep}. Keys are few, and come again and again. */
  keepKey(text: string): string {
    const own = this.keep(text);
    this.#keys[slotOf(own, 0, own.length)] = own;
    return own;
  }

  /** The same text, on its own. */
  keep(text: string): string {
    if (text.length > longest) return copy(text);
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const own = copy(text);
    this.#texts.set(own, own);
    return own;
  }

  /** A part of a list of keys, in one list for as many maps as possible: those of most objects are alike. */
  keys(keys: readonly string[], start: number, end: number): readonly string[] {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (hash * 31 + keys[at]!.length * 7 + keys[at]!.charCodeAt(0)) | 0;
    const slot = hash & (slots - 1);
    const known = this.#maps[slot];
    if (known?.length === end - start && known.every((key, index) => key === keys[start + index])) return known;
    const own = keys.slice(start, end);
    this.#maps[slot] = own;
    return own;
  }
}

function slotOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (hash * 31 + text.charCodeAt(at)) | 0;
  return hash & (slots - 1);
}

// Survives lone surrogates, which a copy through UTF-8 would not.
function copy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
