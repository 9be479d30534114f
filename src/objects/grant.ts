import { type Grant, grantName } from '../model/needs/grants.js';
import type { ObjectDraft } from './written-object.js';

const rbac = 'rbac.authorization.k8s.io';

/** Writes the RoleBinding to `system:image-puller` in the namespace of the images. */
export function grantObject({ from, to, serviceAccount }: Pick<Grant, 'from' | 'to' | 'serviceAccount'>): ObjectDraft {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    name: grantName({ to, serviceAccount }),
    namespace: from,
    role: 'grant',
    fields: {
      roleRef: () => ({ apiGroup: rbac, kind: 'ClusterRole', name: 'system:image-puller' }),
      subjects: () => [subjectOf(to, serviceAccount)],
    },
  };
}

function subjectOf(namespace: string, serviceAccount: string | undefined): Record<string, string> {
  return serviceAccount === undefined
    ? { apiGroup: rbac, kind: 'Group', name: `system:serviceaccounts:${namespace}` }
    : { kind: 'ServiceAccount', name: serviceAccount, namespace };
}
