/** Role of an object for the GitOps engine that applies it: decides order, apply options and protection. */
export type ObjectRole =
  /** A namespace that others fill. */
  | 'namespace'
  /** An object that becomes a pull secret through a controller: ExternalSecret, SealedSecret. */
  | 'externalSecret'
  /** A Secret that holds a credential. */
  | 'secret'
  /** As externalSecret, but its Secret is what others are copied from. */
  | 'sourceExternalSecret'
  /** A Secret that others are copied from, its metadata included. */
  | 'sourceSecret'
  /** An ExternalSecret that fills the pull secret of every node (OpenShift). */
  | 'globalExternalSecret'
  /** The pull secret of every node itself, of which others hold fields. */
  | 'globalSecret'
  /** A generator or store that ExternalSecrets read. */
  | 'provider'
  /** The service account of a store, its Role or the binding of both. */
  | 'providerAccess'
  /** An ExternalSecret whose Secret other ExternalSecrets read. */
  | 'hubExternalSecret'
  /** As externalSecret, but it reads what a hubExternalSecret makes. */
  | 'hubCopy'
  /** Makes ExternalSecrets in namespaces. */
  | 'clusterExternalSecret'
  /** A policy that clones or attaches, or its binding. */
  | 'policy'
  /** A ClusterRole that a policy engine takes in. */
  | 'policyRole'
  /** A program that copies and attaches. */
  | 'program'
  /** The account of such a program, and its rights. */
  | 'programRights'
  /** The `default` service account, which Kubernetes makes and makes again. */
  | 'defaultAccount'
  /** A service account that only the output declares. */
  | 'account'
  /** An image-puller RoleBinding. */
  | 'grant';
