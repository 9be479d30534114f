import { shownKey } from '../docker-config/docker-config-entry.js';
import { entryPath } from '../docker-config/entry-path.js';
import type { AccessPlan } from '../plan/access-plan.js';
import type { SecretName } from '../vocabulary/global-pull-secret.js';
import type { Departure } from './departure.js';
import type { FormerEntry, FormerGlobal, FormerObject } from './former.js';
import type { RetireEntries } from './retire-entries.js';

/** The object of the global pull secret as it stands, for one more step. */
export interface RetiredGlobal extends SecretName {
  readonly object: FormerObject;
  /** The keys of the entries that leave. */
  readonly marks: readonly string[];
  /** The index of the entry of `retire` that lets them leave. */
  readonly entry: number;
}

/** What becomes of entries that leave. */
interface LeavingEntries {
  /** Set where `retire` keeps the object. */
  readonly retired: RetiredGlobal | undefined;
  readonly departures: readonly Departure[];
}

/**
 * What becomes of entries of the global pull secret that the output has and a plan does not. It is one object, so it
 * stays as it stands while entries that `retire` names leave; what comes in the same change would not be in it.
 */
export function retireGlobal(
  plan: AccessPlan,
  former: FormerGlobal | undefined,
  retire: RetireEntries,
): LeavingEntries {
  if (!former) return { retired: undefined, departures: [] };
  const lost = lostEntries(plan, former).map((each) => ({ ...each, matching: retire.ofPolicies(each.pullSecret) }));
  const others = lostOthers(plan, former);
  const refusal = refusalOf(plan, former);
  const { namespace, name, object, marks } = former;
  const isNamed = lost.length > 0 && lost.every(({ matching }) => matching.length > 0);
  if (isNamed && object && !refusal && others.length === 0) {
    const entry = retire.use(lost.flatMap(({ matching }) => matching));
    return { retired: { namespace, name, object, marks: lost.map(({ key }) => key), entry }, departures: [] };
  }
  const fresh = lost.filter(({ key }) => !marks.includes(key));
  const departures = fresh.map(({ pullSecret, key, matching }): Departure => {
    const because = matching.length > 0 ? refusal : undefined;
    return { global: true, pullSecret, key, ...(because && { refusal: because }) };
  });
  return { retired: undefined, departures: [...departures, ...others.map((key) => departureOfOther(name, key))] };
}

/** Entries of ours that the plan has under no spelling of their key. */
function lostEntries({ globalPullSecret }: AccessPlan, { entries }: FormerGlobal): FormerEntry[] {
  const kept = (globalPullSecret?.entries ?? []).map(({ key }) => entryPath(key));
  return entries.filter(({ key }) => !kept.includes(entryPath(key)));
}

/** Entries of others that the file of `current` has lost; of a document in a store nobody knows. */
function lostOthers({ cluster, globalPullSecret }: AccessPlan, { others }: FormerGlobal): string[] {
  const document = cluster.globalPullSecret?.current?.plaintext?.document;
  if (!document || globalPullSecret?.source !== 'plaintext') return [];
  const ours = globalPullSecret.entries.map(({ key }) => entryPath(key));
  return others.filter((key) => document.twinsOf(key).length === 0 && !ours.includes(entryPath(key)));
}

function refusalOf({ globalPullSecret }: AccessPlan, { object, entries }: FormerGlobal): Departure['refusal'] {
  if (!object) return 'not-ours';
  const there = entries.map(({ key }) => entryPath(key));
  const isWhole = (globalPullSecret?.entries ?? []).every(({ key }) => there.includes(entryPath(key)));
  return isWhole ? undefined : 'lacks-what-is-needed';
}

function departureOfOther(name: string, key: string): Departure {
  return { global: true, pullSecret: name, key: shownKey(key), refusal: 'others-document' };
}
