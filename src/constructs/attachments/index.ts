import type { PolicyPurpose } from '../../model/policies/policy-names.js';
import type { EngineName } from '../../model/spec/picks.js';
import type { PolicyWriter } from '../policies/policy-object.js';
import { podPolicy } from './pod-policy.js';
import { serviceAccountPolicy } from './service-account-policy.js';

/** The policies that attach, by what they add to and by engine. */
export const attachingPolicies: Readonly<
  Record<Exclude<PolicyPurpose, 'clone'>, Readonly<Record<EngineName, PolicyWriter>>>
> = { pods: podPolicy, accounts: serviceAccountPolicy };
