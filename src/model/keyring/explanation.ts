import { type DockerConfigEntry, maskUser } from '../docker-config/docker-config-entry.js';
import { readPullSecret } from '../docker-config/pull-secret-data.js';
import { RegistryUrl } from '../docker-config/registry-key.js';
import { bytesOf } from '../go/byte-string.js';
import { ImageReference } from '../image/image-reference.js';
import type { Problem } from '../problem/problem.js';
import { Keyring, type KeyringCredential, type PullSecretData } from './keyring.js';

/** One entry, and its use for an image. */
export interface ExplainedEntry {
  readonly key: string;
  readonly username: string;
  /** True if the password is empty. */
  readonly passwordEmpty: boolean;
  /** Whether it matches the image that was asked for, and if not why; undefined where none was. */
  readonly verdict: string | undefined;
}

/** One Secret or docker config, and its use for an image. */
export interface ExplainedSecret {
  readonly name: string;
  readonly type: string;
  /**
   * `read`, `skipped` in silence, `broken` (every pull of the pod fails), `missing`, or made `elsewhere`, with keys that may
   * be known.
   */
  readonly state: 'read' | 'skipped' | 'broken' | 'missing' | 'elsewhere';
  /** The object that makes it in the cluster. @default - it is declared itself */
  readonly madeBy?: string;
  /** Why it is skipped or broken, or what makes it. */
  readonly reason?: string;
  readonly entries: readonly ExplainedEntry[];
  readonly remarks: readonly Problem[];
}

/** An image, and the credentials that the kubelet pulls it with. */
export interface ExplainedImage {
  readonly image: string;
  /** The name that is looked up; undefined if the reference does not parse. */
  readonly name: string | undefined;
  readonly error?: string;
  readonly secrets: readonly ExplainedSecret[];
  readonly credentials: readonly KeyringCredential[];
  readonly ambiguous: boolean;
}

/** A name on a pod's list, with its Secret where there is one. */
export interface ListedSecret {
  readonly name: string;
  readonly data: PullSecretData | undefined;
  /** The object that makes it in the cluster, such as `ExternalSecret pull`. */
  readonly madeBy?: string;
  /** Whether the values of `data` only stand for those that it will have. @default false */
  readonly isElsewhere?: boolean;
  /** Why the kubelet passes over what is made. @default - it does not */
  readonly inert?: string;
}

/** Explains an image against the pull secrets of a pod, in the order of its list. */
export function explainImage(image: string, list: readonly ListedSecret[]): ExplainedImage {
  const reference = ImageReference.tryParse(image);
  const parsed = 'error' in reference ? undefined : reference;
  const secrets = list.map((listed) => explainSecret(listed, parsed));
  const base = { image, name: parsed?.name, secrets };
  if ('error' in reference) return { ...base, error: reference.error, credentials: [], ambiguous: false };
  if (secrets.some((secret) => secret.state === 'broken')) return { ...base, credentials: [], ambiguous: false };
  const keyring = Keyring.fromSecrets(list.flatMap(({ name, data }) => (data ? [{ ...data, name }] : [])));
  const { credentials, ambiguous } = keyring.lookup(reference);
  return { ...base, credentials, ambiguous };
}

/** Explains what is inside a pull secret, and what each entry does for an image if one is given. */
export function explainSecret(
  { name, data, madeBy, isElsewhere = false, inert }: ListedSecret,
  image?: ImageReference,
): ExplainedSecret {
  const type = data?.type ?? 'Opaque';
  const none = { name, type, entries: [], remarks: [], ...(madeBy !== undefined && { madeBy }) };
  if (inert !== undefined) return { ...none, type: '', state: 'skipped', reason: inert };
  if (!data && madeBy !== undefined) return { ...none, type: '', state: 'elsewhere', reason: madeBy };
  if (!data) return { ...none, type: '', state: 'missing' };
  const content = readPullSecret(data);
  if ('skipped' in content) return { ...none, state: 'skipped', reason: content.skipped };
  if ('problem' in content)
    return { ...none, state: 'broken', reason: content.problem.message, remarks: [content.problem] };
  const { entries, remarks } = content.config;
  const covered = image ? matching(entries, image) : undefined;
  return {
    ...none,
    state: isElsewhere ? 'elsewhere' : 'read',
    entries: entries.map((entry) => explainEntry(entry, image, covered)),
    remarks: isElsewhere ? [] : remarks,
  };
}

/** The keys that the kubelet would use for the image if this docker config were alone. */
function matching(entries: readonly DockerConfigEntry[], image: ImageReference): ReadonlySet<string> {
  const keyring = Keyring.of([{ secret: '', entries }]);
  return new Set(keyring.lookup(image).credentials.map((credential) => credential.key));
}

function explainEntry(
  entry: DockerConfigEntry,
  image: ImageReference | undefined,
  covered: ReadonlySet<string> | undefined,
): ExplainedEntry {
  return {
    key: maskUser(entry.key),
    username: entry.username,
    passwordEmpty: entry.password.isEmpty,
    verdict:
      image && (covered?.has(entry.key) ? 'matches' : `does not match ${image.name} (${mismatch(entry, image)})`),
  };
}

/** The first of the kubelet's conditions that fails. */
function mismatch(entry: DockerConfigEntry, image: ImageReference): string {
  if (entry.ringKey === undefined) return `the entry is dropped: ${entry.ignoredBecause ?? 'its key does not parse'}`;
  const key = entry.ringKey;
  const target = RegistryUrl.parse(bytesOf(image.name));
  const url = RegistryUrl.parse(bytesOf(key));
  if (!url || !target) return 'its key does not parse';
  const [keyHost = ''] = key.split('/');
  const host = RegistryUrl.parse(bytesOf(keyHost));
  const imageHost = RegistryUrl.parse(bytesOf(image.domain));
  if (host && imageHost && host.covers(imageHost)) return 'path prefix';
  if (portOf(keyHost) !== portOf(image.domain))
    return `port: ${portOf(keyHost) || 'none'} is not ${portOf(image.domain) || 'none'}`;
  if (key.startsWith('index.docker.io') && image.domain === 'docker.io') {
    return key === 'index.docker.io'
      ? 'another entry under docker.io matches'
      : 'Docker Hub images are looked up under docker.io';
  }
  return 'host';
}

function portOf(host: string): string {
  return /:(\d*)$/.exec(host)?.[1] ?? '';
}
