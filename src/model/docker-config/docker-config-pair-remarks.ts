import { bytesOf } from '../go/byte-string.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { type DockerConfigEntry, sameCredential, shownKey } from './docker-config-entry.js';
import { config } from './docker-config-key-remarks.js';
import { hubFallbackKey, RegistryUrl } from './registry-key.js';

/** Remarks on entries that get into each other's way. */
export function pairRemarks(entries: readonly DockerConfigEntry[]): Problem[] {
  return [...duplicateRemarks(entries), ...shadowRemarks(entries), ...globRemarks(entries)];
}

function duplicateRemarks(entries: readonly DockerConfigEntry[]): Problem[] {
  const byRingKey = new Map<string, DockerConfigEntry[]>();
  for (const entry of entries) {
    if (entry.ringKey !== undefined) byRingKey.set(entry.ringKey, [...(byRingKey.get(entry.ringKey) ?? []), entry]);
  }
  return [...byRingKey].flatMap(([ringKey, same]) => {
    const [first, ...others] = same;
    if (!first || others.every((other) => sameCredential(first, other))) return [];
    return [
      config.warn(
        'docker-config-duplicate',
        words`the keys ${same.map(({ key }) => shownKey(key))} all count as ${shownKey(ringKey)}: which credential is tried first differs from pull to pull`,
        'Keep one of them',
      ),
    ];
  });
}

function shadowRemarks(entries: readonly DockerConfigEntry[]): Problem[] {
  const fallback = entries.find(({ ringKey }) => ringKey === hubFallbackKey);
  const direct = entries.find(({ ringKey }) => ringKey === 'docker.io');
  if (!fallback || !direct || sameCredential(fallback, direct)) return [];
  return [
    config.warn(
      'docker-config-shadowed',
      words`the entry ${shownKey(fallback.key)} is never used: ${shownKey(direct.key)} covers every image of Docker Hub`,
      'Keep one of them',
    ),
  ];
}

/** A key with a wildcard comes after one without, whatever their paths: `*` is less than all that a host is made of. */
function globRemarks(entries: readonly DockerConfigEntry[]): Problem[] {
  const keys = entries.flatMap((entry) =>
    entry.ringKey === undefined ? [] : [{ entry, ...hostAndPath(entry.ringKey) }],
  );
  const globs = keys.filter(({ host, path }) => host.includes('*') && path !== '');
  return globs.flatMap((glob) => {
    const winner = keys.find(
      (literal) =>
        !literal.host.includes('*') &&
        literal.path.length < glob.path.length &&
        glob.path.startsWith(literal.path) &&
        covers(glob.host, literal.host) &&
        !sameCredential(glob.entry, literal.entry),
    );
    if (!winner) return [];
    return [
      config.warn(
        'docker-config-glob',
        words`the key ${shownKey(glob.entry.key)} is tried after ${shownKey(winner.entry.key)}, although its path is the longer one: a host with a wildcard comes last`,
        'Write the host out, without wildcard',
      ),
    ];
  });
}

function hostAndPath(ringKey: string): { readonly host: string; readonly path: string } {
  const slash = ringKey.indexOf('/');
  return slash < 0 ? { host: ringKey, path: '' } : { host: ringKey.slice(0, slash), path: ringKey.slice(slash) };
}

function covers(glob: string, host: string): boolean {
  const target = RegistryUrl.parse(bytesOf(host));
  return target !== undefined && RegistryUrl.parse(bytesOf(glob))?.covers(target) === true;
}
