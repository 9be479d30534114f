import type { ImageUse, Workload } from '../pods/workload.js';
import type { ClusterModel } from '../spec/cluster.js';
import { matchesAnyNamespace } from '../spec/namespace-pattern.js';

/** An account, or a whole namespace, may pull the images of another namespace (OpenShift). */
export interface Grant {
  /** The namespace of the images. */
  readonly from: string;
  /** The namespace of the pods. */
  readonly to: string;
  /** The account; undefined for every account of `to`, as a group. */
  readonly serviceAccount: string | undefined;
  readonly why?: { readonly workload: Workload; readonly image: ImageUse };
}

/** Everybody may pull from this namespace by OpenShift's own bindings. */
const sharedByOpenShift = 'openshift';

/** The grant that an image of the internal registry needs, none in the own namespace, or that consent is missing. */
export function grantFor(
  cluster: ClusterModel,
  workload: Workload,
  namespace: string,
  image: ImageUse,
  from: string,
): { grant?: Grant; refused?: true } {
  if (from === namespace || from === sharedByOpenShift) return {};
  if (!isShared(cluster, from, namespace)) return { refused: true };
  return { grant: { from, to: namespace, serviceAccount: workload.serviceAccount, why: { workload, image } } };
}

/** True unless `share` names the images' namespace without naming the other one. */
export function isShared(cluster: ClusterModel, from: string, to: string): boolean {
  const consent = cluster.share.get(from);
  return consent === undefined || matchesAnyNamespace(consent, to);
}

/** The grants that the spec says by hand. */
export function grantsByHand(cluster: ClusterModel): Grant[] {
  return cluster.grants.flatMap(({ from, to, serviceAccounts }): Grant[] =>
    serviceAccounts
      ? serviceAccounts.map((serviceAccount) => ({ from, to, serviceAccount }))
      : [{ from, to, serviceAccount: undefined }],
  );
}
