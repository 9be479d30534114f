import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Tree } from '../model/inventory/tree.js';
import type { Place } from '../model/problem/problem.js';
import { sourceOf } from '../yaml/source.js';
import { textOf } from '../yaml/text.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError } from '../yaml/yaml-error.js';

/** Fields of a kustomization.yaml that matter here. */
export interface KustomizationFile {
  /** Where its map begins. */
  readonly place: Place;
  readonly resources: readonly string[];
  /** Those of them that `attach` put there. */
  readonly marks: readonly string[];
  /** Where the list of resources is, if there is one. */
  readonly listPlace?: Place;
  /** Texts that it puts in front of the names of what it lists, and behind them; empty for nothing. */
  readonly prefix: string;
  readonly suffix: string;
}

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
    prefix: tree.get('namePrefix')?.string() ?? '',
    suffix: tree.get('nameSuffix')?.string() ?? '',
  };
}

function rootOf(base: string, file: string): Tree | undefined {
  const text = readText(path.resolve(base, file));
  if (text === undefined) return undefined;
  const [root] = yamlDocuments(sourceOf({ file, text }));
  return root instanceof YamlError ? undefined : root;
}

function readText(file: string): string | undefined {
  try {
    return textOf(readFileSync(file));
  } catch {
    return undefined;
  }
}
