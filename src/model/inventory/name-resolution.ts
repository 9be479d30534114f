import type { Tree } from './tree.js';

const annotation = 'alpha.image.policy.openshift.io/resolve-names';

/**
 * Whether an object or the template of a pod in it asks that short names are taken for image streams of the namespace.
 * From ResolveNamesAnnotation of github.com/openshift/apiserver-library-go, pkg/admission/imagepolicy.
 *
 * @param podSpec the path of the pod spec; the metadata of a template stand beside it
 */
export function asksToResolveNames(object: Tree, podSpec: readonly (string | number)[]): boolean {
  return hasAnnotation(object) || (podSpec.at(-1) === 'spec' && hasAnnotation(parentOf(object, podSpec)));
}

function parentOf(object: Tree, path: readonly (string | number)[]): Tree | undefined {
  let tree: Tree | undefined = object;
  for (const key of path.slice(0, -1)) tree = typeof key === 'number' ? tree?.items()[key] : tree?.get(key);
  return tree;
}

function hasAnnotation(tree: Tree | undefined): boolean {
  return tree?.get('metadata')?.get('annotations')?.get(annotation)?.string() === '*';
}
