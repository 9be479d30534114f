import type { ManifestChart } from '../constructs/manifest-chart.js';
import { headerPrefix } from '../model/problem/header.js';

/** The first line of a file of the layout. */
export function headerOf(cluster: string): string {
  return `${headerPrefix} for cluster ${cluster}. Do not edit: change image-pull.yaml and run synth.\n`;
}

/** The path of a chart's file below the output folder: `<cluster>/<stage>/[<shard>/]<file>.yaml`. */
export function pathOf(chart: ManifestChart): string {
  const { cluster, stage, shard, file } = chart.location;
  return [cluster, stage, ...(shard === undefined ? [] : [shard]), `${file}.yaml`].join('/');
}
