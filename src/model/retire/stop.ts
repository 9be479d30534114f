import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { sentence, words } from '../problem/shown.js';
import type { RetireSpec } from '../vocabulary/spec.js';
import { type Gift, lossText } from './gift.js';
import { entryText } from './retire-entries.js';

/** Why something cannot be retired. */
export type Refusal =
  | 'made-elsewhere'
  | 'lacks-what-is-needed'
  | 'not-ours'
  | 'still-needed'
  | 'unsettled'
  | 'others-document';

/** The way out where retire cannot let something leave. */
const refusalHints: Readonly<Record<Refusal, string>> = {
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

/** Stops a run, because access would leave. */
export function lossProblem(cluster: string, gift: Gift, refusal: Refusal | undefined, entry: RetireSpec): Problem {
  const overlap = gift.gives === 'grant' ? '' : '; while one pull secret replaces another, name both in `overlap`';
  return At.of().stop(
    'access-leaves',
    words`${cluster}: ${lossText(gift)}`,
    refusal
      ? sentence(refusalHints[refusal])
      : words`if nothing needs it any more: \`retire: [${entryText(entry)}]\` lets it leave in two steps, --now at once${overlap}${gift.gives === 'listing' ? '; if its pods have it on lists of their own now, as by values of their chart, that is right: --now' : ''}`,
  );
}

/** Stops a run, because nobody knows whether access would leave. */
export function brokenProblem(cluster: string, path: string): Problem {
  return At.of().stop(
    'access-leaves',
    words`${cluster}: what ${path} gives cannot be read, so it may leave`,
    'bring the file back from Git, so that what it gives is known; at once: --now',
  );
}
