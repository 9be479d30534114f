import { AliasNode, ListNode, MapNode, ScalarNode, type TreeNode, targetOf } from './nodes.js';
import type { TextPool } from './text.js';
import { YamlError } from './yaml-error.js';

const few = 8;

interface Merge {
  /** How many keys of the map itself stand before it. */
  readonly after: number;
  readonly node: TreeNode;
  readonly maps: readonly MapNode[];
}

/** Collects the pairs of a map of YAML. */
export class MapBuilder {
  readonly #keys: string[] = [];
  readonly #values: TreeNode[] = [];
  #seen: Set<string> | undefined;
  #merges: Merge[] | undefined;
  #key: string | undefined;
  #isMerge = false;
  readonly #lost: YamlError[];

  /** @param lost takes what kubectl passes over without a word: of a key that occurs twice it takes the last */
  constructor(lost: YamlError[]) {
    this.#lost = lost;
  }

  /** Adds a key, then its value, then the next key. */
  add(node: TreeNode, pool: TextPool): void {
    if (this.#isMerge) this.#addMerge(node);
    else if (this.#key !== undefined) this.#addValue(this.#key, node);
    else if (isMergeKey(node)) this.#isMerge = true;
    else this.#key = this.#newKey(node, pool);
  }

  /** The keys and the values of the map, with those that it merges. */
  build(pool: TextPool): [readonly string[], readonly TreeNode[]] {
    // A copy takes no more memory than it needs, which an array that grew does.
    if (!this.#merges) return [pool.keys(this.#keys), this.#values.slice()];
    const merged = this.#asWritten(this.#merges);
    // kubectl lets what comes later win, kustomize what is written in the map itself, then the first merge.
    for (const [key, value] of this.#inOrder(this.#merges)) {
      if (merged.get(key) === value) continue;
      const { node } = this.#merges.find(({ maps }) => maps.some((map) => map.get(key) !== undefined))!;
      throw new YamlError(
        '"<<" gives a key that this map gets elsewhere too: kubectl and kustomize take different values',
        node.offset,
      );
    }
    return [[...merged.keys()], [...merged.values()]];
  }

  #newKey(node: TreeNode, pool: TextPool): string {
    const isPlain = node instanceof ScalarNode && node.style === 'plain' && node.tag === undefined;
    const known = isPlain ? pool.key(node.source.lines.text, node.offset, node.end) : undefined;
    const key = known ?? this.#keyOf(node, pool, isPlain);
    if (this.#isKnown(key)) this.#lost.push(new YamlError('the key occurs twice in one map', node.offset));
    return key;
  }

  #keyOf(node: TreeNode, pool: TextPool, isPlain: boolean): string {
    const target = targetOf(node);
    if (target instanceof MapNode || target instanceof ListNode)
      throw new YamlError('a key must be text, not a map or a list', node.offset);
    const { key } = target as ScalarNode;
    if (key === undefined) throw new YamlError('a key must be text', node.offset);
    // A number may be called otherwise than it is written.
    const isWritten = isPlain && (node as ScalarNode).value === key;
    return isWritten ? pool.keepKey(key) : pool.keep(key);
  }

  #isKnown(key: string): boolean {
    if (this.#keys.length <= few) return this.#keys.includes(key);
    this.#seen ??= new Set(this.#keys);
    return this.#seen.has(key);
  }

  #addValue(key: string, node: TreeNode): void {
    this.#key = undefined;
    if (this.#isKnown(key)) {
      this.#values[this.#keys.indexOf(key)] = node;
      return;
    }
    this.#keys.push(key);
    this.#values.push(node);
    this.#seen?.add(key);
  }

  #addMerge(node: TreeNode): void {
    const target = targetOf(node);
    const maps = (target instanceof ListNode && !(node instanceof AliasNode) ? target.values : [node]).map(targetOf);
    if (!maps.every((map) => map instanceof MapNode))
      throw new YamlError('"<<" merges maps, and this is none', node.offset);
    this.#merges ??= [];
    this.#merges.push({ after: this.#keys.length, node, maps });
    this.#isMerge = false;
  }

  /** By https://yaml.org/type/merge.html: what is written in the map goes first, then the first map that is merged. */
  #asWritten(merges: readonly Merge[]): Map<string, TreeNode> {
    const pairs = new Map(this.#keys.map((key, index) => [key, this.#values[index]!]));
    for (const map of merges.flatMap(({ maps }) => maps)) {
      for (const [key, value] of map.entries()) if (!pairs.has(key)) pairs.set(key, value);
    }
    return pairs;
  }

  /** One after the other, each taking the place of what came before, as go-yaml v2 does. */
  #inOrder(merges: readonly Merge[]): Map<string, TreeNode> {
    const pairs = new Map<string, TreeNode>();
    let next = 0;
    for (let index = 0; index <= this.#keys.length; index++) {
      for (; next < merges.length && merges[next]!.after === index; next++) {
        for (const map of [...merges[next]!.maps].reverse())
          for (const [key, value] of map.entries()) pairs.set(key, value);
      }
      const key = this.#keys[index];
      if (key !== undefined) pairs.set(key, this.#values[index]!);
    }
    return pairs;
  }
}

/** True for `<<` that is no text. */
function isMergeKey(node: TreeNode): boolean {
  if (!(node instanceof ScalarNode) || node.end - node.offset > 4) return false;
  if (node.tag === undefined)
    return node.style === 'plain' && node.source.lines.text.charCodeAt(node.offset) === 0x3c && node.value === '<<';
  if (node.tag === '!') return node.value === '<<';
  return node.tag === 'tag:yaml.org,2002:merge' && node.value === '<<';
}
