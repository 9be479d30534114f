import { isPerNamespace } from '../../model/reach/policy-scope.js';
import type { Hub } from '../../model/vocabulary/sources.js';
import { type DeliveryContext, type DeliveryObject, inKeyOrder } from '../delivery-object.js';
import { namespaceSelector } from '../policies/namespace-match.js';
import { hubExternal } from './external-secret.js';

/**
 * The hub of a pull secret: an ExternalSecret that reads the provider once, and a store from which the namespaces of the
 * pull secret, and no others, read its Secret. The store's account may read that one Secret and nothing else.
 */
export function hubObjects(name: string, { namespace }: Hub, context: DeliveryContext): DeliveryObject[] {
  const inHub = { name, namespace, stage: 'sources' } as const;
  return [
    {
      ...inHub,
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      role: 'hubExternalSecret',
      fields: { spec: () => hubExternal(name, context.pullSecret, context.pullSecret.registries) },
    },
    {
      ...inHub,
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      role: 'providerAccess',
      fields: { automountServiceAccountToken: () => false },
    },
    {
      ...inHub,
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      role: 'providerAccess',
      fields: { rules: () => [readSecret(name)] },
    },
    {
      ...inHub,
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      role: 'providerAccess',
      fields: {
        roleRef: () => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name }),
        subjects: () => [{ kind: 'ServiceAccount', name, namespace }],
      },
    },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterSecretStore',
      name,
      role: 'provider',
      stage: 'sources',
      fields: { spec: () => inKeyOrder(storeSpec(name, namespace, context)) },
    },
  ];
}

/**
 * The provider reads one Secret by name (external-secrets, pkg/provider/kubernetes/client.go, GetSecret). That it may,
 * it asks by a SelfSubjectRulesReview, which `system:basic-user` allows everybody.
 */
function readSecret(name: string): Record<string, readonly string[]> {
  return { apiGroups: [''], resourceNames: [name], resources: ['secrets'], verbs: ['get'] };
}

function storeSpec(name: string, namespace: string, context: DeliveryContext): Record<string, unknown> {
  return {
    conditions: [condition(context)],
    provider: {
      kubernetes: {
        auth: { serviceAccount: { name, namespace } },
        remoteNamespace: namespace,
        server: {
          caProvider: { key: 'ca.crt', name: 'kube-root-ca.crt', namespace, type: 'ConfigMap' },
          url: 'https://kubernetes.default.svc',
        },
      },
    },
  };
}

/**
 * Whose ExternalSecrets the store serves. The operator lets everybody in where there is no condition, and nobody by one
 * that names nothing (pkg/controllers/secretstore/client_manager.go, shouldProcessSecret).
 */
function condition({ pullSecret, scope, fed }: DeliveryContext): Record<string, unknown> {
  return isPerNamespace(pullSecret) ? { namespaces: fed } : { namespaceSelector: namespaceSelector(scope) };
}
