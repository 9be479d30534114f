import type { DockerConfigDocument } from '../docker-config/docker-config-document.js';
import type { SealedSourceSpec, SopsSourceSpec } from './source-spec.js';

/**
 * The global pull secret of OpenShift, Secret `openshift-config/pull-secret`. It is one document, so Git describes the
 * whole of it: what is there today, and the entries of the pull secrets with `distribution: globalPullSecret`.
 */
export interface GlobalPullSecretSpec {
  /**
   * The whole document as it is today, from wherever it is kept apart from the cluster: exactly one key. With `hosted` only
   * `sealed` or `sops`, for the entries of ours.
   * @default - none is written: pull secrets with the distribution take source existing only
   */
  readonly current?: CurrentPullSecretSpec;
  /**
   * A hosted control plane (HyperShift, ROSA with HCP), which owns the global pull secret: only the entries of ours are
   * written, as Secret `kube-system/additional-pull-secret`.
   * @default false
   */
  readonly hosted?: boolean;
  /**
   * How often the stores are read, with source external.
   * @default '1h0m0s'
   */
  readonly refreshInterval?: string;
}

/** Where the whole document is read from: exactly one key. */
export interface CurrentPullSecretSpec {
  /** One remote key that holds the document. The pull secrets that are merged into it have source external, too. */
  readonly external?: CurrentExternalSpec;
  /** A file. The pull secrets that are merged into it have source plaintext, too. */
  readonly plaintext?: CurrentPlaintextSpec;
  /** A SealedSecret that `seal --merge-from` makes of it, with the entries of the pull secrets in it; those have source sealed, too. */
  readonly sealed?: SealedSourceSpec;
  /** A Secret that SOPS encrypted, made in the same way; the pull secrets have source sops, too. */
  readonly sops?: SopsSourceSpec;
}

/** The document in a store. */
export interface CurrentExternalSpec {
  /** Name of the store. */
  readonly store: string;
  /** Kind of the store. @default 'ClusterSecretStore' */
  readonly storeKind?: 'ClusterSecretStore' | 'SecretStore';
  /** The remote key that holds the document. */
  readonly key: string;
  /**
   * The property of the remote key that holds the document.
   * @default - the whole value
   */
  readonly property?: string;
}

/** The document in plain text. */
export interface CurrentPlaintextSpec {
  /** Must be true: base64 is not encryption, and Git forgets nothing. */
  readonly acceptPlaintextInGit?: boolean;
  /** A docker config, or a Secret manifest that holds one, relative to the config file. */
  readonly file?: string;
  /** The same, already read; constructs take this, the config fills it from `file`. */
  readonly document?: DockerConfigDocument;
}
