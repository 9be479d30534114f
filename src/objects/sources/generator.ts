import type { ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { originalOf } from '../../model/vocabulary/distributions.js';
import { type Generator, hubOf } from '../../model/vocabulary/sources.js';
import { type DeliveryObject, inKeyOrder } from '../delivery-object.js';

const apiVersion = 'generators.external-secrets.io/v1alpha1';

/** The generator of a pull secret: in the one namespace that reads it, or for the cluster where every namespace does. */
export function generatorObject(name: string, pullSecret: ClusterPullSecret, generator: Generator): DeliveryObject {
  const { kind, field, spec } = generator;
  // The API server asks for `auth` where the operator can do without.
  const fields = generator.generator === 'gcr' ? { auth: {}, ...spec } : spec;
  const namespace = hubOf(pullSecret)?.namespace ?? originalOf(pullSecret);
  const common = { apiVersion, name, role: 'provider', stage: 'sources' } as const;
  return namespace === undefined
    ? {
        ...common,
        kind: 'ClusterGenerator',
        fields: { spec: () => inKeyOrder({ generator: { [field]: fields }, kind }) },
      }
    : { ...common, kind, namespace, fields: { spec: () => inKeyOrder(fields) } };
}
