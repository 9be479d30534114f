import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';

/** As many values as aliases may add to a document. */
const mostAdded = 100_000;

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Flaw of a document that is well-formed. Its words are the same for every file. */
export interface DocumentFlaw {
  readonly message: string;
  readonly offset: number;
  readonly hint?: string;
}

/**
 * Walks a document once. Finds keys that occur twice, that are no text or that reach into JavaScript, aliases that are
 * unknown, loop or multiply the document, merges of something else than maps, and text that is not Unicode.
 */
export function documentFlaws(document: Document): DocumentFlaw[] {
  const walk = new Walk();
  try {
    walk.node(document.contents);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  }
  return walk.flaws;
}

/** Ends the walk: what multiplies is not walked any further. */
class Stop extends Error {}

interface Anchor {
  readonly node: Node;
  open: boolean;
  size: number;
}

class Walk {
  readonly flaws: DocumentFlaw[] = [];
  readonly #anchors = new Map<string, Anchor>();
  #added = 0;

  /** Walks a node; its size with all aliases written out. */
  node(node: unknown): number {
    if (isAlias(node)) return this.#alias(node);
    if (isScalar(node) && typeof node.value === 'string' && /\p{Surrogate}/u.test(node.value))
      this.#flaw(node, 'the text holds half of a surrogate pair, which is no character');
    const anchor = this.#open(node);
    const size = 1 + this.#inside(node);
    if (anchor) Object.assign(anchor, { open: false, size });
    return size;
  }

  #open(node: unknown): Anchor | undefined {
    if (!(isScalar(node) || isMap(node) || isSeq(node)) || node.anchor === undefined) return undefined;
    const anchor = { node, open: true, size: 1 };
    this.#anchors.set(node.anchor, anchor);
    return anchor;
  }

  #inside(node: unknown): number {
    if (isMap(node)) return this.#map(node);
    return isSeq(node) ? node.items.reduce((size: number, item) => size + this.node(item), 0) : 0;
  }

  #map(map: YAMLMap): number {
    const seen = new Set<string>();
    let size = 0;
    for (const pair of map.items) {
      size += this.node(pair.key) + this.node(pair.value);
      if (isMerge(pair)) this.#merge(pair);
      else this.#key(pair.key, seen);
    }
    return size;
  }

  #key(key: unknown, seen: Set<string>): void {
    const text = isScalar(key) ? String(key.value) : undefined;
    if (text === undefined || forbiddenKeys.has(text)) return this.#flaw(key, 'this key is not allowed');
    if (seen.has(text)) this.#flaw(key, 'the key occurs twice in one mapping');
    seen.add(text);
  }

  #merge({ key, value }: Pair): void {
    const target = this.#target(value);
    const merged = isSeq(target) ? target.items.map((item) => this.#target(item)) : [target];
    if (!merged.every((each) => isMap(each) || each === undefined)) this.#flaw(key, '"<<" merges mappings only');
  }

  #target(node: unknown): unknown {
    return isAlias(node) ? this.#anchors.get(node.source)?.node : node;
  }

  #alias(alias: Alias): number {
    const anchor = this.#anchors.get(alias.source);
    if (!anchor) {
      // A value that begins with a star reads as an alias.
      this.#flaw(alias, 'the alias stands for no anchor before it', 'put quotes around a value that begins with "*"');
      return 1;
    }
    if (anchor.open) {
      this.#flaw(alias, 'the alias stands for something that it is itself a part of', 'write the value out');
      return 1;
    }
    this.#added += anchor.size;
    if (this.#added > mostAdded) {
      this.#flaw(alias, 'the aliases multiply the file beyond use', 'write the value out');
      throw new Stop();
    }
    return anchor.size;
  }

  #flaw(node: unknown, message: string, hint?: string): void {
    const offset = (node as Node | null)?.range?.[0] ?? 0;
    this.flaws.push({ message, offset, ...(hint !== undefined && { hint }) });
  }
}

/** True for `<<: …` with the key not in quotes. The library gives that key a symbol for its value. */
function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}
