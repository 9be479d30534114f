import { grantName } from '../needs/grants.js';
import type { AccessPlan } from '../plan/access-plan.js';
import type { Problem } from '../problem/problem.js';
import type { RetireSpec } from '../vocabulary/spec.js';
import { entryText, refusalHints } from './departure.js';
import { type FormerGrant, type FormerObject, wholeMark } from './former.js';
import type { RetireEntries } from './retire-entries.js';

/** A grant that nothing needs any more and that stays for one more step. */
export interface RetiredGrant extends Pick<FormerGrant, 'from' | 'to' | 'serviceAccount'> {
  readonly object: FormerObject;
  /** The index of the entry of `retire` that lets it leave. */
  readonly entry: number;
}

/**
 * What becomes of grants that the output has and a plan does not: a pod that was made before pulls again when it
 * restarts elsewhere, so they leave as pull secrets do, by entries of `retire` for the namespace of the pods.
 *
 * @param unsettled namespaces with a finding about an image
 */
export function retireGrants(
  plan: AccessPlan,
  former: readonly FormerGrant[],
  entries: RetireEntries,
  unsettled: ReadonlySet<string>,
): { retired: RetiredGrant[]; stops: Problem[] } {
  const given = new Set(plan.grants.map(keyOf));
  const retired: RetiredGrant[] = [];
  const stops: Problem[] = [];
  for (const grant of former) {
    if (given.has(keyOf(grant)) || given.has(keyOf({ ...grant, serviceAccount: undefined }))) continue;
    const matching = entries.ofGrants(grant.to, grant.serviceAccount);
    const { marks, object, ...named } = grant;
    if (matching.length > 0 && object) retired.push({ ...named, object, entry: entries.use(matching) });
    else if (!marks.includes(wholeMark)) stops.push(departureOf(plan.cluster.name, grant, unsettled.has(grant.to)));
  }
  return { retired, stops };
}

/** The grant for a whole namespace stands for those of its accounts. */
function keyOf(grant: Pick<FormerGrant, 'from' | 'to' | 'serviceAccount'>): string {
  return `${grant.from} ${grantName(grant)}`;
}

function departureOf(cluster: string, grant: FormerGrant, isUnsettled: boolean): Problem {
  const { from, to, serviceAccount, object } = grant;
  const who = serviceAccount === undefined ? `namespace ${to}` : `service account ${serviceAccount} of namespace ${to}`;
  const entry: RetireSpec = serviceAccount === undefined ? { namespace: to } : { namespace: to, serviceAccount };
  const refusal = isUnsettled ? 'unsettled' : object ? undefined : 'not-ours';
  return {
    code: 'access-leaves',
    message: `${cluster}: ${who} would lose the right to pull from namespace ${from}`,
    hint: refusal
      ? refusalHints[refusal]
      : `if nothing needs it any more: \`retire: [${entryText(entry)}]\` lets it leave in two steps, --now at once`,
  };
}
