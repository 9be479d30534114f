import { headText } from '../inventory/object-head.js';
import type { Workload } from '../inventory/workload.js';
import { shown } from '../problem/shown.js';
import type { PullReason } from './need.js';

/** `Deployment team-a/web`. */
export function workloadText(workload: Workload): string {
  return headText(workload);
}

/** `Deployment team-a/web pulls ghcr.io/acme/web`. */
export function pullText(why: PullReason): string {
  return `${pullerText(why)} ${'workload' in why ? 'pulls' : 'imports'} ${shown(why.image.image) || 'from it'}`;
}

/** Who pulls: a workload, or an ImageStream that imports. */
export function pullerText(why: PullReason): string {
  return 'workload' in why ? workloadText(why.workload) : headText({ kind: 'ImageStream', ...why.imageStream });
}
