import type { EngineName } from '../../model/spec/picks.js';
import { clusterPolicyForAccounts } from '../policies/cluster-policy-accounts.js';
import { mutatingAdmissionPolicyForAccounts } from '../policies/mutating-admission-policy.js';
import { mutatingPolicyForAccounts } from '../policies/mutating-policy.js';
import type { PolicyWriter } from '../policies/policy-object.js';

/** Appends a pull secret to the lists of service accounts. */
export const serviceAccountPolicy: Readonly<Record<EngineName, PolicyWriter>> = {
  kyverno: mutatingPolicyForAccounts,
  kyvernoLegacy: clusterPolicyForAccounts,
  native: mutatingAdmissionPolicyForAccounts,
};
