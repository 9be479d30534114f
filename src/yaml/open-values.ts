import type { TreeNode } from './nodes.js';
import type { TextPool } from './text.js';

/**
 * Values of the collections that are open, those of inner ones above those of outer ones, with the keys of maps beside
 * them. One array that only grows, where one for each collection would take room for more than it holds.
 */
export class OpenValues {
  readonly #keys: string[] = [];
  readonly #values: TreeNode[] = [];
  #size = 0;

  /** How many there are: where those of the next collection begin. */
  get size(): number {
    return this.#size;
  }

  add(value: TreeNode, key = ''): void {
    this.#keys[this.#size] = key;
    this.#values[this.#size++] = value;
  }

  /** Puts another value at an index. */
  replace(index: number, value: TreeNode): void {
    this.#values[index] = value;
  }

  /** Where a key is among those of the innermost map; undefined where it is not. */
  indexOf(key: string, start: number): number | undefined {
    for (let index = start; index < this.#size; index++) if (this.#keys[index] === key) return index;
    return undefined;
  }

  keysFrom(start: number, pool: TextPool): readonly string[] {
    return pool.keys(this.#keys, start, this.#size);
  }

  valuesFrom(start: number): TreeNode[] {
    return this.#values.slice(start, this.#size);
  }

  /** Forgets the values of the innermost collection. */
  drop(start: number): void {
    this.#size = start;
  }
}
