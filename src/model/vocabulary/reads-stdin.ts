import type { ImagePullSpec } from './spec.js';
import { patternOf } from './workloads.js';

/** True if some of the clusters read standard input. */
export function readsStdin(spec: ImagePullSpec, clusters?: readonly string[]): boolean {
  const names = Object.keys(spec.clusters).filter((name) => !clusters || clusters.includes(name));
  const entries = [...(spec.workloads ?? []), ...names.flatMap((name) => spec.clusters[name]?.workloads ?? [])];
  return entries.some((entry) => patternOf(entry) === '-');
}
