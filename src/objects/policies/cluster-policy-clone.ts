import { originalOf } from '../../model/vocabulary/distributions.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { clusterPolicy, withinScope } from './cluster-policy.js';
import { admissionRole, backgroundRole } from './cluster-role.js';

/**
 * Kyverno's older ClusterPolicy that clones the source Secret. A Secret of that name that somebody else made is replaced
 * (kyverno 1.19, pkg/background/generate/clone.go). Its rights name no Secret: Kyverno refuses the policy
 * unless its controllers may do this to any (kyverno 1.19, pkg/policy/generate/validate.go).
 */
export const clusterPolicyClone: DeliveryWriter = (name, context) => [
  clusterPolicy(name, () => [
    {
      name: 'clone',
      ...withinScope(context, { kind: 'Namespace' }),
      generate: {
        apiVersion: 'v1',
        clone: { name: context.pullSecret.name, namespace: originalOf(context.pullSecret) },
        generateExisting: true,
        kind: 'Secret',
        name: context.pullSecret.name,
        namespace: '{{ request.object.metadata.name }}',
        synchronize: true,
      },
      skipBackgroundRequests: true,
    },
  ]),
  admissionRole(name, [{ resources: ['secrets'], verbs: ['get', 'list'] }]),
  backgroundRole(name, [{ resources: ['secrets'], verbs: ['create', 'delete', 'get', 'list', 'update'] }]),
];
