import { type DockerConfigEntry, sameCredential } from '../docker-config/docker-config-entry.js';
import { type PullSecretData, readPullSecret } from '../docker-config/pull-secret-data.js';
import { hubFallbackKey, isHubName, RegistryUrl } from '../docker-config/registry-key.js';
import type { SecretValue } from '../docker-config/secret-value.js';
import { type ByteString, bytesOf, textOf } from '../go/byte-string.js';
import { ImageReference } from '../image/image-reference.js';
import { ImagePullError, type Problem } from '../problem/problem.js';

export type { PullSecretData } from '../docker-config/pull-secret-data.js';

/** A credential that the kubelet tries for an image, and why. */
export interface KeyringCredential {
  readonly username: string;
  readonly password: SecretValue;
  /** The name of the Secret it comes from. */
  readonly secret: string;
  /** The key of the entry as written. */
  readonly key: string;
  /** The key that the keyring files the entry under. */
  readonly ringKey: string;
  /** True if the key ends inside a segment of the repository's path, as `quay.io/org` does for `quay.io/organisation`. */
  readonly overMatch: boolean;
  /** True if no key matched and this is the credential of Docker Hub's old host. */
  readonly fallback: boolean;
  /** True without user name or without password. */
  readonly blank: boolean;
}

/** The credentials that the kubelet finds for an image. */
export interface KeyringLookup {
  /** The name that was looked up. */
  readonly name: string;
  /** In the order in which they are tried, with repetitions. None: the pull is anonymous. */
  readonly credentials: readonly KeyringCredential[];
  /** The ring keys that matched, in the order in which they count. */
  readonly matches: readonly string[];
  /** True if the order differs from run to run: two keys of one Secret count as the same, with different credentials. */
  readonly ambiguous: boolean;
}

/** A Secret that gives the keyring nothing, in silence. */
export interface SkippedSecret {
  readonly secret: string;
  readonly reason: string;
}

/** The entries that a Secret of a pod's list gives the keyring. */
export interface SecretEntries {
  readonly secret: string;
  readonly entries: readonly DockerConfigEntry[];
}

interface RingEntry {
  readonly secret: string;
  /** Which Secret of the list: two may have the same name. */
  readonly index: number;
  readonly entry: DockerConfigEntry;
}

interface Ring {
  readonly ringKey: ByteString;
  readonly url: RegistryUrl | undefined;
  readonly entries: RingEntry[];
}

/**
 * The kubelet's keyring: all pull secrets of a pod together, asked for the credentials of an image. From
 * `MakeDockerKeyring` in `pkg/credentialprovider/secrets/secrets.go` and `BasicDockerKeyring` in
 * `pkg/credentialprovider/keyring.go` of Kubernetes 1.37.
 *
 * @example
 * ```ts
 * import { DockerConfig, Keyring } from 'cdk8s-image-pull/model';
 *
 * const config = DockerConfig.fromEntries([{ key: 'ghcr.io/acme/', username: 'acme-bot', password: 'a token' }]);
 * const keyring = Keyring.fromSecrets([
 *   { name: 'ghcr-pull', type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': config.toSecretData() } },
 * ]);
 * const { credentials, ambiguous } = keyring.lookup('ghcr.io/acme/web:v4');
 * const secrets = credentials.map(({ secret }) => secret); // ghcr-pull
 * ```
 */
export class Keyring {
  /** The Secrets that the kubelet passes over without a word. */
  readonly skipped: readonly SkippedSecret[];
  readonly #rings: readonly Ring[];

  private constructor(rings: readonly Ring[], skipped: readonly SkippedSecret[]) {
    this.#rings = rings;
    this.skipped = skipped;
  }

  /**
   * Makes the keyring of a pod.
   *
   * @param secrets - in the order of the pod's list; values in base64 as `data`, or as they are as `stringData`
   * @throws ImagePullError `docker-config-invalid`, a problem for each Secret that breaks all pulls of the pod.
   */
  static fromSecrets(secrets: readonly PullSecretData[]): Keyring {
    const skipped: SkippedSecret[] = [];
    const problems: Problem[] = [];
    const read: SecretEntries[] = [];
    for (const secret of secrets) {
      const content = readPullSecret(secret);
      if ('problem' in content) problems.push(content.problem);
      else if ('skipped' in content) skipped.push({ secret: secret.name, reason: content.skipped });
      else read.push({ secret: secret.name, entries: content.config.entries });
    }
    if (problems.length > 0) throw new ImagePullError(problems);
    return Keyring.of(read, skipped);
  }

  /** Makes the keyring of Secrets that were read, in the order of the pod's list. */
  static of(secrets: readonly SecretEntries[], skipped: readonly SkippedSecret[] = []): Keyring {
    const rings = new Map<string, Ring>();
    for (const [index, { secret, entries }] of secrets.entries())
      for (const entry of entries) addEntry(rings, { secret, index, entry });
    return new Keyring([...rings.values()].sort(descending), skipped);
  }

  /**
   * Finds the credentials that the kubelet tries for an image.
   *
   * @param image - as a pod names it
   * @throws ImagePullError `image-reference-invalid` for a text that is not a reference.
   */
  lookup(image: ImageReference | string): KeyringLookup {
    const reference = typeof image === 'string' ? ImageReference.parse(image) : image;
    const target = RegistryUrl.parse(bytesOf(reference.name));
    const direct = target ? this.#rings.filter(({ url }) => url?.covers(target)) : [];
    const fallback = direct.length === 0 && isHubName(reference.name);
    const rings = fallback ? this.#rings.filter(({ ringKey }) => ringKey === hubFallbackKey) : direct;
    return {
      name: reference.name,
      credentials: rings.flatMap((ring) => credentialsOf(ring, target, fallback)),
      matches: rings.map(({ ringKey }) => textOf(ringKey)),
      ambiguous: rings.some(isAmbiguous),
    };
  }
}

function addEntry(rings: Map<string, Ring>, added: RingEntry): void {
  if (added.entry.ringKey === undefined) return;
  const ringKey = bytesOf(added.entry.ringKey);
  const ring = rings.get(ringKey);
  if (ring) ring.entries.push(added);
  else rings.set(ringKey, { ringKey, url: RegistryUrl.parse(ringKey), entries: [added] });
}

function descending(left: Ring, right: Ring): number {
  return left.ringKey > right.ringKey ? -1 : 1;
}

function credentialsOf(ring: Ring, target: RegistryUrl | undefined, fallback: boolean): KeyringCredential[] {
  const overMatch = !fallback && target !== undefined && ring.url?.cutsSegmentOf(target) === true;
  return ring.entries.map(({ secret, entry }) => ({
    username: entry.username,
    password: entry.password,
    secret,
    key: entry.key,
    ringKey: textOf(ring.ringKey),
    overMatch,
    fallback,
    blank: entry.blank,
  }));
}

/** Go walks the entries of one document in random order, so those that share a ring key are filed in random order. */
function isAmbiguous(ring: Ring): boolean {
  const firsts = new Map<number, DockerConfigEntry>();
  return ring.entries.some(({ index, entry }) => {
    const first = firsts.get(index) ?? entry;
    firsts.set(index, first);
    return !sameCredential(first, entry);
  });
}
