/** The label of every object that this package writes: who manages it. */
export const managedByLabel = 'app.kubernetes.io/managed-by';

/** Its value. */
export const managedBy = 'cdk8s-image-pull';
