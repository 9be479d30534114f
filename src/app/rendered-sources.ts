import path from 'node:path';
import { renderedSource } from '../manifests/rendered-source.js';
import type { MadeClusters } from './made-clusters.js';

/**
 * The file of the repository that each rendered text comes from, by the name of the text: its kustomization, its chart, or
 * the GitOps object that asks for it.
 */
export function renderedSources(base: string, made: MadeClusters): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const { manifests } of made.values())
    for (const { file, source, from } of manifests) {
      if (!source || sources.has(file)) continue;
      const place = source.from === undefined ? from?.by?.place?.file : fileIn(base, source.from);
      if (place !== undefined) sources.set(file, place);
    }
  return sources;
}

function fileIn(base: string, folder: string): string {
  const found = renderedSource(base, folder);
  if (found.kind === 'kustomize') return found.file;
  return found.kind === 'helm' ? path.posix.join(folder, 'Chart.yaml') : folder;
}
