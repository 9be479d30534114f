import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { kustomizationNames } from '../model/topology/repository-path.js';

/** Sources of a rendered manifest. */
export type RenderedSource =
  | { readonly kind: 'kustomize' /** Path of its kustomization, relative to the base folder. */; readonly file: string }
  | { readonly kind: 'helm' /** The text of its values.yaml, where that can be read. */; readonly values?: string }
  | { readonly kind: 'unknown' };

/** Finds what lies in the folder that manifests were rendered from. */
export function renderedSource(base: string, from: string | undefined): RenderedSource {
  if (from === undefined) return { kind: 'unknown' };
  const folder = path.resolve(base, from);
  const name = kustomizationNames.find((each) => existsSync(path.join(folder, each)));
  if (name !== undefined) return { kind: 'kustomize', file: path.posix.join(from, name) };
  if (!existsSync(path.join(folder, 'Chart.yaml'))) return { kind: 'unknown' };
  try {
    return { kind: 'helm', values: readFileSync(path.join(folder, 'values.yaml'), 'utf8') };
  } catch {
    return { kind: 'helm' };
  }
}
