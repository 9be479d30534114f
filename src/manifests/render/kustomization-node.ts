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
  const fields = fieldsByName(root);
  const charts = chartFields.flatMap((key) => valuesOf(fields, [key])).filter((list) => list.kind !== 'null');
  return {
    at,
    file,
    root,
    named: namedBy(fields, namingFields),
    isComponent: valuesOf(fields, ['kind']).some((kind) => kind.string() === 'Component'),
    problems: charts.map((chart) => chartProblem(chart.place() ?? place)),
    isKnown: roots.length === 1 && [...fields.keys()].every((key) => knownFields.has(key)),
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
  return namedBy(fieldsByName(map), fields);
}

/** The values of a map by its keys, {@link foldedKey folded}: a key may stand there in several spellings. */
type FieldsByName = ReadonlyMap<string, readonly Tree[]>;

function fieldsByName(map: Tree): FieldsByName {
  const fields = new Map<string, Tree[]>();
  for (const [key, value] of map.entries()) {
    const name = foldedKey(key);
    const known = fields.get(name);
    if (known) known.push(value);
    else fields.set(name, [value]);
  }
  return fields;
}

function namedBy(own: FieldsByName, fields: readonly NamingField[]): NamedFile[] {
  return fields.flatMap(({ keys, names }) =>
    valuesOf(own, keys).flatMap((value) => {
      const text = value.string();
      if (text === undefined || text === '') return [];
      // Asked for only where something is wrong.
      const named: NamedFile = {
        text,
        names,
        get place() {
          return value.place();
        },
      };
      return [named];
    }),
  );
}

/** The values that some keys lead to, however they are spelled; of lists each item. */
function valuesOf(fields: FieldsByName, [key, ...rest]: readonly string[]): readonly Tree[] {
  const values = key === undefined ? undefined : fields.get(foldedKey(key));
  return values?.flatMap((value) => itemsOf(value, rest)) ?? [];
}

function itemsOf(value: Tree, keys: readonly string[]): readonly Tree[] {
  if (value.kind === 'list') return value.items().flatMap((item) => itemsOf(item, keys));
  return keys.length === 0 ? [value] : valuesOf(fieldsByName(value), keys);
}
