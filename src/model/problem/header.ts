/** How the first line of every file begins that this package writes; only such files are replaced or pruned. */
export const headerPrefix = '# Written by cdk8s-image-pull';
