import type { Tree, TreeKind } from '../model/inventory/tree.js';
import type { Place } from '../model/problem/problem.js';
import type { JsonNode } from './json-parse.js';
import type { Lines } from './lines.js';
import type { TextPool } from './text.js';

/** A view on parsed JSON. */
export function jsonTree(node: JsonNode, lines: Lines, pool: TextPool): Tree {
  return new JsonTree(node, lines, pool);
}

class JsonTree implements Tree {
  readonly #node: JsonNode;
  readonly #lines: Lines;
  readonly #pool: TextPool;

  constructor(node: JsonNode, lines: Lines, pool: TextPool) {
    this.#node = node;
    this.#lines = lines;
    this.#pool = pool;
  }

  get kind(): TreeKind {
    return this.#node.kind;
  }

  get(key: string): Tree | undefined {
    const value = this.#node.kind === 'map' ? this.#node.entries.get(key) : undefined;
    return value && this.#tree(value);
  }

  items(): readonly Tree[] {
    return this.#node.kind === 'list' ? this.#node.items.map((item) => this.#tree(item)) : [];
  }

  entries(): readonly (readonly [string, Tree])[] {
    if (this.#node.kind !== 'map') return [];
    return [...this.#node.entries].map(([key, value]) => [this.#pool.keep(key), this.#tree(value)] as const);
  }

  string(): string | undefined {
    return this.#node.kind === 'text' ? this.#pool.keep(this.#node.value) : undefined;
  }

  boolean(): boolean | undefined {
    return this.#node.kind === 'boolean' ? this.#node.value : undefined;
  }

  place(): Place {
    return this.#lines.place(this.#node.offset);
  }

  /** JSON has no comments. */
  marks(): readonly string[] {
    return [];
  }

  #tree(node: JsonNode): Tree {
    return new JsonTree(node, this.#lines, this.#pool);
  }
}
