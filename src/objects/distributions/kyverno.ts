import type { KyvernoEngineName } from '../../model/vocabulary/engines.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { clusterPolicyClone } from '../policies/cluster-policy-clone.js';
import { generatingPolicy } from '../policies/generating-policy.js';

/** The policy that clones the source Secret of distribution kyverno. */
export const clonePolicies: Readonly<Record<KyvernoEngineName, DeliveryWriter>> = {
  kyverno: generatingPolicy,
  kyvernoLegacy: clusterPolicyClone,
};
