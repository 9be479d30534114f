/**
 * The shard of a namespace: a hash (FNV-1a, 32 bits) of its name, so that a namespace never moves because another one
 * comes or goes. Undefined for a single shard.
 */
export function shardOf(namespace: string, shards: number): string | undefined {
  if (shards <= 1) return undefined;
  let hash = 0x811c9dc5;
  for (let i = 0; i < namespace.length; i++) hash = Math.imul(hash ^ namespace.charCodeAt(i), 0x01000193) >>> 0;
  return shardName(hash % shards, shards);
}

/**
 * The name of a shard, with as many digits as the last one has. It says how many there are, so that with another number
 * no folder and no Application or Kustomization keeps its name: one that still looks for its former folder finds none,
 * and prunes nothing.
 */
export function shardName(shard: number, shards: number): string {
  return `${String(shard).padStart(String(shards - 1).length, '0')}-of-${shards}`;
}
