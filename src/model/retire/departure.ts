import type { Problem } from '../problem/problem.js';
import { isPolicyName } from '../reach/delivery-names.js';
import type { RetireSpec } from '../vocabulary/spec.js';

/**
 * Something that the files of an earlier run give and a plan does not: a pull secret, an entry of one, a name on a list,
 * or what delivers it.
 */
export interface Departure {
  /** Undefined for what a pull secret brings along once per cluster. */
  readonly namespace?: string;
  readonly pullSecret: string;
  /** The name of what a pull secret brought along and that leaves: a policy, or what copies without one. */
  readonly delivery?: string;
  /** True for an entry of the pull secret of every node. */
  readonly global?: true;
  /** The key of an entry that leaves while the pull secret stays. */
  readonly key?: string;
  /** The account whose list loses the name. */
  readonly serviceAccount?: string;
  /** Why `retire` cannot let it leave. */
  readonly refusal?: Refusal;
}

/** Why something cannot be retired. */
export type Refusal =
  | 'made-elsewhere'
  | 'lacks-what-is-needed'
  | 'not-ours'
  | 'still-needed'
  | 'unsettled'
  | 'others-document';

/** What to do where retire cannot let something leave. */
export const refusalHints: Readonly<Record<Refusal, string>> = {
  'made-elsewhere':
    'somebody else makes it now, and the two would fight over it: give the new one another name, name both in `overlap`, then retire the old one; at once: --now',
  'lacks-what-is-needed':
    'the object as it stands lacks what is needed now, so it cannot be kept: make one change after the other, or put what is new into another pull secret; at once: --now',
  'not-ours':
    'it is not as this tool writes it, so it cannot be kept: bring the file back from Git, or move the object into a manifest of yours; at once: --now',
  'still-needed': 'it is still needed: mend the findings; at once: --now',
  'others-document':
    'the file of current had it when it was read last, and pods of every node may rely on it: bring it back; if it is meant to leave: --now',
  unsettled:
    'there is a finding about an image of this namespace, and mending it may be all there is to do; if it is meant to leave: --now',
};

/** The finding that stops a run. */
export function departureProblem(cluster: string, departure: Departure, entry: RetireSpec): Problem {
  const hint = departure.refusal
    ? refusalHints[departure.refusal]
    : `if nothing needs it any more: \`retire: [${entryText(entry)}]\` lets it leave in two steps, --now at once; while one pull secret replaces another, name both in \`overlap\``;
  return { code: 'access-leaves', message: `${cluster}: ${departureText(departure)}`, hint };
}

/** An entry of `retire` as it is written in the config. */
export function entryText({ pullSecret, namespace, serviceAccount, clusters }: RetireSpec): string {
  const parts = Object.entries({
    pullSecret,
    namespace: namespace?.includes('*') ? JSON.stringify(namespace) : namespace,
    serviceAccount,
    clusters: clusters && `[${clusters.join(', ')}]`,
  });
  return `{ ${parts.flatMap(([key, value]) => (value === undefined ? [] : `${key}: ${value}`)).join(', ')} }`;
}

function departureText({ namespace, pullSecret, global, delivery, key, serviceAccount }: Departure): string {
  if (global) return `every node would lose the entry ${key} of pull secret ${pullSecret}`;
  if (delivery !== undefined) return `${isPolicyName(delivery) ? `policy ${delivery}` : delivery} would leave`;
  if (serviceAccount !== undefined)
    return `service account ${serviceAccount} of namespace ${namespace} would lose ${pullSecret}`;
  return key === undefined
    ? `pull secret ${pullSecret} would leave namespace ${namespace}`
    : `pull secret ${pullSecret} of namespace ${namespace} would lose its entry ${key}`;
}
