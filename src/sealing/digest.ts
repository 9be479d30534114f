import { createHash } from 'node:crypto';

/** A short digest of what is public anyway. */
export function shortDigest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
