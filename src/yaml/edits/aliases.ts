import { type Alias, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';

/** The node that each alias stands for. */
export type Aliases = ReadonlyMap<Alias, Node>;

/** Answers every alias of a document with the nearest anchor of its name before it. */
export function aliasesIn(contents: Node): Aliases {
  const aliases = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) aliases.set(node, target);
      return;
    }
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) anchors.set(node.anchor, node);
    if (isSeq(node)) node.items.forEach(visit);
    else if (isMap(node)) for (const { key, value } of node.items) for (const each of [key, value]) visit(each);
  };
  visit(contents);
  return aliases;
}

/** True for a key that merges another map into its own: `<<`, not in quotes. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}
