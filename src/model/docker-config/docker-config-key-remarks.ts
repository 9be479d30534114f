import { At } from '../problem/at.js';
import { maskedValue } from '../problem/credential-mask.js';
import type { Problem } from '../problem/problem.js';
import { sentence, type Words, words } from '../problem/shown.js';
import { type DockerConfigEntry, maskUser, shownKey } from './docker-config-entry.js';
import { hubFallbackKey } from './registry-key.js';

/** Says what is worth knowing of a docker config, in which nothing has a place. */
export const config = At.of();

/** A key that is kept, cut into what the rules look at. */
interface RingKey {
  readonly key: string;
  readonly shown: Words;
  /** The host of the ring key, with its port. */
  readonly host: string;
  /** The path of the ring key, with its slash. */
  readonly path: string;
}

/** Remarks on a key: first why it is dropped or can hardly match, else that it may match too much. */
export function keyRemarks(entry: DockerConfigEntry): Problem[] {
  const shown = shownKey(entry.key);
  if (entry.ringKey === undefined) return [ignoredRemark(entry, shown)];
  const slash = entry.ringKey.indexOf('/');
  const host = slash < 0 ? entry.ringKey : entry.ringKey.slice(0, slash);
  const path = slash < 0 ? '' : entry.ringKey.slice(slash);
  const ringKey = { key: entry.key, shown, host, path };
  for (const rule of rules) {
    const remark = rule(ringKey);
    if (remark) return [remark];
  }
  return [];
}

function ignoredRemark(entry: DockerConfigEntry, shown: Words): Problem {
  return config.warn(
    'docker-config-key-ignored',
    words`the kubelet ignores the entry ${shown}: ${sentence(entry.ignoredBecause ?? 'its key does not parse')}`,
    sentence(ignoredHint(entry.key)),
  );
}

function ignoredHint(key: string): string {
  if (/\s/.test(key)) return 'Remove the white space from the key';
  if (key.includes('[')) return 'Write host labels with * as the only wildcard; brackets are for IPv6 addresses';
  if (/:\*/.test(key)) return 'Name the port; it cannot be a wildcard';
  if (key.includes('%')) return 'Write the key without percent signs';
  return 'Write the key as host[:port][/path]';
}

type Rule = (key: RingKey) => Problem | undefined;

/** In this order; the first that applies is said. */
const rules: readonly Rule[] = [
  ({ key }) =>
    key === ''
      ? config.warn('docker-config-key-dead', 'an entry has an empty key, which matches no image', 'Name the registry')
      : undefined,

  ({ key, shown }) => {
    if (/^https?:\/\//.test(key)) return undefined;
    const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(key)?.[0];
    if (!scheme) return undefined;
    return config.warn(
      'docker-config-key-dead',
      words`the key ${shown} matches no image: the kubelet takes off only https:// and http://, in lower case`,
      words`Leave out ${scheme}`,
    );
  },

  ({ key, shown }) => {
    const mark = /[?#]/.exec(key)?.[0];
    if (!mark) return undefined;
    return config.warn(
      'docker-config-key-cut',
      words`of the key ${shown} the kubelet drops everything from the ${mark} on`,
      mark === '?' ? 'Use * as the only wildcard, in the host' : 'Write the key as host[:port][/path]',
    );
  },

  ({ host, path, shown }) => {
    if (host !== hubFallbackKey || path === '') return undefined;
    if (/^\/v[12]$/.test(path)) {
      return config.warn(
        'docker-config-key-dead',
        words`the key ${shown} matches no image: without the final slash ${path} counts as a repository`,
        words`Write docker.io, or https://${hubFallbackKey}/v1/ with the final slash`,
      );
    }
    return config.warn(
      'docker-config-key-dead',
      words`the key ${shown} matches no image: images of Docker Hub are looked up as docker.io`,
      words`Write docker.io${maskUser(path)}`,
    );
  },

  ({ host, shown }) => {
    if (!hubAliases.has(host)) return undefined;
    return config.warn(
      'docker-config-key-dead',
      words`the key ${shown} matches no image that is named the usual way: images of Docker Hub are looked up as docker.io`,
      'Write docker.io',
    );
  },

  ({ host, shown }) => {
    if (!/[A-Z]/.test(host)) return undefined;
    return config.warn(
      'docker-config-key-dead',
      words`the key ${shown} matches only images whose host is in the same upper case`,
      words`Write ${maskedValue(host) === host ? host.toLowerCase() : 'the host in lower case'}`,
    );
  },

  ({ host, shown }) => {
    const port = /:(443|80)$/.exec(host)?.[1];
    if (!port) return undefined;
    return config.warn(
      'docker-config-key-dead',
      words`the key ${shown} matches only images that name the port ${port} themselves`,
      words`Leave out :${port}, unless the images have it`,
    );
  },

  ({ host, shown }) => {
    if (!/^\[.*\]$/.test(host)) return undefined;
    return config.warn(
      'docker-config-key-dead',
      words`the key ${shown} matches no image: without a port the brackets of an IPv6 address count as a glob`,
      'Name the port',
    );
  },

  ({ host, shown }) => {
    if (/[.:A-Z]/.test(host) || host === 'localhost') return undefined;
    return config.warn(
      'docker-config-key-dead',
      words`the key ${shown} matches no image: a host without dot and port is a namespace of Docker Hub`,
      'Write the whole host of the registry, or docker.io/<namespace>',
    );
  },

  ({ path, shown }) => {
    if (!/^\/v[12]$/.test(path)) return undefined;
    return config.warn(
      'docker-config-key-dead',
      words`the key ${shown} is for repositories that begin with ${path.slice(1)}: only a final slash makes it stand for the host`,
      'Write the host alone',
    );
  },

  ({ path, shown }) => {
    const mark = /[^a-z0-9._/-]|\/\//.exec(path)?.[0];
    return mark
      ? config.warn(
          'docker-config-key-dead',
          words`the key ${shown} matches no image: ${pathFault(mark)}`,
          sentence(pathHint(mark)),
        )
      : undefined;
  },

  ({ path, shown }) => {
    if (path === '' || path.endsWith('/')) return undefined;
    return config.warn(
      'docker-config-prefix',
      words`the key ${shown} is a plain prefix: it also covers repositories whose names only begin with ${path.slice(1)}`,
      'End the key with a slash if it stands for a namespace; then it no longer covers a repository of just that name',
    );
  },
];

const hubAliases: ReadonlySet<string> = new Set([
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
  'cloud.docker.com',
  'auth.docker.io',
  'registry.docker.io',
  'www.docker.io',
]);

function pathFault(mark: string): string {
  switch (mark) {
    case ':':
      return 'a tag is not part of what is looked up';
    case '@':
      return 'a digest is not part of what is looked up';
    case '*':
    case '[':
      return 'globs count in the host only';
    case '//':
      return 'no repository has an empty path segment';
    default:
      return /[A-Z]/.test(mark)
        ? 'repositories are in lower case'
        : 'its path holds a character that no repository has';
  }
}

function pathHint(mark: string): string {
  if (mark === ':') return 'Leave out the tag';
  if (mark === '@') return 'Leave out the digest';
  if (mark === '*') return 'End the key before the *; every path is a prefix';
  return 'Write the path as the images have it';
}
