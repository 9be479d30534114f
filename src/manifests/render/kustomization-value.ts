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

/** The engine that writes into a kustomization before it builds it. */
export type KustomizationEditor = 'argocd' | 'flux';

/**
 * Lays fields over those of a kustomization, as Argo CD (by `kustomize edit`) and kustomize-controller edit the file before
 * they build it: lists become longer, maps take keys, images and replicas go by their names, anything else is replaced.
 */
export function layOver(
  fields: KustomizationFields,
  over: Readonly<Record<string, unknown>>,
  editor: KustomizationEditor,
): void {
  for (const [key, value] of Object.entries(over)) {
    const own = [...fields.keys()].find((each) => foldedKey(each) === foldedKey(key)) ?? key;
    fields.set(own, laidOver(foldedKey(key), fields.get(own), value, editor));
  }
}

function laidOver(
  key: string,
  own: KustomizationValue,
  over: unknown,
  editor: KustomizationEditor,
): KustomizationValue {
  if (key === 'images' && Array.isArray(over))
    return byName(own, over, editor === 'flux' ? mergedImage : replacedImage);
  if (key === 'replicas' && Array.isArray(over)) return byName(own, over, (_old, item) => item);
  if (Array.isArray(over) && Array.isArray(own)) return [...own, ...over];
  if (isMap(over) && own instanceof Map) return new Map([...own, ...Object.entries(over)]);
  return over;
}

type Merge = (old: unknown, item: unknown) => unknown;

function byName(own: KustomizationValue, over: readonly unknown[], merge: Merge): unknown[] {
  const items = Array.isArray(own) ? [...own] : [];
  for (const item of over) {
    const at = items.findIndex((each) => get(each, 'name') !== undefined && get(each, 'name') === get(item, 'name'));
    const merged = merge(at < 0 ? undefined : items[at], item);
    if (at < 0) items.push(merged);
    else items[at] = merged;
  }
  return items;
}

/** Flux: `GenerateManifest` of fluxcd/pkg/kustomize. A tag and a digest take each other's place. */
function mergedImage(old: unknown, item: unknown): unknown {
  const isPinned = Boolean(get(item, 'newTag')) || Boolean(get(item, 'digest'));
  const kept = entriesOf(old).filter(([key]) => !isPinned || !['newTag', 'digest'].includes(key));
  return new Map([...kept, ...entriesOf(item).filter(([, value]) => value !== '')]);
}

/** Argo CD: `kustomize edit set image`. An asterisk stands for what the entry had. */
function replacedImage(old: unknown, item: unknown): unknown {
  const entries = entriesOf(item).map(([key, value]): [string, unknown] => [
    key,
    value === '*' ? get(old, key) : value,
  ]);
  return new Map(entries.filter(([, value]) => value !== undefined));
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
