import path from 'node:path';
import { plainTree, type Tree } from '../model/inventory/tree.js';
import { pathText } from '../model/inventory/tree-path.js';
import { sortedUnique } from '../model/names/names.js';
import { headerPrefix } from '../output/header.js';
import { entryName } from '../yaml/edits/list-need.js';
import { ListNode } from '../yaml/nodes.js';
import { sourceOf } from '../yaml/source.js';
import { toYaml } from '../yaml/yaml.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError } from '../yaml/yaml-error.js';

/** A patch that `attach` writes beside a kustomization: the same names for a list of some objects of one kind. */
export interface OwnPatch {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  /** The names of the objects, as they are in front of the kustomization's own prefix and suffix. */
  readonly objects: readonly string[];
  /** The keys that lead to the list. */
  readonly path: readonly string[];
  readonly pullSecrets: readonly string[];
  /** Whether the list has names of others, so that these stay on it whatever becomes of them. */
  readonly isAppended: boolean;
}

const header = `${headerPrefix} for a kustomization. Do not edit: run attach.\n`;

/** The text of the file of a patch. */
export function patchText({ apiVersion, kind, path: way, pullSecrets, isAppended }: OwnPatch): string {
  const entries = pullSecrets.map((name) => ({ name }));
  if (isAppended) {
    const pointer = `/${way.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}/-`;
    return header + toYaml(entries.map((value) => ({ op: 'add', path: pointer, value })));
  }
  const fields = way.reduceRight<unknown>((value, key) => ({ [key]: value }), entries) as Record<string, unknown>;
  // The target of its entry says which objects it is for; a patch must have a name.
  return header + toYaml({ apiVersion, kind, metadata: { name: 'any' }, ...fields });
}

/** The entry of `patches` for a patch, as JSON. */
export function patchEntry(file: string, { group, kind, objects }: OwnPatch): string {
  return JSON.stringify({ path: file, target: { ...(group !== '' && { group }), kind, name: targetNames(objects) } });
}

/** The name of a target for these objects and no others: kustomize takes it for an anchored regular expression. */
export function targetNames(objects: readonly string[]): string {
  return sortedUnique(objects)
    .map((each) => each.replaceAll('.', '\\.'))
    .join('|');
}

/** The name of the file of a patch; the first of its kind has no number. */
export function patchFileName({ kind }: Pick<OwnPatch, 'kind'>, index: number): string {
  return `image-pull.${kind.toLowerCase().replace(/[^a-z0-9]/g, '-')}${index === 0 ? '' : `-${index + 1}`}.yaml`;
}

/** True for a text that is the file of a patch. */
export function isPatchText(text: string): boolean {
  return text.startsWith(header);
}

/** A patch that an earlier run wrote, as its kustomization and its file have it. */
export interface WrittenPatch extends Pick<OwnPatch, 'group' | 'kind' | 'objects' | 'pullSecrets'> {
  /** The path of the list. */
  readonly path: string;
  /** The name of its file, and what is in it. */
  readonly file: string;
  readonly text: string;
}

/** The entries of `patches` that `attach` put into a kustomization, as JSON. */
export function markedEntries(kustomization: Tree): string[] {
  const list = kustomization.get('patches');
  return list ? markedJson(list) : [];
}

/** The items of a list that carry a mark, as JSON. */
export function markedJson(list: Tree): string[] {
  if (!(list instanceof ListNode)) return [];
  return list.markedItems().map((index) => entryName(list.values[index]!, 'json'));
}

/** The patch that an entry names; undefined where it, or its file, is none of ours. */
export function writtenPatch(entry: string, read: (file: string) => string | undefined): WrittenPatch | undefined {
  const tree = plainTree(JSON.parse(entry));
  const [file, target] = [tree.get('path')?.string() ?? '', tree.get('target')];
  const text = path.basename(file) === file ? read(file) : undefined;
  if (text === undefined || !text.startsWith(header)) return undefined;
  const [root] = yamlDocuments(sourceOf({ file, text }));
  if (!root || root instanceof YamlError) return undefined;
  const objects = (target?.get('name')?.string() ?? '').replaceAll('\\.', '.').split('|');
  const of = (key: string) => target?.get(key)?.string() ?? '';
  return { file, text, group: of('group'), kind: of('kind'), objects, ...patchedList(root) };
}

/** The list that a patch is about, and the names that it puts there. */
function patchedList(root: Tree): Pick<WrittenPatch, 'path' | 'pullSecrets'> {
  if (root.kind === 'list') {
    const pointer = root.items()[0]?.get('path')?.string() ?? '';
    const keys = pointer.split('/').slice(1, -1);
    const way = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    return {
      path: pathText(way),
      pullSecrets: root.items().flatMap((each) => each.get('value')?.get('name')?.string() ?? []),
    };
  }
  const way: string[] = [];
  let at: Tree | undefined = root;
  while (at?.kind === 'map') {
    const [key, value]: readonly [string, Tree] | [] = at.entries().find(([each]) => !heads.has(each)) ?? [];
    if (key === undefined) break;
    way.push(key);
    at = value;
  }
  return { path: pathText(way), pullSecrets: (at?.items() ?? []).flatMap((each) => each.get('name')?.string() ?? []) };
}

const heads: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);
