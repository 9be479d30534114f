import type { Tree, TreeKind } from '../model/inventory/tree.js';
import type { Place } from '../model/problem/problem.js';
import type { Source } from './source.js';

/** The things that all nodes know, with the answers of one that holds nothing. */
export abstract class BaseNode implements Tree {
  abstract readonly kind: TreeKind;

  constructor(
    readonly source: Source,
    /** Where the value begins, without its anchor and tag. */
    readonly offset: number,
    /** Where it ends, without line break and comments. */
    readonly end: number,
  ) {}

  get(_key: string): Tree | undefined {
    return undefined;
  }

  items(): readonly Tree[] {
    return [];
  }

  entries(): readonly (readonly [string, Tree])[] {
    return [];
  }

  string(): string | undefined {
    return undefined;
  }

  boolean(): boolean | undefined {
    return undefined;
  }

  number(): number | undefined {
    return undefined;
  }

  place(): Place {
    return this.source.lines.place(this.offset);
  }

  marks(): readonly string[] {
    return [];
  }
}
