import { MapBuilder } from './map-builder.js';
import { type AliasNode, ListNode, MapNode, type TreeNode } from './nodes.js';
import { OpenValues } from './open-values.js';
import type { Source } from './source.js';
import type { YamlError } from './yaml-error.js';

/** States of a collection, by what is expected next. */
export type State =
  | ('blockItem' | 'plainItem' | 'blockKey' | 'blockValue' | 'flowItem' | 'pairKey' | 'pairValue' | 'pairEnd')
  | ('flowKey' | 'flowValue' | 'noValue');

const blocks: ReadonlySet<State> = new Set<State>(['blockItem', 'plainItem', 'blockKey']);

/** A name for a node, which aliases take. */
export interface Anchor {
  /** Undefined inside of what it stands before. */
  node: Exclude<TreeNode, AliasNode> | undefined;
  size: number;
  /** How many values came before it. */
  readonly before: number;
}

/** A collection that is being read. */
export interface OpenCollection {
  state: State;
  readonly offset: number;
  readonly anchor: Anchor | undefined;
  isEmpty: boolean;
  end: number;
}

/** A collection that is being read, or was: there is one for each depth, which is filled again. */
class Opened implements OpenCollection {
  state: State = 'blockKey';
  offset = 0;
  anchor: Anchor | undefined;
  isEmpty = true;
  end = 0;
  /** Undefined for a list. */
  map: MapBuilder | undefined;
  /** Where its values begin among those of all that are open. */
  start = 0;

  constructor(readonly builder: MapBuilder) {}
}

/** Collections that are being read, from the outermost to the innermost. */
export class OpenCollections {
  readonly #source: Source;
  readonly #values = new OpenValues();
  readonly #opened: Opened[] = [];
  #depth = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Forgets what a document has left open that could not be read. */
  clear(): void {
    this.#depth = 0;
    this.#values.drop(0);
  }

  get innermost(): OpenCollection | undefined {
    return this.#depth === 0 ? undefined : this.#opened[this.#depth - 1];
  }

  /** @param lost takes what is wrong with a map and kubectl passes over */
  open(state: State, offset: number, anchor: Anchor | undefined, isMap: boolean, lost: YamlError[]): void {
    if (this.#depth === this.#opened.length) this.#opened.push(new Opened(new MapBuilder(this.#values)));
    const opened = this.#opened[this.#depth++]!;
    opened.state = state;
    opened.offset = offset;
    opened.anchor = anchor;
    opened.isEmpty = true;
    opened.end = offset;
    opened.map = isMap ? opened.builder.begin(lost) : undefined;
    opened.start = this.#values.size;
  }

  /** Adds a value, or a key, to the innermost collection. */
  add(node: TreeNode): void {
    const opened = this.#opened[this.#depth - 1]!;
    opened.end = node.end;
    if (opened.map) opened.map.add(node, this.#source.pool);
    else this.#values.add(node);
  }

  /** Ends the innermost collection, and makes a node of it. */
  close(end: number): MapNode | ListNode {
    const { state, offset, map, start } = this.#opened[--this.#depth]!;
    const isFlow = !blocks.has(state);
    const node = map
      ? new MapNode(this.#source, offset, end, isFlow, ...map.build(this.#source.pool))
      : new ListNode(this.#source, offset, end, isFlow, this.#values.valuesFrom(start));
    this.#values.drop(start);
    return node;
  }
}
