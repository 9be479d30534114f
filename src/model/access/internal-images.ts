import type { ImageUse, Inventory, Workload } from '../pods/workload.js';
import { ImageReference } from '../reference/image-reference.js';
import type { ClusterModel } from '../spec/cluster.js';

/** Which images come from OpenShift's internal registry, by whatever name. */
export class InternalImages {
  readonly #cluster: ClusterModel;
  readonly #streams: ReadonlySet<string>;

  constructor(inventory: Inventory, cluster: ClusterModel) {
    this.#cluster = cluster;
    this.#streams = new Set(inventory.imageStreams.map((stream) => `${stream.namespace}/${stream.name}`));
  }

  /** On OpenShift a short name may be an image stream of the namespace; it then is no Docker Hub image. */
  isStreamName(namespace: string | undefined, image: string): boolean {
    if (this.#cluster.platform !== 'openshift' || image.includes('/')) return false;
    return this.#streams.has(`${namespace}/${image.split(/[:@]/)[0]}`);
  }

  /** True if any image of the workload is one. */
  arePulledBy(workload: Workload): boolean {
    return workload.images.some((image) => this.#isInternal(workload.namespace, image));
  }

  #isInternal(namespace: string | undefined, { image, imageStream }: ImageUse): boolean {
    if (imageStream || this.isStreamName(namespace, image)) return true;
    const reference = ImageReference.tryParse(image);
    return !('error' in reference) && this.#cluster.registryIndex.find(reference)?.preset === 'openshift';
  }
}
