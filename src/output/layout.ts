import type { ManifestChart } from '../constructs/manifest-chart.js';
import { besideFileName, besideHeader, headerOf } from './header.js';

/**
 * The path of a chart's file: `<cluster>/<stage>/[<shard>/]<file>.yaml` below the output folder, or where it lies beside
 * workloads `<folder>/image-pull-<file>.yaml`.
 */
export function pathOf({ location: { beside, cluster, stage, shard, file } }: ManifestChart): string {
  if (beside !== undefined) return beside === '.' ? besideFileName(file) : `${beside}/${besideFileName(file)}`;
  return [cluster, stage, ...(shard === undefined ? [] : [shard]), `${file}.yaml`].join('/');
}

/** The first line of a chart's file. */
export function firstLineOf({ location: { beside, cluster } }: ManifestChart): string {
  return beside === undefined ? headerOf(cluster) : besideHeader(cluster);
}
