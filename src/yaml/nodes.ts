import type { Tree, TreeKind } from '../model/inventory/tree.js';
import type { Place } from '../model/problem/problem.js';
import { markedItems } from './edits/marks.js';
import { Lines } from './lines.js';
import { numberOf, plainBoolean } from './plain-scalar.js';
import { binaryTag, keyOf, scalarKind } from './scalar-kind.js';
import type { ScalarStyle } from './scalar-scan.js';
import { blockScalarValue, flowScalarValue } from './scalar-value.js';
import { TextPool } from './text.js';

/** Source that all nodes of a file share. */
export interface Source {
  readonly lines: Lines;
  readonly pool: TextPool;
}

/** A text that is to be read. */
export function sourceOf({ file, text }: { file: string; text: string }, pool = new TextPool()): Source {
  return { lines: new Lines(file, text), pool };
}

/** A value of a YAML or JSON text. */
export type TreeNode = ScalarNode | JsonScalarNode | MapNode | ListNode | AliasNode;

abstract class BaseNode implements Tree {
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

/** How a scalar is written. */
interface ScalarForm {
  readonly style: ScalarStyle;
  readonly tag: string | undefined;
  /** Of the lines of a block. */
  readonly indent: number;
}

/** Almost all scalars have one of these: a file may hold millions. */
const usualForms: Readonly<Partial<Record<ScalarStyle, ScalarForm>>> = {
  plain: { style: 'plain', tag: undefined, indent: 0 },
  single: { style: 'single', tag: undefined, indent: 0 },
  double: { style: 'double', tag: undefined, indent: 0 },
};

/** A scalar of YAML; its value is only made when it is asked for. */
export class ScalarNode extends BaseNode {
  readonly #form: ScalarForm;

  constructor(source: Source, at: { start: number; end: number; style: ScalarStyle; indent: number }, tag?: string) {
    super(source, at.start, at.end);
    const { style, indent } = at;
    this.#form = (tag === undefined && usualForms[style]) || { style, tag, indent };
  }

  get style(): ScalarStyle {
    return this.#form.style;
  }

  get tag(): string | undefined {
    return this.#form.tag;
  }

  get kind(): TreeKind {
    return scalarKind(this.value, this.style === 'plain', this.tag);
  }

  /** The text that is written here, whatever it stands for. */
  get value(): string {
    const { text } = this.source.lines;
    switch (this.style) {
      case 'plain':
        return flowScalarValue(text.slice(this.offset, this.end), 'plain');
      case 'single':
      case 'double':
        return flowScalarValue(text.slice(this.offset + 1, this.end - 1), this.style);
      default:
        return blockScalarValue(text.slice(this.offset, this.end), this.style, this.#form.indent);
    }
  }

  /** Name of the node as a key; undefined where it cannot be one. */
  get key(): string | undefined {
    const { value } = this;
    return keyOf(this.#text(value), scalarKind(value, this.style === 'plain', this.tag));
  }

  override string(): string | undefined {
    const { value } = this;
    return scalarKind(value, this.style === 'plain', this.tag) === 'text'
      ? this.source.pool.keep(this.#text(value))
      : undefined;
  }

  override boolean(): boolean | undefined {
    return this.kind === 'boolean' ? plainBoolean(this.value) : undefined;
  }

  override number(): number | undefined {
    return this.kind === 'number' ? numberOf(this.value) : undefined;
  }

  #text(value: string): string {
    return this.tag === binaryTag ? Buffer.from(value, 'base64').toString() : value;
  }
}

/** A scalar of JSON. */
export class JsonScalarNode extends BaseNode {
  readonly #unescaped: string | undefined;

  /** @param unescaped the value of a text that is not what stands between its quotes */
  constructor(
    source: Source,
    offset: number,
    end: number,
    readonly kind: TreeKind,
    unescaped?: string,
  ) {
    super(source, offset, end);
    this.#unescaped = unescaped;
  }

  get value(): string {
    const quote = this.kind === 'text' ? 1 : 0;
    return this.#unescaped ?? this.source.lines.text.slice(this.offset + quote, this.end - quote);
  }

  override string(): string | undefined {
    return this.kind === 'text' ? this.source.pool.keep(this.value) : undefined;
  }

  override boolean(): boolean | undefined {
    return this.kind === 'boolean' ? this.value === 'true' : undefined;
  }

  override number(): number | undefined {
    return this.kind === 'number' ? Number(this.value) : undefined;
  }
}

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
