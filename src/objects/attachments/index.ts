import type { AttachingPurpose } from '../../model/vocabulary/attachments.js';
import type { EngineName } from '../../model/vocabulary/engines.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { podPolicy } from './pod-policy.js';
import { serviceAccountPolicy } from './service-account-policy.js';

/** The policies that attach, by what they add to and by engine. */
export const attachingPolicies: Readonly<Record<AttachingPurpose, Readonly<Record<EngineName, DeliveryWriter>>>> = {
  pods: podPolicy,
  accounts: serviceAccountPolicy,
};
