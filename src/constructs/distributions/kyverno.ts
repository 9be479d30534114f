import type { KyvernoEngineName } from '../../model/spec/picks.js';
import { clusterPolicyClone } from '../policies/cluster-policy-clone.js';
import { generatingPolicy } from '../policies/generating-policy.js';
import type { PolicyWriter } from '../policies/policy-object.js';

/** The policy that clones the source Secret of distribution kyverno. */
export const clonePolicies: Readonly<Record<KyvernoEngineName, PolicyWriter>> = {
  kyverno: generatingPolicy,
  kyvernoLegacy: clusterPolicyClone,
};
