import type { DockerConfig } from '../docker-config/docker-config.js';
import type { Ciphertexts } from '../sealing/ciphertexts.js';
import type { SealingScope } from '../sealing/sealing-scope.js';
import type { GeneratorSpec } from './generator-spec.js';

/** Where a credential's value comes from: exactly one key. */
export interface SourceSpec {
  /** Only referenced: somebody else makes the Secret. */
  readonly existing?: ExistingSourceSpec;
  /** An ExternalSecret (`external-secrets.io/v1`); the values stay in their store. */
  readonly external?: ExternalSourceSpec;
  /** A docker config or literals, readable by everybody who reads the repository. */
  readonly plaintext?: PlaintextSourceSpec;
  /** SealedSecret ciphertext kept in Git, in `sealed/<cluster>/<pull secret>/<namespace>.yaml`; `seal` writes it. */
  readonly sealed?: SealedSourceSpec;
  /** SOPS ciphertext kept in Git, in `sealed/<cluster>/<pull secret>/<namespace>.yaml`; `seal` writes it. */
  readonly sops?: SopsSourceSpec;
}

/** A SealedSecret (`bitnami.com/v1alpha1`), which the controller of its cluster alone can open. */
export interface SealedSourceSpec {
  /**
   * Where the controller opens it: `strict`, in one namespace under one name; `namespace-wide`, in one namespace;
   * `cluster-wide`, in every namespace, by whoever may write there.
   * @default 'strict'
   */
  readonly scope?: SealingScope;
  /** The ciphertexts, already read; constructs take this, the config fills it from the files. */
  readonly ciphertexts?: Ciphertexts;
}

/** A Secret that SOPS encrypted with age: Flux decrypts it, and so does whoever has an identity of its recipients. */
export interface SopsSourceSpec {
  /** The ciphertexts, already read; constructs take this, the config fills it from the files. */
  readonly ciphertexts?: Ciphertexts;
}

/** No options. */
export type ExistingSourceSpec = Readonly<Record<string, never>>;

/**
 * An ExternalSecret whose template writes the docker config; the values stay in the cluster. They come from a `store` or
 * from a `generator`, never from both: `storeKind`, `key`, `keys`, `properties` and `username` belong to a store.
 */
export interface ExternalSourceSpec {
  /** Name of the store. Required without a generator. */
  readonly store?: string;
  /** Kind of the store. @default 'ClusterSecretStore' */
  readonly storeKind?: 'ClusterSecretStore' | 'SecretStore';
  /** The remote key, where the pull secret has one registry, or one and its auth host. */
  readonly key?: string;
  /** The remote key of each registry, by registry name, where it has several. */
  readonly keys?: Readonly<Record<string, string>>;
  /**
   * Which properties of the remote key hold user name and password.
   * @default - username and password
   */
  readonly properties?: {
    /** Property that holds the user name. */
    readonly username?: string;
    /** Property that holds the password. */
    readonly password?: string;
  };
  /**
   * A fixed user name, such as `_json_key`; only the password is then read from the store.
   * @default - read from the store
   */
  readonly username?: string;
  /**
   * Instead of a store: what makes tokens of a cloud registry, GitHub or Quay inside the cluster, exactly one key. Required
   * without a store.
   */
  readonly generator?: GeneratorSpec;
  /**
   * A fixed e-mail address in the entries.
   * @default - none
   */
  readonly email?: string;
  /**
   * How often the store or the generator is read.
   * @default '1h0m0s'; with a generator well before its tokens expire
   */
  readonly refreshInterval?: string;
  /**
   * `hub`: the provider is read once per cluster, into a Secret of one namespace, which the other namespaces read.
   * @default - every namespace reads the provider
   */
  readonly fanOut?: FanOutSpec;
}

/** How one reading of the provider serves many namespaces: a name, or the name with its options. */
export type FanOutSpec = 'hub' | { readonly hub: HubSpec };

/** The one place of a cluster that reads the provider. */
export interface HubSpec {
  /**
   * A namespace of its own: it is written, and nobody else needs rights in it.
   * @default 'image-pull'
   */
  readonly namespace?: string;
  /**
   * How often each namespace reads the hub.
   * @default '1h0m0s'; with a generator well before its tokens expire
   */
  readonly refreshInterval?: string;
}

/** A credential in plain text: a docker config file, or literals. */
export interface PlaintextSourceSpec {
  /** Must be true: base64 is not encryption, and Git forgets nothing. */
  readonly acceptPlaintextInGit?: boolean;
  /**
   * A config.json or auth.json, or a Secret manifest that holds one, relative to the config file; its entries are picked
   * by the kubelet's own lookup.
   */
  readonly file?: string;
  /** The same, already read; constructs take this, the config fills it from `file`. */
  readonly dockerConfig?: DockerConfig;
  /** User name. */
  readonly username?: string;
  /** Password or token. */
  readonly password?: string;
  /**
   * A file that holds the password or token alone, relative to the config file. A line break at its end is cut. Constructs take
   * `password`.
   */
  readonly passwordFile?: string;
  /** E-mail address. */
  readonly email?: string;
}
