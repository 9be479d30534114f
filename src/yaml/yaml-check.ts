import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { ProblemCode } from '../model/problem/problem-codes.js';

// As many values as go-yaml v2, the parser of Kubernetes, takes before it counts aliases.
const mostAdded = 400_000;
const few = 8;

/** What is wrong with a document that is well-formed. */
export interface DocumentFlaw {
  readonly code: ProblemCode;
  readonly message: string;
  readonly offset: number;
}

/** The node that each alias stands for. */
export type Aliases = ReadonlyMap<Alias, Node>;

/** True for a key that merges another map into its own: `<<`, not in quotes. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/**
 * Walks a document once and answers every alias. Finds aliases that are unknown, lie inside of what they stand for or
 * multiply the document beyond use, keys that occur twice, keys that are no text, and merges of something else than
 * maps. The walk is as deep as the parser was that made the tree.
 */
export function checkDocument(contents: Node): { aliases: Aliases; flaw?: DocumentFlaw } {
  const walk = new Walk();
  try {
    walk.node(contents);
  } catch (flaw) {
    if (flaw instanceof Flaw) return { aliases: walk.aliases, flaw };
    throw flaw;
  }
  return { aliases: walk.aliases };
}

class Flaw extends Error implements DocumentFlaw {
  readonly code: ProblemCode;
  readonly offset: number;

  constructor(code: ProblemCode, message: string, node: unknown) {
    super(message);
    this.code = code;
    this.offset = (node as ParsedNode | null)?.range?.[0] ?? 0;
  }
}

interface Anchor {
  readonly node: Node;
  open: boolean;
  size: number;
}

class Walk {
  readonly aliases = new Map<Alias, Node>();
  readonly #anchors = new Map<string, Anchor>();
  #added = 0;

  /** Walks a node; its size with all aliases written out. */
  node(node: unknown): number {
    if (isAlias(node)) return this.#alias(node);
    if (!isMap(node) && !isSeq(node)) {
      if (isScalar(node) && node.anchor) this.#anchors.set(node.anchor, { node, open: false, size: 1 });
      return 1;
    }
    const anchor: Anchor | undefined = node.anchor ? { node, open: true, size: 1 } : undefined;
    if (anchor && node.anchor) this.#anchors.set(node.anchor, anchor);
    let size = 1;
    if (isMap(node)) size += this.#map(node);
    else for (const item of node.items) size += this.node(item);
    if (anchor) {
      anchor.open = false;
      anchor.size = size;
    }
    return size;
  }

  #alias(alias: Alias): number {
    const anchor = this.#anchors.get(alias.source);
    if (!anchor) throw new Flaw('manifest-alias', 'the alias stands for no anchor before it', alias);
    if (anchor.open)
      throw new Flaw('manifest-alias', 'the alias stands for something that it is itself a part of', alias);
    this.aliases.set(alias, anchor.node);
    this.#added += anchor.size;
    if (this.#added > mostAdded) {
      throw new Flaw('manifest-alias', `the aliases of this document add more than ${mostAdded} values`, alias);
    }
    return anchor.size;
  }

  #map(map: YAMLMap): number {
    let size = 0;
    const { items } = map;
    for (const { key, value } of items) {
      size += this.node(key);
      const keyNode = isAlias(key) ? this.aliases.get(key) : key;
      if (!isScalar(keyNode)) throw new Flaw('manifest-invalid', 'a key must be text, not a map or a list', key);
      if (value !== null) size += this.node(value);
      if (isMergeKey(key)) this.#merge(value);
    }
    this.#unique(items.map(({ key }) => key));
    return size;
  }

  #merge(value: unknown): void {
    const target = this.#target(value);
    const merged = isSeq(target) ? target.items.map((item) => this.#target(item)) : [target];
    if (!merged.every(isMap)) throw new Flaw('manifest-invalid', '"<<" merges maps, and this is none', value);
  }

  #target(node: unknown): unknown {
    return isAlias(node) ? this.aliases.get(node) : node;
  }

  #unique(keys: readonly unknown[]): void {
    if (keys.length < 2) return;
    const seen: string[] = [];
    const many = keys.length > few ? new Set<string>() : undefined;
    for (const key of keys) {
      if (isMergeKey(key)) continue;
      const text = String((this.#target(key) as Scalar).value);
      if (many ? many.has(text) : seen.includes(text)) {
        throw new Flaw('manifest-invalid', 'the key occurs twice in one map', key);
      }
      if (many) many.add(text);
      else seen.push(text);
    }
  }
}
