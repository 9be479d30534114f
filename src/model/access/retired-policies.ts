import { type NamedPolicy, policyOfName } from '../policies/policy-names.js';
import { compareText } from '../spec/names.js';
import type { AccessPlan } from './access-plan.js';
import type { Departure } from './departure.js';
import { type FormerObject, type FormerPolicy, roleKind, wholeMark } from './former.js';
import type { RetireEntries } from './retire-entries.js';

/** A policy that clones a pull secret, or its ClusterRole, and stays for one more step. */
export interface RetiredPolicy {
  readonly kind: string;
  readonly name: string;
  readonly pullSecret: string;
  readonly object: FormerObject;
  /** The index of the entry of `retire` that lets it leave. */
  readonly entry: number;
}

/** What the kinds that clone are, by engine. */
const cloneKinds = { kyverno: 'GeneratingPolicy', kyvernoLegacy: 'ClusterPolicy' } as const;

/**
 * What becomes of policies that the output has and a plan does not. One that attaches leaves at once, as names leave
 * lists. With one that clones its clones would go, or no longer follow their source, so it stays with the pull secret for
 * one more step.
 */
export function retirePolicies(
  plan: AccessPlan,
  former: readonly FormerPolicy[],
  entries: RetireEntries,
): { retired: RetiredPolicy[]; departures: Departure[] } {
  const retired: RetiredPolicy[] = [];
  const departures: Departure[] = [];
  for (const policy of former) {
    const named = policyOfName(policy.name);
    if (!named || policy.kind === roleKind || stays(plan, policy, named)) continue;
    const { pullSecret } = named;
    const matching = entries.ofPolicies(pullSecret);
    const objects = named.purpose === 'clone' ? [policy, ...rolesOf(policy, former)] : [];
    const refusal = objects.length > 0 ? refusalOf(plan, pullSecret, objects) : undefined;
    if (matching.length > 0 && !refusal) {
      const entry = entries.use(matching);
      retired.push(
        ...objects.flatMap(({ kind, name, object }) => (object ? [{ kind, name, pullSecret, object, entry }] : [])),
      );
    } else if (!policy.marks.includes(wholeMark)) {
      departures.push({ pullSecret, policy: policy.name, ...(refusal && { refusal }) });
    }
  }
  retired.sort((a, b) => compareText(a.name, b.name));
  return { retired, departures };
}

/** A policy of another kind clones anew, and finds the clones of the first one there: the two would fight. */
function stays({ cluster, writtenPolicies }: AccessPlan, { kind, name }: FormerPolicy, named: NamedPolicy): boolean {
  if (!writtenPolicies.includes(name)) return false;
  const { cloneEngine } = cluster.pullSecrets.get(named.pullSecret) ?? {};
  return named.purpose !== 'clone' || (cloneEngine !== undefined && cloneKinds[cloneEngine] === kind);
}

function rolesOf({ name }: FormerPolicy, former: readonly FormerPolicy[]): FormerPolicy[] {
  return former.filter((each) => each.kind === roleKind && each.name.startsWith(`${name}:`));
}

function refusalOf(
  { cluster }: AccessPlan,
  pullSecret: string,
  objects: readonly FormerPolicy[],
): Departure['refusal'] {
  if (cluster.pullSecrets.has(pullSecret)) return 'made-elsewhere';
  return objects.some(({ object }) => !object) ? 'not-ours' : undefined;
}
