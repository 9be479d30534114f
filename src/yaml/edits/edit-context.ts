import { isAlias, isMap, isSeq, type Node } from 'yaml';
import { valueAt } from '../../model/inventory/list-patch.js';
import type { Tree } from '../../model/inventory/tree.js';
import type { TreeNode } from '../nodes.js';
import { type Aliases, aliasesIn } from './aliases.js';
import { endOf, textOf } from './nodes.js';
import type { SourceText } from './source-text.js';
import type { FileStyle } from './style.js';

/**
 * Context that all edits of one document share. Offsets of nodes count in the piece of text that the document stands
 * in.
 */
export class EditContext {
  readonly source: SourceText;
  readonly contents: Node;
  /** The same as Kubernetes reads it. */
  readonly root: TreeNode;
  readonly aliases: Aliases;
  /** The nodes that an alias stands for. */
  readonly used: ReadonlySet<Node>;
  readonly #style: FileStyle;
  readonly #offset: number;
  readonly #closings = new Map<string, ReadonlyMap<number, number>>();

  /** @param offset where the piece begins in the file */
  constructor(source: SourceText, contents: Node, root: TreeNode, style: FileStyle, offset: number) {
    this.source = source;
    this.contents = contents;
    this.root = root;
    this.aliases = aliasesIn(contents);
    this.used = new Set(this.aliases.values());
    this.#style = style;
    this.#offset = offset;
  }

  /** Tree of an object of the document. */
  tree({ path }: { readonly path: readonly (string | number)[] }): Tree {
    return valueAt(this.root, path)!;
  }

  /** How far the dashes of a list stand to the right of its key, around here. */
  listStep(at: number): number {
    return this.#style.listStep(this.#offset + at);
  }

  /** How far the keys of a map stand to the right of its own, around here. */
  mapStep(at: number): number {
    return this.#style.mapStep(this.#offset + at);
  }

  /** Spaces between a brace and what is in it, around here. */
  padding(at: number): string {
    return this.#style.padding(this.#offset + at);
  }

  /** How many lists of a key close with a bracket on the line that begins at an offset. */
  listsClosing(key: string, lineStart: number): number {
    const known = this.#closings.get(key) ?? this.#closingsOf(key);
    this.#closings.set(key, known);
    return known.get(lineStart) ?? 0;
  }

  #closingsOf(key: string): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    const visit = (node: unknown): void => {
      if (isSeq(node)) return node.items.forEach(visit);
      if (!isMap(node)) return;
      for (const pair of node.items) {
        if (isSeq(pair.value) && pair.value.flow && textOf(pair.key, this.aliases) === key && !isAlias(pair.key)) {
          const line = this.source.lineStart(endOf(pair.value, this.source));
          counts.set(line, (counts.get(line) ?? 0) + 1);
        }
        visit(pair.value);
      }
    };
    visit(this.contents);
    return counts;
  }
}
