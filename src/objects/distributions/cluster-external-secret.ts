import { type DeliveryContext, type DeliveryWriter, inKeyOrder } from '../delivery-object.js';
import { namespaceSelector } from '../policies/namespace-match.js';
import { pullSecretExternal } from '../sources/external-secret.js';

/**
 * A ClusterExternalSecret: the operator makes the same ExternalSecret in every namespace that the selector matches, and
 * takes it back, and the Secret with it, where it matches no more. An ExternalSecret of that name that it did not make is
 * left alone (external-secrets, pkg/controllers/clusterexternalsecret).
 */
export const clusterExternalSecret: DeliveryWriter = (name, context) => [
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterExternalSecret',
    name,
    role: 'clusterExternalSecret',
    fields: { spec: () => inKeyOrder(specOf(context)) },
  },
];

function specOf({ pullSecret, scope }: DeliveryContext): Record<string, unknown> {
  const { name, spec, registries } = pullSecret;
  const { metadata } = spec;
  return {
    externalSecretName: name,
    ...(metadata && { externalSecretMetadata: metadata }),
    externalSecretSpec: pullSecretExternal(pullSecret, { registries, metadata }),
    // A selector that asks for nothing matches every namespace.
    namespaceSelectors: [namespaceSelector(scope) ?? {}],
  };
}
