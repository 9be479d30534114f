/**
 * Credentials that the nodes of a cluster have of their own. Somebody else puts them there, and nothing is written for them: an
 * image that they open needs no pull secret.
 */
export interface NodesSpec {
  /**
   * The registries that every node has a credential for, in the docker config of its kubelet.
   * @default - none
   */
  readonly registries?: readonly string[];
  /**
   * The credential providers of the kubelet, as its CredentialProviderConfig lists them.
   * @default - none
   */
  readonly providers?: readonly CredentialProviderSpec[];
}

/** A program that the kubelet asks for credentials, such as those of ECR, ACR and Artifact Registry. */
export interface CredentialProviderSpec {
  /** The name of the program, such as "ecr-credential-provider". */
  readonly name: string;
  /** Its `matchImages`, as the kubelet has them: a host with `*` in its labels, an optional port, and a leading path. */
  readonly matchImages: readonly string[];
}
