import type { Tree, TreeKind } from '../model/inventory/tree.js';
import { BaseNode } from './base-node.js';
import { markedItems } from './edits/marks.js';
import { type JsonScalarNode, ScalarNode } from './scalar-nodes.js';
import type { Source } from './source.js';

/** A value of a YAML or JSON text. */
export type TreeNode = ScalarNode | JsonScalarNode | MapNode | ListNode | AliasNode;

/** A map; what it merges is in it like the rest. */
export class MapNode extends BaseNode {
  get kind(): 'map' {
    return 'map';
  }

  constructor(
    source: Source,
    offset: number,
    end: number,
    readonly isFlow: boolean,
    readonly keys: readonly string[],
    readonly values: readonly TreeNode[],
  ) {
    super(source, offset, end);
  }

  override get(key: string): TreeNode | undefined {
    return this.values[this.keys.indexOf(key)];
  }

  override entries(): readonly (readonly [string, TreeNode])[] {
    return this.keys.map((key, index) => [key, this.values[index]!]);
  }
}

/** A list. */
export class ListNode extends BaseNode {
  get kind(): 'list' {
    return 'list';
  }

  constructor(
    source: Source,
    offset: number,
    end: number,
    readonly isFlow: boolean,
    readonly values: readonly TreeNode[],
  ) {
    super(source, offset, end);
  }

  override items(): readonly TreeNode[] {
    return this.values;
  }

  override marks(): readonly string[] {
    const names = this.#names();
    return this.markedItems(names).map((index) => names[index] ?? '');
  }

  /** The places of the items that carry a mark. */
  markedItems(names: readonly string[] = this.#names()): readonly number[] {
    const list = { start: this.offset, end: this.end, isFlow: this.isFlow, ends: this.values.map(markableEnd) };
    return markedItems(list, names, this.source.lines.text);
  }

  #names(): string[] {
    return this.values.map((item) => (item.get('name') ?? item).string() ?? '');
  }
}

/** Something that is written elsewhere. */
export class AliasNode extends BaseNode {
  readonly target: Exclude<TreeNode, AliasNode>;

  constructor(source: Source, offset: number, end: number, target: Exclude<TreeNode, AliasNode>) {
    super(source, offset, end);
    this.target = target;
  }

  get kind(): TreeKind {
    return this.target.kind;
  }

  override get(key: string): Tree | undefined {
    return this.target.get(key);
  }

  override items(): readonly Tree[] {
    return this.target.items();
  }

  override entries(): readonly (readonly [string, Tree])[] {
    return this.target.entries();
  }

  override string(): string | undefined {
    return this.target.string();
  }

  override boolean(): boolean | undefined {
    return this.target.boolean();
  }

  override number(): number | undefined {
    return this.target.number();
  }

  override marks(): readonly string[] {
    return this.target.marks();
  }
}

/** The node itself, or what it is an alias of. */
export function targetOf(node: TreeNode): Exclude<TreeNode, AliasNode> {
  return node instanceof AliasNode ? node.target : node;
}

/** Where the mark of an item would follow. */
function markableEnd(item: TreeNode): number | undefined {
  const last = item instanceof MapNode && !item.isFlow ? item.get('name') : item;
  if (!last || last instanceof ListNode) return undefined;
  return last instanceof ScalarNode && (last.style === 'literal' || last.style === 'folded') ? undefined : last.end;
}
