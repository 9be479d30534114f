import type { Tree } from '../inventory/tree.js';
import type { Place } from '../problem/problem.js';

type Content = ReadonlyMap<string, Field> | readonly Field[] | string | number | boolean | null | undefined;

/** Deeper than anything that people write, and shallow enough for every recursion. */
const maxDepth = 500;

/** A value nests deeper than is read. */
export class TooDeep extends Error {}

/**
 * A value that was copied out of a document, with its place, so that it can be asked when the document is gone. What is
 * not there is a field without a value, so that questions can be chained.
 */
export class Field {
  readonly #content: Content;
  readonly place: Place | undefined;

  private constructor(content: Content, place: Place | undefined) {
    this.#content = content;
    this.place = place;
  }

  /**
   * A copy of a value of a document.
   *
   * @throws TooDeep
   */
  static of(tree: Tree | undefined, depth = 0): Field {
    if (depth > maxDepth) throw new TooDeep();
    return new Field(tree && contentOf(tree, depth + 1), tree?.place());
  }

  /** A plain value that was made at one place. */
  static made(value: unknown, place: Place | undefined): Field {
    if (Array.isArray(value))
      return new Field(
        value.map((item) => Field.made(item, place)),
        place,
      );
    if (typeof value === 'object' && value !== null)
      return new Field(new Map(Object.entries(value).map(([key, item]) => [key, Field.made(item, place)])), place);
    return new Field(value as Content, place);
  }

  /** The value below some keys; it has the place of the nearest value that is there. */
  get(...keys: readonly string[]): Field {
    let field: Field = this;
    for (const key of keys) {
      const next = field.#map()?.get(key);
      field = next ?? new Field(undefined, field.place);
    }
    return field;
  }

  /** Whether there is a value; null is none. */
  get isGiven(): boolean {
    return this.#content !== undefined && this.#content !== null;
  }

  /** Whether it is a map. */
  get isMap(): boolean {
    return this.#map() !== undefined;
  }

  /** A text; undefined for an empty one, which is none to Go, and for any other value. */
  text(): string | undefined {
    return typeof this.#content === 'string' && this.#content !== '' ? this.#content : undefined;
  }

  /** A text, or another scalar as it is written. */
  scalar(): string | undefined {
    const content = this.#content;
    return typeof content === 'number' || typeof content === 'boolean' ? String(content) : this.text();
  }

  /** True for the boolean `true`. */
  isTrue(): boolean {
    return this.#content === true;
  }

  /** The items of a list; none for anything else. */
  items(): readonly Field[] {
    return Array.isArray(this.#content) ? (this.#content as readonly Field[]) : [];
  }

  /** The texts of a list. */
  texts(): readonly string[] {
    return this.items().flatMap((item) => item.text() ?? []);
  }

  /** The keys of a map with their values; none for anything else. */
  entries(): readonly (readonly [string, Field])[] {
    return [...(this.#map() ?? [])];
  }

  /** The scalars of a map, as texts. */
  textMap(): ReadonlyMap<string, string> {
    return new Map(this.entries().map(([key, value]) => [key, value.scalar() ?? '']));
  }

  /** The value as plain data. */
  plain(): unknown {
    const content = this.#content;
    if (Array.isArray(content)) return content.map((item: Field) => item.plain());
    const map = this.#map();
    return map ? Object.fromEntries([...map].map(([key, value]) => [key, value.plain()])) : content;
  }

  #map(): ReadonlyMap<string, Field> | undefined {
    return this.#content instanceof Map ? (this.#content as ReadonlyMap<string, Field>) : undefined;
  }
}

function contentOf(tree: Tree, depth: number): Content {
  switch (tree.kind) {
    case 'map':
      return new Map(tree.entries().map(([key, value]) => [key, Field.of(value, depth)]));
    case 'list':
      return tree.items().map((item) => Field.of(item, depth));
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
