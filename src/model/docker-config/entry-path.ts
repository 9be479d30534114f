import { textOf } from '../go/byte-string.js';
import { normalizeKey } from './registry-key.js';

/** Hosts that containers/image (CRI-O) takes for docker.io; the first of them is the kubelet's fallback for it. */
export const hubHost = /^(?:index\.docker\.io|registry-1\.docker\.io)(?=\/|$)/;

/**
 * The path that a key of a node's docker config stands for. Two keys with the same path are one entry to the kubelet or
 * to CRI-O, and which of them counts is nothing to rely on: `https://quay.io/v1/`, `quay.io/` and `quay.io` are one.
 */
export function entryPath(key: string): string {
  const normalized = normalizeKey(key);
  const path = 'ringKey' in normalized ? textOf(normalized.ringKey) : key;
  return path.replace(/\/+$/, '').replace(hubHost, 'docker.io');
}
