/** An image-puller binding (OpenShift). */
export interface GrantSpec {
  /** The namespace of the images. */
  readonly from: string;
  /** The namespace of the pods. */
  readonly to: string;
  /**
   * The accounts that may pull.
   * @default - every account of `to`, as a group: it stands for the grants that images ask for
   */
  readonly serviceAccounts?: readonly string[];
}
