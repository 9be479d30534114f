/**
 * Access that may leave. Every part that is given must match, and a pull secret or a namespace must be given. It names
 * what the files in the output folder have, so neither needs to be declared any more. An entry without a pull secret is
 * also about the grants to the namespace.
 */
export interface RetireSpec {
  /** Name of a pull secret; it need not be declared any more. @default - every one */
  readonly pullSecret?: string;
  /** Pattern of namespaces; they need not exist any more. @default - every one */
  readonly namespace?: string;
  /** A service account: its list, and the pull secrets it listed that nothing else needs. @default - every one */
  readonly serviceAccount?: string;
  /** Names of clusters. @default - every one */
  readonly clusters?: readonly string[];
}

/** A need or grant to take away. Every part that is given must match; one that names a pull secret matches no grant. */
export interface ExcludeSpec {
  /** Pattern of namespaces. */
  readonly namespace?: string;
  /** Name of a service account. */
  readonly serviceAccount?: string;
  /** Name of a pull secret. */
  readonly pullSecret?: string;
}
