import type { Place } from '../problem/problem.js';

/** The kind of a value, as Kubernetes would read it. */
export type TreeKind = 'map' | 'list' | 'text' | 'number' | 'boolean' | 'null';

/**
 * A read-only view on one value of a parsed document, the same for YAML with positions, JSON with positions and plain
 * objects. Every question has an answer for every kind: asking a list for a key gives undefined, not an error.
 */
export interface Tree {
  readonly kind: TreeKind;
  /** The value of a key of a map; own keys only, so that `constructor` is a key like any other. */
  get(key: string): Tree | undefined;
  /** The items of a list, in order; none for anything else. */
  items(): readonly Tree[];
  /** The keys of a map with their values, in order; none for anything else. */
  entries(): readonly (readonly [string, Tree])[];
  /** The text of a value that is text; undefined for numbers, booleans and the rest. */
  string(): string | undefined;
  /** The value of a boolean. */
  boolean(): boolean | undefined;
  /** The value of a number; one of more than 53 bits is rounded, as in Go's JSON. */
  number(): number | undefined;
  /** Where the value begins, where that is known. */
  place(): Place | undefined;
  /** The names on a list that carry the mark of an entry that this package added; none where nothing can carry one. */
  marks(): readonly string[];
}

/** A view on a plain value, such as the result of `toJson()`. It has no places. */
export function plainTree(value: unknown): Tree {
  return new PlainTree(value);
}

/** Deeper than anything that people write, and shallow enough for every recursion. */
const deepest = 200;

/** The value of a tree as plain data; what nests deeper than anybody writes is left out. */
export function plainOf(tree: Tree, depth = 0): unknown {
  if (depth > deepest) return undefined;
  switch (tree.kind) {
    case 'map':
      return Object.fromEntries(tree.entries().map(([key, value]) => [key, plainOf(value, depth + 1)]));
    case 'list':
      return tree.items().map((item) => plainOf(item, depth + 1));
    case 'text':
      return tree.string();
    case 'number':
      return tree.number();
    case 'boolean':
      return tree.boolean();
    case 'null':
      return null;
  }
}

class PlainTree implements Tree {
  readonly kind: TreeKind;
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
    this.kind = kindOf(value);
  }

  get(key: string): Tree | undefined {
    const map = this.#map();
    return map && Object.hasOwn(map, key) ? new PlainTree(map[key]) : undefined;
  }

  items(): readonly Tree[] {
    return Array.isArray(this.#value) ? this.#value.map(plainTree) : [];
  }

  entries(): readonly (readonly [string, Tree])[] {
    return Object.entries(this.#map() ?? {}).map(([key, value]) => [key, new PlainTree(value)] as const);
  }

  string(): string | undefined {
    return typeof this.#value === 'string' ? this.#value : undefined;
  }

  boolean(): boolean | undefined {
    return typeof this.#value === 'boolean' ? this.#value : undefined;
  }

  number(): number | undefined {
    return this.kind === 'number' ? Number(this.#value) : undefined;
  }

  place(): undefined {
    return undefined;
  }

  marks(): readonly string[] {
    return [];
  }

  #map(): Readonly<Record<string, unknown>> | undefined {
    return this.kind === 'map' ? (this.#value as Record<string, unknown>) : undefined;
  }
}

function kindOf(value: unknown): TreeKind {
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
    case 'bigint':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      return value === null ? 'null' : 'map';
    default:
      return 'null';
  }
}
