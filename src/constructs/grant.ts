import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gitopsAnnotations } from '../gitops/annotations.js';
import { labelError, subdomainError } from '../model/names/names.js';
import { grantName } from '../model/needs/grants.js';
import type { Problem } from '../model/problem/problem.js';
import { throwLocated } from './located.js';
import { ManifestObject } from './manifest-object.js';
import { metadataOf } from './metadata.js';
import type { Namespace } from './namespace.js';

/** Who may pull from a namespace. */
export interface GrantProps {
  /** The namespace of the pods. */
  readonly to: string;
  /**
   * The account that may pull.
   * @default - every account of `to`, as a group
   */
  readonly serviceAccount?: string | undefined;
}

/**
 * Lets pods of another namespace pull images of this one from OpenShift's internal registry: a RoleBinding to
 * `system:image-puller`. Throws `name-invalid`.
 *
 * @example
 * ```ts
 * import { Cluster, ImagePullApp } from 'cdk8s-image-pull';
 *
 * const ocp = new Cluster(new ImagePullApp(), 'ocp', { openshift: '4.20' });
 * const images = ocp.namespace('images', { declare: false });
 * images.grant({ to: 'shop', serviceAccount: 'default' });
 * images.grant({ to: 'reports' }); // every account of namespace reports
 * ```
 */
export class Grant extends Construct {
  readonly apiObject: ApiObject;

  constructor(from: Namespace, { to, serviceAccount }: GrantProps) {
    const name = grantName({ to, serviceAccount });
    super(from, name);
    throwLocated(this, nameProblems(to, serviceAccount));
    this.apiObject = new ManifestObject(this, 'Resource', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: metadataOf({
        name,
        namespace: from.name,
        annotations: gitopsAnnotations(from.cluster.model().gitops, 'grant'),
      }),
      fields: {
        roleRef: () => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:image-puller' }),
        subjects: () => [subjectOf(to, serviceAccount)],
      },
    });
  }
}

function subjectOf(namespace: string, serviceAccount: string | undefined): Record<string, string> {
  return serviceAccount === undefined
    ? { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: `system:serviceaccounts:${namespace}` }
    : { kind: 'ServiceAccount', name: serviceAccount, namespace };
}

function nameProblems(namespace: string, serviceAccount: string | undefined): Problem[] {
  const errors = [
    [`namespace "${namespace}"`, labelError(namespace)],
    [`service account "${serviceAccount}"`, serviceAccount === undefined ? undefined : subdomainError(serviceAccount)],
  ] as const;
  return errors.flatMap(([what, error]) =>
    error ? [{ code: 'name-invalid' as const, message: `${what} ${error}` }] : [],
  );
}
