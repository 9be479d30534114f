import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labelError, subdomainError } from '../model/names/names.js';
import { grantName } from '../model/needs/grants.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { grantObject } from '../objects/grant.js';
import { written } from '../objects/written-object.js';
import { throwLocated } from './located.js';
import type { Namespace } from './namespace.js';
import { writtenConstruct } from './written-construct.js';

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
    super(from, grantName({ to, serviceAccount }));
    throwLocated(this, nameProblems(to, serviceAccount));
    const { cluster } = from;
    const grant = { from: from.name, to, serviceAccount };
    cluster.record.grant(grant);
    const object = written(grantObject(grant), from.at, cluster.model().gitops);
    this.apiObject = writtenConstruct(this, 'Resource', cluster.record, object);
  }
}

function nameProblems(namespace: string, serviceAccount: string | undefined): Problem[] {
  const errors = [
    [`namespace "${namespace}"`, labelError(namespace)],
    [`service account "${serviceAccount}"`, serviceAccount === undefined ? undefined : subdomainError(serviceAccount)],
  ] as const;
  return errors.flatMap(([what, error]) => (error ? [At.of().refuse('name-invalid', words`${what} ${error}`)] : []));
}
