/**
 * The shard of a namespace: a hash (FNV-1a, 32 bits) of its name, so that a namespace never moves because another one
 * comes or goes. A number, with as many digits as the last shard has; undefined for a single shard.
 */
export function shardOf(namespace: string, shards: number): string | undefined {
  if (shards <= 1) return undefined;
  let hash = 0x811c9dc5;
  for (let i = 0; i < namespace.length; i++) hash = Math.imul(hash ^ namespace.charCodeAt(i), 0x01000193) >>> 0;
  return String(hash % shards).padStart(String(shards - 1).length, '0');
}
