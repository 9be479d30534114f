import type { ImagePath, PodPath } from '../pod-kind.js';

/** The images of a pod spec that is a patch of what an operator makes: its containers need none. */
export function patchImages(spec: string): readonly string[] {
  return [`${spec}.containers[].image`, `${spec}.initContainers[].image`, `${spec}.volumes[].image.reference`];
}

/**
 * A pod that an operator makes whether there is a template for it or not.
 *
 * @param at what becomes the pod
 * @param spec the pod spec of its template, relative to `at`
 * @param images what the operator runs in it
 */
export function patchedPod(at: string | undefined, spec: string, images: readonly (string | ImagePath)[]): PodPath {
  return {
    ...(at !== undefined && { at }),
    images: [...images, ...patchImages(spec)],
    serviceAccount: [`${spec}.serviceAccountName`, `${spec}.serviceAccount`],
    pullSecrets: [`${spec}.imagePullSecrets[].name`],
  };
}
