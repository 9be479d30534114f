import type { ImageUse, Workload } from '../inventory/workload.js';
import { compareText } from '../names/names.js';
import { matchesAnyNamespace, matchesNamespace } from '../names/namespace-pattern.js';
import type { ClusterModel } from '../vocabulary/cluster.js';

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

/**
 * The name of a grant's RoleBinding. It carries role and consumer, so that another consumer is another object: roleRef
 * cannot be changed, and `subjects` is one atomic value. Names of namespaces and accounts hold no colon.
 */
export function grantName({ to, serviceAccount }: Pick<Grant, 'to' | 'serviceAccount'>): string {
  return ['image-puller', to, ...(serviceAccount === undefined ? [] : [serviceAccount])].join(':');
}

/** Reads such a name; undefined for names of others. */
export function grantOfName(name: string): Pick<Grant, 'to' | 'serviceAccount'> | undefined {
  const [, to, serviceAccount] = /^image-puller:([^:]+)(?::([^:]+))?$/.exec(name) ?? [];
  return to === undefined ? undefined : { to, serviceAccount };
}

/** Everybody may pull from this namespace by OpenShift's own bindings. */
const sharedByOpenShift = 'openshift';

/** Answer for an image of another project's repository: nothing to do, a grant, no consent, or taken away. */
export type GrantAnswer = { readonly grant?: Grant; readonly refused?: true; readonly excluded?: true };

/** The grant that an image of the internal registry needs: none in the own namespace, nor where everybody may pull. */
export function grantFor(
  cluster: ClusterModel,
  workload: Workload,
  namespace: string,
  image: ImageUse,
  from: string,
): GrantAnswer {
  if (from === namespace || from === sharedByOpenShift) return {};
  const grant = { from, to: namespace, serviceAccount: workload.serviceAccount, why: { workload, image } };
  if (isExcluded(cluster, grant)) return { excluded: true };
  return isShared(cluster, from, namespace) ? { grant } : { refused: true };
}

/** True unless `share` names the images' namespace without naming the other one. */
export function isShared(cluster: ClusterModel, from: string, to: string): boolean {
  const consent = cluster.share.get(from);
  return consent === undefined || matchesAnyNamespace(consent, to);
}

/** The grants that the spec says by hand, without those that it takes away again. */
export function grantsByHand(cluster: ClusterModel): Grant[] {
  return cluster.grants
    .flatMap(({ from, to, serviceAccounts }): Grant[] =>
      serviceAccounts
        ? serviceAccounts.map((serviceAccount) => ({ from, to, serviceAccount }))
        : [{ from, to, serviceAccount: undefined }],
    )
    .filter((grant) => !isExcluded(cluster, grant));
}

/** Each grant once, sorted; a group's grant stands for those of its accounts. */
export function uniqueGrants(grants: readonly Grant[]): Grant[] {
  const ofGroups = new Set(grants.flatMap((grant) => (grant.serviceAccount === undefined ? pairKey(grant) : [])));
  const byKey = new Map<string, Grant>();
  for (const grant of grants) {
    if (grant.serviceAccount !== undefined && ofGroups.has(pairKey(grant))) continue;
    const key = `${pairKey(grant)} ${grant.serviceAccount ?? ''}`;
    if (!byKey.has(key)) byKey.set(key, grant);
  }
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, grant]) => grant);
}

/** An `exclude` that names a pull secret says nothing of grants, one that names an account nothing of a group. */
function isExcluded(cluster: ClusterModel, { to, serviceAccount }: Grant): boolean {
  return cluster.exclude.some(
    (exclude) =>
      exclude.pullSecret === undefined &&
      (exclude.namespace === undefined || matchesNamespace(exclude.namespace, to)) &&
      (exclude.serviceAccount === undefined || exclude.serviceAccount === serviceAccount),
  );
}

function pairKey({ from, to }: Grant): string {
  return `${from} ${to}`;
}
