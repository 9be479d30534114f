import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Tree } from '../model/pods/tree.js';
import type { Place } from '../model/problem/problem.js';
import { Lines } from './lines.js';
import { TextPool, textOf } from './text.js';
import { checkDocument } from './yaml-check.js';
import { yamlDocuments } from './yaml-parse.js';
import { yamlTree } from './yaml-tree.js';

/** What matters here of a kustomization.yaml. */
export interface KustomizationFile {
  /** Where its map begins. */
  readonly place: Place;
  readonly resources: readonly string[];
  /** Those of them that `attach` put there. */
  readonly marks: readonly string[];
  /** Where the list of resources is, if there is one. */
  readonly listPlace?: Place;
  /** The keys by which it changes the names of what it lists. */
  readonly renames: readonly string[];
}

const renaming = ['namePrefix', 'nameSuffix'] as const;

/** Reads a kustomization; undefined for one that cannot be read, or is no map. */
export function kustomizationFile(base: string, file: string): KustomizationFile | undefined {
  const tree = rootOf(base, file);
  const place = tree?.kind === 'map' ? tree.place() : undefined;
  if (!tree || !place) return undefined;
  const list = tree.get('resources');
  const listPlace = list?.place();
  return {
    place,
    resources: (list?.items() ?? []).flatMap((item) => item.string() ?? []),
    marks: list?.marks() ?? [],
    ...(listPlace && { listPlace }),
    renames: renaming.filter((key) => tree.get(key)?.string()),
  };
}

function rootOf(base: string, file: string): Tree | undefined {
  const text = readText(path.resolve(base, file));
  if (text === undefined) return undefined;
  for (const { offset, contents } of yamlDocuments(text)) {
    if (!contents) continue;
    const { aliases, flaw } = checkDocument(contents);
    const lines = new Lines(file, text);
    return flaw ? undefined : yamlTree(contents, { lines, offset, aliases, pool: new TextPool() });
  }
  return undefined;
}

function readText(file: string): string | undefined {
  try {
    return textOf(readFileSync(file));
  } catch {
    return undefined;
  }
}
