import { type AttachingPurpose, attachmentOf } from '../vocabulary/attachments.js';
import { type CopyPurpose, distributionOf } from '../vocabulary/distributions.js';
import type { Picks } from '../vocabulary/picks.js';
import { hasSourceObjects, type Source } from '../vocabulary/sources.js';

/**
 * Purpose of an object that a pull secret brings along once per cluster. Policies clone the source Secret, add to pods or
 * add to service accounts; `source` is what the source itself needs, `copy` what copies without a policy.
 */
export type DeliveryPurpose = 'source' | CopyPurpose | AttachingPurpose;

/**
 * The value of a label holds this many characters. Kyverno writes the name of a policy into one, and the pods of a
 * Deployment carry its name.
 */
const maxLabelLength = 63;
/** The longest name of an object. */
const maxLength = 253;

/** The name of what a pull secret brings along, readable and never hashed. */
export function deliveryName(purpose: DeliveryPurpose, pullSecret: string): string {
  return `image-pull-${purpose}-${pullSecret}`;
}

/** Facts that the name of such an object tells. */
export interface NamedDelivery {
  readonly purpose: DeliveryPurpose;
  readonly pullSecret: string;
}

/** Reads the name of such an object, or of what comes with it; undefined for names of others. */
export function deliveryOfName(name: string): NamedDelivery | undefined {
  const [, purpose, pullSecret] = /^image-pull-(source|copy|clone|pods|accounts)-([^:]+)(?::.*)?$/.exec(name) ?? [];
  return pullSecret === undefined ? undefined : { purpose: purpose as DeliveryPurpose, pullSecret };
}

/** True for the name of a policy, or of what comes with one. */
export function isPolicyName(name: string): boolean {
  const { purpose } = deliveryOfName(name) ?? {};
  return purpose !== undefined && purpose !== 'source' && purpose !== 'copy';
}

/** A pull secret with its choices. */
interface Delivered extends Picks {
  readonly source: Source;
}

/** Purposes of what a pull secret brings along once per cluster. */
export function deliveryPurposes(pullSecret: Delivered): DeliveryPurpose[] {
  const { delivery } = distributionOf(pullSecret);
  const attaching = attachingPurpose(pullSecret);
  return [
    ...(hasSourceObjects(pullSecret) ? ['source' as const] : []),
    ...(delivery ? [delivery.purpose] : []),
    ...(attaching ? [attaching] : []),
  ];
}

/** The name of what puts the pull secret on lists or pods in the cluster; undefined where lists in Git do. */
export function attachingName(picks: Picks, pullSecret: string): string | undefined {
  const { purpose } = attachmentOf(picks);
  return purpose && deliveryName(purpose, pullSecret);
}

/** The purpose of the policy that attaches; undefined with another attachment. */
export function attachingPurpose(picks: Pick<Picks, 'attachment'>): AttachingPurpose | undefined {
  const { purpose } = attachmentOf(picks);
  return purpose === 'copy' ? undefined : purpose;
}

/** Purposes whose names become the value of a label: names of policies, and that of the patcher's Deployment. */
function labelling(picks: Picks): DeliveryPurpose[] {
  const { delivery } = distributionOf(picks);
  const attaching = attachingPurpose(picks);
  return [...(delivery?.isLabel ? [delivery.purpose] : []), ...(attaching ? [attaching] : [])];
}

/** How much the names of what a pull secret brings along exceed the longest that is possible. */
export interface ExcessLength {
  /** How many characters too long the longest name is that becomes the value of a label; 0 if all fit. */
  readonly labels: number;
  readonly names: number;
}

/** Judges the names of what a pull secret brings along. */
export function excessLength(pullSecret: Delivered, name: string): ExcessLength {
  const excess = (purposes: readonly DeliveryPurpose[], longest: number) =>
    Math.max(0, ...purposes.map((purpose) => deliveryName(purpose, name).length - longest));
  return {
    labels: excess(labelling(pullSecret), maxLabelLength),
    names: excess(deliveryPurposes(pullSecret), maxLength),
  };
}
