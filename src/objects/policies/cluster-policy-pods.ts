import { imageCondition } from '../../model/reach/image-condition.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { clusterPolicy, counts, withinScope } from './cluster-policy.js';
import { jmesCount } from './jmespath.js';

/**
 * Kyverno's older ClusterPolicy for pods, at their creation. A strategic merge of a pod's list goes by name, so that
 * nothing is there twice and nothing is lost. No autogen: a list on the template of a Deployment would take the account's
 * list away from its pods.
 */
export const clusterPolicyForPods: DeliveryWriter = (name, context) => [
  clusterPolicy(
    name,
    () => {
      const { cluster, pullSecret } = context;
      const count = jmesCount(images, imageCondition(cluster, pullSecret));
      return [
        {
          name: 'add',
          ...withinScope(context, { kind: 'Pod', operations: ['CREATE'] }),
          preconditions: { all: [counts(count, 'GreaterThan')] },
          mutate: { patchStrategicMerge: { spec: { imagePullSecrets: [{ name: pullSecret.name }] } } },
        },
      ];
    },
    { 'pod-policies.kyverno.io/autogen-controllers': 'none' },
  ),
];

const spec = 'request.object.spec';
/** The list of all images; what is absent is an empty list, because Kyverno takes an unknown key for an error. */
const images = `[${spec}.containers[].image || \`[]\`, ${spec}.initContainers[].image || \`[]\`, ${spec}.volumes[].image.reference || \`[]\`][]`;
