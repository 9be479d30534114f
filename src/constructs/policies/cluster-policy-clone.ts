import { clusterPolicy, withinScope } from './cluster-policy.js';
import { backgroundRole } from './cluster-role.js';
import type { PolicyWriter } from './policy-object.js';

/**
 * Kyverno's older ClusterPolicy that clones the source Secret. Its rights name no Secret: Kyverno refuses the policy
 * unless its background controller may do all of this to any (kyverno, pkg/policy/generate/validate.go).
 */
export const clusterPolicyClone: PolicyWriter = (name, pullSecret, context) => [
  clusterPolicy(name, () => [
    {
      name: 'clone',
      ...withinScope(context(), { kind: 'Namespace' }),
      generate: {
        apiVersion: 'v1',
        clone: { name: pullSecret.name, namespace: pullSecret.sourceNamespace },
        generateExisting: true,
        kind: 'Secret',
        name: pullSecret.name,
        namespace: '{{ request.object.metadata.name }}',
        synchronize: true,
      },
      skipBackgroundRequests: true,
    },
  ]),
  backgroundRole(name, [{ resources: ['secrets'], verbs: ['create', 'delete', 'get', 'list', 'update', 'watch'] }]),
];
