import { ImageReference } from '../image/image-reference.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { Registry } from '../registry/registry.js';
import { type ClusterModel, clusterModel } from '../vocabulary/cluster.js';
import type { ImagePullSpec } from '../vocabulary/spec.js';

/** The name of the cluster where nothing names one. */
export const unnamedCluster = '';

/** The model of a cluster; where no config says what it is, manifests tell of OpenShift. */
export function provenCluster(spec: ImagePullSpec, name: string, inventory: Inventory): ClusterModel {
  const stated = spec.clusters[name] ?? {};
  if (stated.openshift !== undefined || stated.kubernetes !== undefined || name !== unnamedCluster)
    return clusterModel(spec, name);
  if (!isOpenShift(inventory)) return clusterModel(spec, name);
  const registries = { ...spec.registries, internal: { preset: 'openshift' as const } };
  return clusterModel(
    { ...spec, registries, clusters: { ...spec.clusters, [name]: { ...stated, openshift: '4' } } },
    name,
  );
}

function isOpenShift({ imageStreams, mirrors, workloads }: Inventory): boolean {
  const internal = Registry.of('internal', { preset: 'openshift' });
  const isInternal = (image: string) => {
    const reference = ImageReference.tryParse(image);
    return !('error' in reference) && internal?.matches(reference) === true;
  };
  return (
    imageStreams.length + mirrors.length > 0 ||
    workloads.some(({ kind, images }) => kind === 'DeploymentConfig' || images.some(({ image }) => isInternal(image)))
  );
}

/** A proof without a pod has proven nothing. */
export function nothingSeen(name: string, { workloads }: Inventory): Problem[] {
  if (workloads.length > 0) return [];
  const subject = name === unnamedCluster ? words`no pod` : words`${name}: no pod`;
  return [At.of().find('no-pods', words`${subject} was seen, so nothing was checked`)];
}
