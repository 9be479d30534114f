import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node, type Scalar, type YAMLMap } from 'yaml';
import { located, type ModelPath, type Place, type Problem } from '../model/problem/problem.js';
import { tokenFrame } from './frame.js';

/** A place of the file that a path leads to: a key, or an item of a list. */
interface Found {
  readonly node: Node;
  readonly isKey: boolean;
  /** True if a node `plaintext` is around it. */
  readonly inPlaintext: boolean;
  /** True for a key without value, which may be the rest of a value that was cut by a comma. */
  readonly isBare: boolean;
}

/** Finds the places of a config file for model paths. */
export class Positions {
  readonly #file: string;
  readonly #text: string;
  readonly #document: Document;
  readonly #lines: LineCounter;
  // A map is searched once for each problem in it.
  readonly #keys = new WeakMap<YAMLMap, Map<string, { key: Scalar; value: unknown }>>();

  constructor(file: string, text: string, document: Document, lines: LineCounter) {
    this.#file = file;
    this.#text = text;
    this.#document = document;
    this.#lines = lines;
  }

  /** The place of the last part of the path that the file has: a key for what is inside a map, else the item. */
  placeOf(path: ModelPath): Place {
    return this.placeAt(startOf(this.#find(path)?.node ?? this.#document.contents));
  }

  /** The place of an offset. */
  placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line, column: col };
  }

  /** The problem with its place and, where that is safe, the key or item under it. */
  locate(problem: Problem): Problem {
    return located(problem, (path) => {
      const found = this.#find(path);
      const frame = found && this.#frame(found);
      return { at: this.placeOf(path), ...(frame !== undefined && { frame }) };
    });
  }

  /** Nothing but the key, or the one scalar, that the problem is about: any other may be a credential. */
  #frame({ node, isKey, inPlaintext, isBare }: Found): string | undefined {
    if (inPlaintext || isBare || !isScalar(node) || !node.range) return undefined;
    const [start, end] = node.range;
    const colon = isKey ? (/^[ \t]*:/.exec(this.#text.slice(end, end + 100))?.[0] ?? '') : '';
    const text = `${this.#text.slice(start, end)}${colon}`;
    // What looks like a URL or an address may hold a user and a token.
    if (/:\/\/|@/.test(text)) return undefined;
    const { line, col } = this.#lines.linePos(start);
    const lineEnd = this.#text.indexOf('\n', start);
    const rest = this.#text.slice(start + text.length, lineEnd < 0 ? undefined : lineEnd);
    const before = this.#text.slice(start - col + 1, start).trim() !== '';
    return tokenFrame({ text, line, before, after: rest.trim() !== '' });
  }

  #find(path: ModelPath): Found | undefined {
    let at: unknown = this.#document.contents;
    let found: Found | undefined;
    let inPlaintext = false;
    for (const part of path) {
      const next = this.#step(at, part);
      if (!next) break;
      const isBare = next.isKey && (next.value === null || (isScalar(next.value) && next.value.value === null));
      found = { node: next.node, isKey: next.isKey, inPlaintext, isBare };
      inPlaintext ||= part === 'plaintext';
      at = next.value;
    }
    return found;
  }

  #step(
    node: unknown,
    part: string | number,
  ): { readonly node: Node; readonly value: unknown; readonly isKey: boolean } | undefined {
    if (isMap(node)) {
      const pair = this.#keysOf(node).get(String(part));
      return pair && { node: pair.key, value: pair.value, isKey: true };
    }
    if (!isSeq(node) || typeof part !== 'number') return undefined;
    const item = node.items[part] as Node | undefined;
    return item && { node: item, value: item, isKey: false };
  }

  #keysOf(map: YAMLMap): Map<string, { key: Scalar; value: unknown }> {
    const known = this.#keys.get(map);
    if (known) return known;
    const keys = new Map(
      map.items.flatMap(({ key, value }) => (isScalar(key) ? [[String(key.value), { key, value }] as const] : [])),
    );
    this.#keys.set(map, keys);
    return keys;
  }
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
