import { compareText } from '../names/names.js';
import type { AccessPlan } from '../plan/access-plan.js';
import { type DeliveryPurpose, deliveryName, deliveryOfName, type NamedDelivery } from '../reach/delivery-names.js';
import { copyingKind, distributions } from '../vocabulary/distributions.js';
import { sourceObjectsOf } from '../vocabulary/sources.js';
import type { Departure } from './departure.js';
import { type FormerDelivery, type FormerObject, wholeMark } from './former.js';
import type { RetireEntries } from './retire-entries.js';
import type { RetiredSecret } from './retirement.js';

/** An object that makes or feeds the copies of a pull secret, and stays for one more step. */
export interface RetiredDelivery extends Pick<FormerDelivery, 'kind' | 'name' | 'namespace' | 'stage'> {
  readonly pullSecret: string;
  readonly object: FormerObject;
  /** The index of the entry of `retire` that lets it leave. */
  readonly entry: number;
}

/** What makes the copies of a pull secret. */
const copiers: readonly DeliveryPurpose[] = ['copy', 'clone'];

/** Objects of one name and what comes with it. */
interface FormerGroup extends NamedDelivery {
  readonly objects: FormerDelivery[];
}

/**
 * What becomes of policies and other objects of a delivery that the output has and a plan does not. What attaches
 * leaves at once, as names leave lists. With what copies all copies would go, or no longer follow their source, so it stays with
 * the pull secret for one more step. What the source needs stays as long as something that it feeds, and stops no run by itself.
 *
 * @param secrets what stays of the pull secrets themselves
 */
export function retireDeliveries(
  plan: AccessPlan,
  former: readonly FormerDelivery[],
  entries: RetireEntries,
  secrets: readonly RetiredSecret[],
): { retired: RetiredDelivery[]; departures: Departure[] } {
  const retired: RetiredDelivery[] = [];
  const departures: Departure[] = [];
  const groups = groupsOf(former);
  for (const group of groups) {
    const { purpose, pullSecret, objects } = group;
    if (purpose === 'source' || stays(plan, group)) continue;
    const matching = entries.ofPolicies(pullSecret);
    const kept = staysWithCopies(group) ? objects : [];
    const refusal = copiers.includes(purpose) ? refusalOf(plan, pullSecret, kept) : undefined;
    if (matching.length > 0 && !refusal) {
      const entry = entries.use(matching);
      retired.push(...keptObjects(pullSecret, kept, entry));
    } else if (!objects.every(({ marks }) => marks.includes(wholeMark))) {
      departures.push({ pullSecret, delivery: deliveryName(purpose, pullSecret), ...(refusal && { refusal }) });
    }
  }
  for (const { purpose, pullSecret, objects: all } of groups) {
    const objects = all.filter((object) => !isWrittenAnew(plan, pullSecret, object));
    if (purpose !== 'source' || objects.length === 0) continue;
    const fed =
      secrets.find(({ name }) => name === pullSecret) ?? retired.find((each) => each.pullSecret === pullSecret);
    if (!fed) continue;
    if (objects.some(({ object }) => !object))
      departures.push({ pullSecret, delivery: deliveryName(purpose, pullSecret), refusal: 'not-ours' });
    else retired.push(...keptObjects(pullSecret, objects, fed.entry));
  }
  retired.sort((a, b) => compareText(a.name, b.name) || compareText(a.kind, b.kind));
  return { retired, departures };
}

/**
 * Without it the copies would go, or grow old. Those of the patcher do not go, and as long as it runs it puts names on the
 * lists that are to lose them.
 */
function staysWithCopies({ purpose, objects }: FormerGroup): boolean {
  return copiers.includes(purpose) && !objects.some(({ kind }) => kind === distributions.patcher.delivery?.kind);
}

function groupsOf(former: readonly FormerDelivery[]): FormerGroup[] {
  const groups = new Map<string, FormerGroup>();
  for (const object of former) {
    const named = deliveryOfName(object.name);
    if (!named) continue;
    const name = deliveryName(named.purpose, named.pullSecret);
    const known = groups.get(name);
    if (known) known.objects.push(object);
    else groups.set(name, { ...named, objects: [object] });
  }
  return [...groups.values()];
}

function keptObjects(pullSecret: string, objects: readonly FormerDelivery[], entry: number): RetiredDelivery[] {
  return objects.flatMap(({ object, ...each }) => (object ? [{ ...each, pullSecret, object, entry }] : []));
}

/** A pull secret that still has a source writes what that needs also for what is retired. */
function isWrittenAnew({ cluster }: AccessPlan, pullSecret: string, { kind, namespace }: FormerDelivery): boolean {
  const model = cluster.pullSecrets.get(pullSecret);
  const written = model ? sourceObjectsOf(model) : [];
  return written.some((each) => each.kind === kind && each.namespace === namespace);
}

/** A policy of another kind clones anew, and finds the clones of the first one there: the two would fight. */
function stays({ cluster, deliveries }: AccessPlan, { purpose, pullSecret, objects }: FormerGroup): boolean {
  if (!deliveries.includes(deliveryName(purpose, pullSecret))) return false;
  const model = cluster.pullSecrets.get(pullSecret);
  const expected = model && copiers.includes(purpose) ? copyingKind(model) : undefined;
  return !expected || objects.some(({ kind }) => kind === expected);
}

function refusalOf(
  { cluster }: AccessPlan,
  pullSecret: string,
  objects: readonly FormerDelivery[],
): Departure['refusal'] {
  if (cluster.pullSecrets.has(pullSecret)) return 'made-elsewhere';
  return objects.some(({ object }) => !object) ? 'not-ours' : undefined;
}
