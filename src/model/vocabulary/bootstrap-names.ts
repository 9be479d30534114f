/**
 * Name of the object that applies a cluster's output, or a part of it:
 * `image-pull-<cluster>[-<stage>][-<shard>]`.
 */
export function bootstrapName(cluster: string, ...parts: readonly (string | undefined)[]): string {
  return ['image-pull', cluster, ...parts.filter((part) => part !== undefined)].join('-');
}
