import { ImageReference } from '../image/image-reference.js';
import type { Inventory } from '../inventory/found-inventory.js';
import type { ImageUse, Workload } from '../inventory/workload.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { ImageStreams, type StreamOrigin } from './image-streams.js';

/**
 * Namespaces in which OpenShift resolves no names: its admission leaves them alone (docs.openshift.com, "Using image
 * streams with Kubernetes resources").
 */
const privilegedNamespaces: ReadonlySet<string> = new Set([
  'default',
  'kube-public',
  'kube-system',
  'openshift',
  'openshift-infra',
  'openshift-node',
]);

/** Meanings of an image of a pod on OpenShift. */
export type ImageMeaning =
  /** The tag of an image stream, and where its pulls end. */
  | { readonly origins: readonly StreamOrigin[] }
  /** A reference, as everywhere. `unresolved`: a stream has that name, and nothing asks OpenShift to resolve it. */
  | { readonly reference: string; readonly unresolved?: 'setting' | 'namespace' };

/** Which images come from OpenShift's internal registry, by whatever name. */
export class InternalImages {
  readonly #cluster: ClusterModel;
  readonly #streams: ImageStreams;

  constructor(inventory: Inventory, cluster: ClusterModel) {
    this.#cluster = cluster;
    this.#streams = new ImageStreams(inventory.imageStreams);
  }

  /** Finds what the image of a workload in this namespace means. */
  meaningOf(workload: Workload, namespace: string, { image, imageStream }: ImageUse): ImageMeaning {
    if (imageStream) return { origins: this.#streams.origins(imageStream.namespace ?? namespace, image) };
    // By digest OpenShift looks for the image itself, not for a stream (imagepolicy.go, resolveImageReference).
    if (this.#cluster.platform !== 'openshift' || /[/@]/.test(image)) return { reference: image };
    const stream = this.#streams.find(namespace, image.split(':')[0] ?? '');
    if (!stream) return { reference: image };
    if (privilegedNamespaces.has(namespace)) return { reference: image, unresolved: 'namespace' };
    if (!stream.local && !workload.resolveNames) return { reference: image, unresolved: 'setting' };
    return { origins: this.#streams.origins(namespace, image) };
  }

  /** True if any image of the workload is one. */
  arePulledBy(workload: Workload): boolean {
    return workload.images.some((image) => this.#isInternal(workload, image));
  }

  #isInternal(workload: Workload, image: ImageUse): boolean {
    const meaning = this.meaningOf(workload, workload.namespace ?? '', image);
    if ('reference' in meaning) return this.#isInternalName(meaning.reference);
    return meaning.origins.some((origin) => 'project' in origin || this.#isInternalName(origin.image));
  }

  #isInternalName(image: string): boolean {
    const reference = ImageReference.tryParse(image);
    return !('error' in reference) && this.#cluster.registryIndex.find(reference)?.preset === 'openshift';
  }
}
