import type { ApiServer } from './api-server.js';

/** An account and what it would do. */
export interface AccessQuestion {
  /** `namespace/name` of a service account. */
  readonly account: string;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** The namespace of the resource, empty for kinds that live in none. @default - all namespaces */
  readonly namespace?: string;
  /** The name of one object. @default - all of them */
  readonly name?: string;
}

/** Asks the cluster's RBAC. */
export async function isAllowed(api: ApiServer, { account, ...resourceAttributes }: AccessQuestion): Promise<boolean> {
  const { status } = await api.create({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: {},
    spec: { ...serviceAccountUser(account), resourceAttributes },
  });
  return status?.allowed === true;
}

/** Who a service account, given as `namespace/name`, is to the API server. */
export function serviceAccountUser(account: string): { readonly user: string; readonly groups: readonly string[] } {
  const [namespace, name] = account.split('/');
  return {
    user: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}
