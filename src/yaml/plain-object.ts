import { ListNode, MapNode, type TreeNode, targetOf } from './nodes.js';
import { floatOf, integerOf } from './plain-scalar.js';
import { ScalarNode } from './scalar-nodes.js';
import { YamlError } from './yaml-error.js';

/**
 * A value as plain data, with its aliases written out: what Kubernetes makes of it.
 *
 * @throws YamlError for a scalar with a tag, of which readers make different things
 */
export function plainObject(node: TreeNode): unknown {
  const target = targetOf(node);
  if (target instanceof MapNode)
    return Object.fromEntries(target.keys.map((key, index) => [key, plainObject(target.values[index]!)]));
  if (target instanceof ListNode) return target.values.map(plainObject);
  if (target instanceof ScalarNode && target.tag !== undefined)
    throw new YamlError('the value has a tag', target.offset);
  switch (target.kind) {
    case 'null':
      return null;
    case 'number':
      return numberOf(target.value);
    case 'boolean':
      return target.boolean();
    default:
      return target.string();
  }
}

/** A whole number stays exact. */
function numberOf(text: string): number | bigint {
  const integer = integerOf(text);
  if (integer === undefined) return floatOf(text);
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
}
