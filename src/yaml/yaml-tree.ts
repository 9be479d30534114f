import { isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { Tree, TreeKind } from '../model/inventory/tree.js';
import type { Place } from '../model/problem/problem.js';
import { markedItems } from './edits/marks.js';
import type { Lines } from './lines.js';
import { plainBoolean, plainScalarKind } from './plain-scalar.js';
import type { TextPool } from './text.js';
import { type Aliases, isMergeKey } from './yaml-check.js';

/** What all nodes of a document share. */
export interface YamlContext {
  readonly lines: Lines;
  /** Where the document's piece of text begins in the file. */
  readonly offset: number;
  readonly aliases: Aliases;
  readonly pool: TextPool;
}

/** A view on a document that `checkDocument` found nothing wrong with: its aliases have answers and do not loop. */
export function yamlTree(node: Node, context: YamlContext): Tree {
  return new YamlTree(node, node, context);
}

class YamlTree implements Tree {
  readonly kind: TreeKind;
  readonly #node: unknown;
  /** The node as it is written, which may be an alias. */
  readonly #written: unknown;
  readonly #context: YamlContext;

  constructor(node: unknown, written: unknown, context: YamlContext) {
    this.#node = node;
    this.#written = written;
    this.#context = context;
    this.kind = kindOf(node);
  }

  get(key: string): Tree | undefined {
    if (!isMap(this.#node)) return undefined;
    const value = this.#find(this.#node, key);
    return value && this.#tree(value.node, value.key);
  }

  items(): readonly Tree[] {
    return isSeq(this.#node) ? this.#node.items.map((item) => this.#tree(item, this.#node)) : [];
  }

  entries(): readonly (readonly [string, Tree])[] {
    if (!isMap(this.#node)) return [];
    const entries = new Map<string, Tree>();
    this.#collect(this.#node, entries);
    return [...entries];
  }

  string(): string | undefined {
    return this.kind === 'text' ? this.#context.pool.keep(String((this.#node as Scalar).value)) : undefined;
  }

  boolean(): boolean | undefined {
    return this.kind === 'boolean' ? plainBoolean(String((this.#node as Scalar).value)) : undefined;
  }

  place(): Place | undefined {
    const range = (this.#written as Partial<ParsedNode>).range;
    return range ? this.#context.lines.place(this.#context.offset + range[0]) : undefined;
  }

  marks(): readonly string[] {
    if (!isSeq(this.#node)) return [];
    const names = this.items().map((item) => (item.get('name') ?? item).string() ?? '');
    const { lines, offset } = this.#context;
    return markedItems(this.#node, names, lines.text, offset).map((index) => names[index] ?? '');
  }

  #tree(node: unknown, fallback: unknown): Tree {
    return new YamlTree(this.#resolve(node), node ?? fallback, this.#context);
  }

  #resolve(node: unknown): unknown {
    return isAlias(node) ? this.#context.aliases.get(node) : node;
  }

  // A key of the map itself goes before merged ones, and of those the first (https://yaml.org/type/merge.html).
  #find(map: YAMLMap, key: string): { node: unknown; key: unknown } | undefined {
    for (const pair of map.items) {
      if (this.#textOf(pair.key) === key && !isMergeKey(pair.key)) return { node: pair.value, key: pair.key };
    }
    for (const merged of this.#merged(map)) {
      const found = this.#find(merged, key);
      if (found) return found;
    }
    return undefined;
  }

  #collect(map: YAMLMap, into: Map<string, Tree>): void {
    for (const pair of map.items) {
      const key = this.#textOf(pair.key);
      if (isMergeKey(pair.key) || into.has(key)) continue;
      into.set(this.#context.pool.keep(key), this.#tree(pair.value, pair.key));
    }
    for (const merged of this.#merged(map)) this.#collect(merged, into);
  }

  #merged(map: YAMLMap): YAMLMap[] {
    const maps: YAMLMap[] = [];
    for (const pair of map.items) {
      if (!isMergeKey(pair.key)) continue;
      const value = this.#resolve(pair.value);
      const all = isSeq(value) ? value.items.map((item) => this.#resolve(item)) : [value];
      maps.push(...all.filter(isMap));
    }
    return maps;
  }

  #textOf(key: unknown): string {
    return String((this.#resolve(key) as Scalar).value);
  }
}

const tagKinds: ReadonlyMap<string, TreeKind> = new Map<string, TreeKind>([
  ['tag:yaml.org,2002:int', 'number'],
  ['tag:yaml.org,2002:float', 'number'],
  ['tag:yaml.org,2002:bool', 'boolean'],
  ['tag:yaml.org,2002:null', 'null'],
]);

/** What a node is to Kubernetes; an alias must be resolved before. */
export function kindOf(node: unknown): TreeKind {
  if (isMap(node)) return 'map';
  if (isSeq(node)) return 'list';
  if (!isScalar(node)) return 'null';
  if (node.tag !== undefined) return tagKinds.get(node.tag) ?? 'text';
  // An absent value has no type; the parser was told to leave all scalars as text.
  return node.type === undefined || node.type === 'PLAIN' ? plainScalarKind(String(node.value)) : 'text';
}
