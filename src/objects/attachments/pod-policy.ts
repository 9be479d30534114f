import type { EngineName } from '../../model/vocabulary/engines.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { clusterPolicyForPods } from '../policies/cluster-policy-pods.js';
import { mutatingAdmissionPolicyForPods } from '../policies/mutating-admission-policy.js';
import { mutatingPolicyForPods } from '../policies/mutating-policy.js';

/** Adds a pull secret to pods at their creation, where an image of theirs needs it. */
export const podPolicy: Readonly<Record<EngineName, DeliveryWriter>> = {
  kyverno: mutatingPolicyForPods,
  kyvernoLegacy: clusterPolicyForPods,
  native: mutatingAdmissionPolicyForPods,
};
