import path from 'node:path';
import type { Tree } from '../../model/inventory/tree.js';
import { At } from '../../model/problem/at.js';
import type { Place, Problem } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import { kustomizationNames } from '../../model/topology/repository-path.js';
import type { TreeNode } from '../../yaml/nodes.js';
import { type Source, sourceOf } from '../../yaml/source.js';
import type { TextPool } from '../../yaml/text.js';
import { yamlDocuments } from '../../yaml/yaml-documents.js';
import { YamlError } from '../../yaml/yaml-error.js';
import {
  chartFields,
  foldedKey,
  knownFields,
  type NamedBy,
  type NamingField,
  namingFields,
} from './kustomization-fields.js';
import type { RepositoryFiles } from './repository-files.js';

/** Something that a kustomization names. */
export interface NamedFile {
  readonly text: string;
  readonly names: NamedBy;
  readonly place: Place | undefined;
}

/** A kustomization as far as it says what it is made of. */
export interface KustomizationNode {
  /** Where it stands in its folder. */
  readonly at: string;
  /** The file, without links. */
  readonly file: string;
  readonly root: TreeNode;
  readonly named: readonly NamedFile[];
  readonly isComponent: boolean;
  readonly problems: readonly Problem[];
  /** False where it has a field that this version does not know. */
  readonly isKnown: boolean;
}

/** The kustomization of a folder, given without links; undefined where it has none, problems where it cannot be read. */
export function readKustomization(
  files: RepositoryFiles,
  folder: string,
  pool: TextPool,
): KustomizationNode | Problem | undefined {
  const found = kustomizationNames.flatMap((name) => {
    const at = path.join(folder, name);
    const leads = files.find(at);
    return leads.is === 'missing' || leads.is === 'folder' ? [] : [{ at, leads }];
  });
  const [first, second] = found;
  if (!first) return undefined;
  const shown = files.shown(first.at);
  const place = { file: shown, line: 1, column: 1 };
  if (second)
    return At.of(place).find(
      'kustomization-invalid',
      words`${files.shown(second.at)} stands beside it`,
      'keep one of them',
    );
  if (first.leads.is !== 'file')
    return unusable(place, first.leads.is === 'unreadable' ? first.leads.reason : undefined);
  const text = files.text(first.leads.real);
  if (typeof text !== 'string') return unusable(place, text.reason);
  return nodeOf(first.at, first.leads.real, sourceOf({ file: shown, text }, pool));
}

function unusable(place: Place, reason = 'it leads out of the repository'): Problem {
  return At.of(place).find('kustomization-invalid', words`the kustomization cannot be read: ${reason}`);
}

function nodeOf(at: string, file: string, source: Source): KustomizationNode | Problem {
  const roots: TreeNode[] = [];
  for (const root of yamlDocuments(source)) {
    if (root instanceof YamlError)
      return At.of(source.lines.place(root.offset)).find('kustomization-invalid', words`${root.message}`);
    roots.push(root);
  }
  const [root] = roots;
  const place = source.lines.place(0);
  if (root?.kind !== 'map')
    return At.of(place).find('kustomization-invalid', 'the kustomization is empty', 'list its resources');
  const charts = chartFields.flatMap((key) => valuesOf(root, [key])).filter((list) => list.kind !== 'null');
  return {
    at,
    file,
    root,
    named: namedIn(root, namingFields),
    isComponent: valuesOf(root, ['kind']).some((kind) => kind.string() === 'Component'),
    problems: charts.map((chart) => chartProblem(chart.place() ?? place)),
    isKnown: roots.length === 1 && root.entries().every(([key]) => knownFields.has(foldedKey(key))),
  };
}

function chartProblem(place: Place): Problem {
  return At.of(place).find(
    'rendering-unsafe',
    'kustomize starts helm for this chart, with --enable-helm only, and fetches it',
    'keep the chart in the repository, or in the folder that `charts` names, and give it an entry { helm: … } or a HelmRelease or Application of its own',
  );
}

/** Gathers what the fields of a map name. */
export function namedIn(map: Tree, fields: readonly NamingField[]): NamedFile[] {
  const keysOfMap = new Set(map.entries().map(([key]) => foldedKey(key)));
  return fields.flatMap(({ keys, names }) => {
    if (!keysOfMap.has(foldedKey(keys[0]!))) return [];
    return valuesOf(map, keys).flatMap((value) => {
      const text = value.string();
      return text === undefined || text === '' ? [] : [{ text, names, place: value.place() }];
    });
  });
}

/** The values that some keys lead to, however they are spelled; of lists each item. */
function valuesOf(tree: Tree, keys: readonly string[]): readonly Tree[] {
  if (tree.kind === 'list') return tree.items().flatMap((item) => valuesOf(item, keys));
  const [key, ...rest] = keys;
  if (key === undefined) return [tree];
  const wanted = foldedKey(key);
  return tree
    .entries()
    .filter(([each]) => foldedKey(each) === wanted)
    .flatMap(([, value]) => valuesOf(value, rest));
}
