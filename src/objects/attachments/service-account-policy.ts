import type { EngineName } from '../../model/vocabulary/engines.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { clusterPolicyForAccounts } from '../policies/cluster-policy-accounts.js';
import { mutatingAdmissionPolicyForAccounts } from '../policies/mutating-admission-policy.js';
import { mutatingPolicyForAccounts } from '../policies/mutating-policy.js';

/** Appends a pull secret to the lists of service accounts. */
export const serviceAccountPolicy: Readonly<Record<EngineName, DeliveryWriter>> = {
  kyverno: mutatingPolicyForAccounts,
  kyvernoLegacy: clusterPolicyForAccounts,
  native: mutatingAdmissionPolicyForAccounts,
};
