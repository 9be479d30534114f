/** What an object is to the GitOps engine that applies it: decides order, apply options and protection. */
export type ObjectRole =
  /** A namespace that others fill. */
  | 'namespace'
  /** An object that becomes a pull secret through a controller: ExternalSecret. */
  | 'externalSecret'
  /** A Secret that holds a credential. */
  | 'secret'
  /** The `default` service account, which Kubernetes makes and makes again. */
  | 'defaultAccount'
  /** A service account that only the output declares. */
  | 'account'
  /** An image-puller RoleBinding. */
  | 'grant';
