import type { PolicyPurpose } from '../../model/reach/delivery-names.js';
import type { EngineName } from '../../model/vocabulary/picks.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { podPolicy } from './pod-policy.js';
import { serviceAccountPolicy } from './service-account-policy.js';

/** The policies that attach, by what they add to and by engine. */
export const attachingPolicies: Readonly<
  Record<Exclude<PolicyPurpose, 'clone'>, Readonly<Record<EngineName, DeliveryWriter>>>
> = { pods: podPolicy, accounts: serviceAccountPolicy };
