import { kustomizationNames, pathBelow } from '../repository-path.js';
import type { RepositoryView } from '../repository-view.js';

/** Types that Argo CD renders a folder by. */
export type DetectedType = 'kustomize' | 'helm' | 'directory';

/**
 * Type that a folder is rendered by where its source does not say so: a kustomization counts before a chart.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/util/app/discovery/discovery.go Discover()
 */
export function detectedType(view: RepositoryView, folder: string): DetectedType {
  if (isKustomization(view, folder)) return 'kustomize';
  return view.isFile(pathBelow(folder, 'Chart.yaml') ?? '') ? 'helm' : 'directory';
}

/** Whether a folder is one that kustomize builds. */
export function isKustomization(view: RepositoryView, folder: string): boolean {
  return kustomizationNames.some((name) => view.isFile(pathBelow(folder, name) ?? ''));
}
