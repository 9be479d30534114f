import { AliasNode, ListNode, MapNode, type TreeNode, targetOf } from './nodes.js';
import type { OpenValues } from './open-values.js';
import { ScalarNode } from './scalar-nodes.js';
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
  readonly #open: OpenValues;
  #start = 0;
  #seen: Set<string> | undefined;
  #merges: Merge[] | undefined;
  #key: string | undefined;
  #isMerge = false;
  #lost: YamlError[] = [];

  /** @param open holds the pairs until the map is built */
  constructor(open: OpenValues) {
    this.#open = open;
  }

  /**
   * Forgets the map before, and begins another one.
   *
   * @param lost takes what kubectl passes over without a word: of a key that occurs twice it takes the last
   */
  begin(lost: YamlError[]): this {
    this.#lost = lost;
    this.#start = this.#open.size;
    this.#seen = undefined;
    this.#merges = undefined;
    this.#key = undefined;
    this.#isMerge = false;
    return this;
  }

  /** Adds a key, then its value, then the next key. */
  add(node: TreeNode, pool: TextPool): void {
    if (this.#isMerge) this.#addMerge(node);
    else if (this.#key !== undefined) this.#addValue(this.#key, node, pool);
    else if (isMergeKey(node)) this.#isMerge = true;
    else this.#key = this.#newKey(node, pool);
  }

  /** Takes the keys and the values of the map, with those that it merges. */
  build(pool: TextPool): [readonly string[], readonly TreeNode[]] {
    const keys = this.#open.keysFrom(this.#start, pool);
    const values = this.#open.valuesFrom(this.#start);
    this.#open.drop(this.#start);
    return this.#merges ? mergedPairs(keys, values, this.#merges) : [keys, values];
  }

  #newKey(node: TreeNode, pool: TextPool): string {
    const isPlain = node instanceof ScalarNode && node.style === 'plain' && node.tag === undefined;
    const known = isPlain ? pool.key(node.source.lines.text, node.offset, node.end) : undefined;
    const key = known ?? this.#keyOf(node, pool, isPlain);
    if (this.#isKnown(key, pool)) this.#lost.push(new YamlError('the key occurs twice in one map', node.offset));
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

  #isKnown(key: string, pool: TextPool): boolean {
    if (this.#open.size - this.#start <= few) return this.#open.indexOf(key, this.#start) !== undefined;
    this.#seen ??= new Set(this.#open.keysFrom(this.#start, pool));
    return this.#seen.has(key);
  }

  #addValue(key: string, node: TreeNode, pool: TextPool): void {
    this.#key = undefined;
    const known = this.#isKnown(key, pool) ? this.#open.indexOf(key, this.#start) : undefined;
    if (known !== undefined) return this.#open.replace(known, node);
    this.#open.add(node, key);
    this.#seen?.add(key);
  }

  #addMerge(node: TreeNode): void {
    const target = targetOf(node);
    const maps = (target instanceof ListNode && !(node instanceof AliasNode) ? target.values : [node]).map(targetOf);
    if (!maps.every((map) => map instanceof MapNode))
      throw new YamlError('"<<" merges maps, and this is none', node.offset);
    this.#merges ??= [];
    this.#merges.push({ after: this.#open.size - this.#start, node, maps });
    this.#isMerge = false;
  }
}

/** The pairs of a map with those that it merges. */
function mergedPairs(
  keys: readonly string[],
  values: readonly TreeNode[],
  merges: readonly Merge[],
): [readonly string[], readonly TreeNode[]] {
  const merged = asWritten(keys, values, merges);
  // kubectl lets what comes later win, kustomize what is written in the map itself, then the first merge.
  for (const [key, value] of inOrder(keys, values, merges)) {
    if (merged.get(key) === value) continue;
    const { node } = merges.find(({ maps }) => maps.some((map) => map.get(key) !== undefined))!;
    throw new YamlError(
      '"<<" gives a key that this map gets elsewhere too: kubectl and kustomize take different values',
      node.offset,
    );
  }
  return [[...merged.keys()], [...merged.values()]];
}

/** By https://yaml.org/type/merge.html: what is written in the map goes first, then the first map that is merged. */
function asWritten(
  keys: readonly string[],
  values: readonly TreeNode[],
  merges: readonly Merge[],
): Map<string, TreeNode> {
  const pairs = new Map(keys.map((key, index) => [key, values[index]!]));
  for (const map of merges.flatMap(({ maps }) => maps)) {
    for (const [key, value] of map.entries()) if (!pairs.has(key)) pairs.set(key, value);
  }
  return pairs;
}

/** One after the other, each taking the place of what came before, as go-yaml v2 does. */
function inOrder(
  keys: readonly string[],
  values: readonly TreeNode[],
  merges: readonly Merge[],
): Map<string, TreeNode> {
  const pairs = new Map<string, TreeNode>();
  let next = 0;
  for (let index = 0; index <= keys.length; index++) {
    for (; next < merges.length && merges[next]!.after === index; next++) {
      for (const map of [...merges[next]!.maps].reverse())
        for (const [key, value] of map.entries()) pairs.set(key, value);
    }
    const key = keys[index];
    if (key !== undefined) pairs.set(key, values[index]!);
  }
  return pairs;
}

/** True for `<<` that is no text. */
function isMergeKey(node: TreeNode): boolean {
  if (!(node instanceof ScalarNode) || node.end - node.offset > 4) return false;
  if (node.tag === undefined)
    return node.style === 'plain' && node.source.lines.text.charCodeAt(node.offset) === 0x3c && node.value === '<<';
  if (node.tag === '!') return node.value === '<<';
  return node.tag === 'tag:yaml.org,2002:merge' && node.value === '<<';
}
