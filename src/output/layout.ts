import type { FilePlace } from '../model/vocabulary/file-place.js';
import { besideFileName, besideHeader, headerOf, type WrittenFrom } from './header.js';

/**
 * The path of a file: `<cluster>/<stage>/[<shard>/]<file>.yaml` below the output folder, or where it lies beside
 * workloads `<folder>/image-pull-<file>.yaml`.
 */
export function pathOf({ beside, cluster, stage, shard, file }: FilePlace): string {
  if (beside !== undefined) return beside === '.' ? besideFileName(file) : `${beside}/${besideFileName(file)}`;
  return [cluster, stage, ...(shard === undefined ? [] : [shard]), `${file}.yaml`].join('/');
}

/** The first line of a file. */
export function firstLineOf({ beside, cluster }: FilePlace, from: WrittenFrom): string {
  return beside === undefined ? headerOf(cluster, from) : besideHeader(cluster, from);
}
