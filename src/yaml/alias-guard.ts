import { YamlError } from './yaml-error.js';

// As go-yaml v2, the parser of Kubernetes, counts them.
const few = 400_000;
const many = 4_000_000;

/** Counts the values of a document with all aliases written out, and stops where these multiply it beyond use. */
export class AliasGuard {
  /** All values so far. */
  counted = 0;
  #added = 0;

  count(): void {
    this.counted++;
  }

  /** Counts what an alias stands for. */
  add(size: number, offset: number): void {
    this.counted += size + 1;
    this.#added += size;
    const share = this.counted <= few ? 0.99 : 0.99 - (0.89 * (this.counted - few)) / (many - few);
    if (this.#added > 100 && this.counted > 1000 && this.#added > Math.max(share, 0.1) * this.counted)
      throw new YamlError('the aliases multiply the document beyond what Kubernetes reads', offset, 'manifest-alias');
  }
}
