/** Where the output lives in Git, for the objects that make Argo CD or Flux apply it. */
export interface BootstrapSpec {
  /** URL of the Git repository (Argo CD). */
  readonly repository?: string;
  /** Branch, tag or commit (Argo CD). @default 'HEAD' */
  readonly revision?: string;
  /** The output folder's path in the repository. @default 'dist' */
  readonly path?: string;
  /** AppProject (Argo CD). @default 'default' */
  readonly project?: string;
  /** Namespace of the emitted objects. @default 'argocd', with flux 'flux-system' */
  readonly namespace?: string;
  /** Cluster to apply to (Argo CD). @default - the cluster Argo CD runs in */
  readonly destination?: {
    /** URL of its API server. */
    readonly server?: string;
    /** Its name in Argo CD. */
    readonly name?: string;
  };
  /**
   * Source object (Flux); its kind is one of GitRepository, OCIRepository, Bucket, ExternalArtifact.
   * @default - of kind GitRepository, in the namespace of the emitted objects
   */
  readonly sourceRef?: {
    /** Its kind. */
    readonly kind?: string;
    /** Its name. */
    readonly name: string;
    /** Its namespace. */
    readonly namespace?: string;
  };
  /**
   * How many Applications or Kustomizations share the namespaces, by a hash of the name.
   * @default 1
   */
  readonly shards?: number;
}
