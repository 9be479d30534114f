import { ListNode, MapNode, type TreeNode, targetOf } from '../../yaml/nodes.js';
import { foldedKey } from './kustomization-fields.js';

/** A number, boolean or null as it is written, which keeps every form that YAML has for them. */
export class PlainScalar {
  constructor(readonly text: string) {}
}

/** A value of a kustomization. */
export type KustomizationValue = unknown;

/** The fields of a kustomization that is about to be written, in order. */
export type KustomizationFields = Map<string, KustomizationValue>;

/** The fields of a kustomization that was read. */
export function fieldsOf(root: TreeNode): KustomizationFields {
  const target = targetOf(root);
  return new Map(target instanceof MapNode ? target.entries().map(([key, value]) => [key, plainOf(value)]) : []);
}

function plainOf(node: TreeNode): KustomizationValue {
  const target = targetOf(node);
  if (target instanceof MapNode)
    return new Map(target.entries().map(([key, value]): [string, KustomizationValue] => [key, plainOf(value)]));
  if (target instanceof ListNode) return target.values.map(plainOf);
  return target.string() ?? new PlainScalar(target.kind === 'null' ? 'null' : target.value);
}

/** Lists whose items have names: an item replaces that of its name, key by key. */
const named: ReadonlySet<string> = new Set(['images', 'replicas']);

/**
 * Lays fields over those of a kustomization, as Argo CD and kustomize-controller edit the file before they build it:
 * lists become longer, maps take keys, images and replicas go by their names, anything else is replaced.
 */
export function layOver(fields: KustomizationFields, over: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(over)) {
    const own = [...fields.keys()].find((each) => foldedKey(each) === foldedKey(key)) ?? key;
    fields.set(own, laidOver(foldedKey(key), fields.get(own), value));
  }
}

function laidOver(key: string, own: KustomizationValue, over: unknown): KustomizationValue {
  if (Array.isArray(over) && Array.isArray(own)) return named.has(key) ? byName(own, over) : [...own, ...over];
  if (isMap(over) && own instanceof Map) return new Map([...own, ...Object.entries(over)]);
  return over;
}

function byName(own: readonly unknown[], over: readonly unknown[]): unknown[] {
  const items = [...own];
  for (const item of over) {
    const at = items.findIndex((each) => get(each, 'name') !== undefined && get(each, 'name') === get(item, 'name'));
    if (at < 0) items.push(item);
    else items[at] = new Map([...withoutOther(entriesOf(items[at]), item), ...entriesOf(item)]);
  }
  return items;
}

/** A tag and a digest take each other's place. */
function withoutOther(entries: readonly [string, unknown][], over: unknown): [string, unknown][] {
  const isPinned = get(over, 'newTag') !== undefined || get(over, 'digest') !== undefined;
  return entries.filter(([key]) => !isPinned || !['newTag', 'digest'].includes(key));
}

function get(item: unknown, key: string): unknown {
  return entriesOf(item).find(([each]) => each === key)?.[1];
}

function entriesOf(item: unknown): [string, unknown][] {
  if (item instanceof Map) return [...(item as Map<string, unknown>)];
  return isMap(item) ? Object.entries(item) : [];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PlainScalar);
}

/** A kustomization as text that every reader of YAML takes the same way: as JSON is, but for its plain scalars. */
export function kustomizationText(fields: KustomizationFields): string {
  return `${valueText(fields)}\n`;
}

function valueText(value: KustomizationValue): string {
  if (value instanceof PlainScalar) return value.text;
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return `{${entriesOf(value)
    .map(([key, each]) => `${JSON.stringify(key)}: ${valueText(each)}`)
    .join(', ')}}`;
}
