import type { Picks } from '../spec/picks.js';

/** What a policy does: clone the source Secret, add to pods, add to service accounts. */
export type PolicyPurpose = 'clone' | 'pods' | 'accounts';

/** Kyverno writes the name of a policy into the value of a label, which holds this many characters. */
const maxLength = 63;

/** The name of the policy of a pull secret, readable and never hashed. */
export function policyName(purpose: PolicyPurpose, pullSecret: string): string {
  return `image-pull-${purpose}-${pullSecret}`;
}

/** What the name of a policy tells. */
export interface NamedPolicy {
  readonly purpose: PolicyPurpose;
  readonly pullSecret: string;
}

/** Reads the name of a policy, or of what comes with it; undefined for names of others. */
export function policyOfName(name: string): NamedPolicy | undefined {
  const [, purpose, pullSecret] = /^image-pull-(clone|pods|accounts)-([^:]+)(?::.*)?$/.exec(name) ?? [];
  return pullSecret === undefined ? undefined : { purpose: purpose as PolicyPurpose, pullSecret };
}

/** The policies that a pull secret brings along. */
export function policyPurposes(picks: Picks): PolicyPurpose[] {
  const attaching = attachingPurpose(picks);
  return [...(picks.cloneEngine ? ['clone' as const] : []), ...(attaching ? [attaching] : [])];
}

/** The purpose of the policy that attaches; undefined with another attachment. */
export function attachingPurpose({ attachment }: Picks): Exclude<PolicyPurpose, 'clone'> | undefined {
  if (attachment === 'podPolicy') return 'pods';
  return attachment === 'serviceAccountPolicy' ? 'accounts' : undefined;
}

/** How many characters too long the longest name of a policy of the pull secret is; 0 if all fit. */
export function excessLength(picks: Picks, pullSecret: string): number {
  const lengths = policyPurposes(picks).map((purpose) => policyName(purpose, pullSecret).length);
  return Math.max(0, ...lengths.map((length) => length - maxLength));
}
