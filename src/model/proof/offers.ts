import { DockerConfig } from '../docker-config/docker-config.js';
import { dockerConfigOf } from '../docker-config/secret-manifest.js';
import type { ImageReference } from '../image/image-reference.js';
import { Keyring, type KeyringCredential } from '../keyring/keyring.js';
import type { Nodes } from '../vocabulary/nodes.js';
import type { ClusterSecret, ClusterSecrets } from './cluster-secrets.js';
import type { AdmittedList, OfferedCredential, Offerer } from './verdict.js';

/** The credentials that are offered for an image. */
export interface Offer {
  /** In the order in which they are tried. */
  readonly credentials: readonly OfferedCredential[];
  /** Whether the order differs from run to run. */
  readonly isAmbiguous: boolean;
}

/** A keyring with the Secrets that it was made of, by name. */
interface Ring {
  readonly keyring: Keyring;
  readonly secrets: ReadonlyMap<string, ClusterSecret>;
}

/**
 * The credentials that the kubelet offers: those of the pod's list, then those of the node's docker config, then those of
 * credential providers, with repetitions. Kubernetes 1.37, pkg/credentialprovider/keyring.go, UnionDockerKeyring.
 */
export class Offers {
  readonly #secrets: ClusterSecrets;
  readonly #nodes: Nodes;
  readonly #rings = new Map<string, Ring | undefined>();
  #node: Ring | undefined;

  constructor(secrets: ClusterSecrets, nodes: Nodes) {
    this.#secrets = secrets;
    this.#nodes = nodes;
  }

  /** The offer for an image; undefined where a broken Secret on the list fails every pull of the pod. */
  of(list: AdmittedList, image: ImageReference): Offer | undefined {
    const ring = this.#ringOf(list);
    if (!ring) return undefined;
    const own = offered(ring, image, 'pod');
    if (this.#secrets.onNodes.length === 0 && !this.#nodes.isAny) return own;
    const node = offered(this.#nodeRing(), image, 'node');
    return {
      credentials: [...own.credentials, ...node.credentials, ...this.#provided(image)],
      isAmbiguous: own.isAmbiguous || node.isAmbiguous,
    };
  }

  /** One keyring for all Secrets of a list; those of the same list share it. */
  #ringOf({ names }: AdmittedList): Ring | undefined {
    const key = names.length === 0 ? '' : `${names[0]?.secret.namespace}/${names.map(({ name }) => name).join()}`;
    if (!this.#rings.has(key))
      this.#rings.set(key, ringOf(names.filter(({ name }) => name !== '').map(({ secret }) => secret)));
    return this.#rings.get(key);
  }

  /** A file of the node that does not parse is passed over. */
  #nodeRing(): Ring {
    this.#node ??= ringOf(this.#secrets.onNodes) ?? { keyring: Keyring.of([]), secrets: new Map() };
    return this.#node;
  }

  #provided(image: ImageReference): OfferedCredential[] {
    return this.#nodes.providersOf(image).map((name) => ({ ...unread, from: 'provider', secret: name }));
  }
}

const unread = { key: '', isAssumed: true, isBlank: false, isOverMatch: false, isFallback: false } as const;

function ringOf(found: readonly ClusterSecret[]): Ring | undefined {
  if (found.some(({ state }) => state === 'broken')) return undefined;
  const read = found.flatMap(({ name, content }) =>
    content?.config ? [{ secret: name, entries: content.config.entries }] : [],
  );
  return { keyring: Keyring.of(read), secrets: new Map(found.map((each) => [each.name, each])) };
}

/** The credentials of a keyring, and behind them what Secrets may hold that nobody can read. */
function offered({ keyring, secrets }: Ring, image: ImageReference, from: Offerer): Offer {
  const { credentials, ambiguous } = keyring.lookup(image);
  const known = credentials.map((credential) => offeredOf(credential, from, secrets.get(credential.secret)));
  const others = [...secrets.values()].filter(
    (secret) =>
      (secret.state === 'made-elsewhere' || secret.content?.hasOthers === true) &&
      !credentials.some((credential) => credential.secret === secret.name),
  );
  return {
    credentials: [...known, ...others.map(({ name }) => ({ ...unread, from, secret: name }))],
    isAmbiguous: ambiguous,
  };
}

function offeredOf(credential: KeyringCredential, from: Offerer, secret: ClusterSecret | undefined): OfferedCredential {
  return {
    from,
    secret: credential.secret,
    key: credential.key,
    isAssumed: secret?.state !== 'read',
    isBlank: credential.blank,
    isOverMatch: credential.overMatch,
    isFallback: credential.fallback,
  };
}

/** Whether a Secret that the kubelet passes over would have a credential for an image if it were of the right type. */
export function wouldOffer({ content, declared }: ClusterSecret, image: ImageReference): boolean {
  if (content?.state !== 'inert') return false;
  if (!content.data) return declared?.kind !== 'Secret';
  const found = dockerConfigOf(content.data);
  if (typeof found === 'string') return false;
  const config = DockerConfig.tryParse(found.content, found.shape);
  if ('problem' in config) return false;
  return Keyring.of([{ secret: '', entries: config.entries }]).lookup(image).credentials.length > 0;
}
