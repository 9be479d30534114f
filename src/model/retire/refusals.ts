import { shownKey } from '../docker-config/docker-config-entry.js';
import { entryPath } from '../docker-config/entry-path.js';
import type { AccessPlan } from '../plan/access-plan.js';
import type { SecretPlan } from '../plan/secret-plan.js';
import { type DeliveryPurpose, deliveryName } from '../reach/delivery-names.js';
import { copyingKind, distributions, originalOf } from '../vocabulary/distributions.js';
import { sourceObjectsOf } from '../vocabulary/sources.js';
import type { GivingObject } from './former.js';
import type { Gift } from './gift.js';
import type { Refusal } from './stop.js';

type DeliveryGift = Extract<Gift, { gives: 'delivery' }>;

/** Purposes of what makes the copies of a pull secret. */
const copiers: readonly DeliveryPurpose[] = ['copy', 'clone'];

/** Knows why something may not leave in two steps. */
export class Refusals {
  readonly #plan: AccessPlan;
  readonly #secrets: ReadonlyMap<string, SecretPlan>;
  readonly #given: ReadonlyMap<string, GivingObject>;

  /** @param given what the new output gives */
  constructor(plan: AccessPlan, given: readonly GivingObject[]) {
    this.#plan = plan;
    this.#secrets = new Map(plan.secrets.map((secret) => [`${secret.namespace}/${secret.pullSecret}`, secret]));
    this.#given = new Map(
      given.flatMap((each) => (each.gifts[0]?.gives === 'secret' ? [[`${each.namespace}/${each.name}`, each]] : [])),
    );
  }

  /** Why the object that makes a pull secret cannot be kept. */
  ofSecret(former: GivingObject): Refusal | undefined {
    const key = `${former.namespace}/${former.name}`;
    const planned = this.#secrets.get(key);
    const pullSecret = this.#plan.cluster.pullSecrets.get(former.name);
    // Of two originals of one name copies would be made from both; and nobody else may make what was copied.
    if (former.isSource && pullSecret && originalOf(pullSecret) !== former.namespace) return 'made-elsewhere';
    // A clone never replaces what is there, and would be missing once that has gone.
    if (pullSecret?.source.name === 'existing' || planned?.copiedBy !== undefined) return 'made-elsewhere';
    if (!former.object) return 'not-ours';
    const now = this.#given.get(key);
    const lacks = now ? !entriesOf(now).every((each) => entriesOf(former).includes(each)) : false;
    return planned && (lacks || !pullSecret || (now && now.kind !== former.kind)) ? 'lacks-what-is-needed' : undefined;
  }

  /** Why a grant cannot be kept. */
  ofGrant({ object }: GivingObject): Refusal | undefined {
    return object ? undefined : 'not-ours';
  }

  /** Why the object of the global pull secret cannot be kept. */
  ofNodeEntries({ object, gifts }: GivingObject): Refusal | undefined {
    if (!object) return 'not-ours';
    const there = gifts.flatMap((gift) => ('key' in gift ? [entryPath(gift.key)] : []));
    const { entries = [] } = this.#plan.globalPullSecret ?? {};
    return entries.every(({ key }) => there.includes(entryPath(key))) ? undefined : 'lacks-what-is-needed';
  }

  /** Entries of others that the file of `current` has lost; of a document in a store nobody knows. */
  lostOthers({ name, others }: GivingObject): Gift[] {
    const { cluster, globalPullSecret } = this.#plan;
    const document = cluster.globalPullSecret?.current?.plaintext?.document;
    if (!document || globalPullSecret?.source !== 'plaintext') return [];
    const ours = globalPullSecret.entries.map(({ key }) => entryPath(key));
    return others
      .filter((key) => document.twinsOf(key).length === 0 && !ours.includes(entryPath(key)))
      .map((key) => ({ gives: 'node-entry', pullSecret: name, key: String(shownKey(key)) }));
  }

  /** Why what copies a pull secret cannot be kept. */
  ofDelivery({ purpose, pullSecret }: DeliveryGift, kept: readonly GivingObject[]): Refusal | undefined {
    if (!copiers.includes(purpose)) return undefined;
    if (this.#plan.cluster.pullSecrets.has(pullSecret)) return 'made-elsewhere';
    return kept.some(({ object }) => !object) ? 'not-ours' : undefined;
  }

  /**
   * True where a delivery is still there. A policy of another kind clones anew, and finds the clones of the first one
   * there: the two would fight.
   */
  isStill({ purpose, pullSecret }: DeliveryGift, objects: readonly GivingObject[]): boolean {
    const { cluster, deliveries } = this.#plan;
    if (!deliveries.includes(deliveryName(purpose, pullSecret))) return false;
    const model = cluster.pullSecrets.get(pullSecret);
    const expected = model && copiers.includes(purpose) ? copyingKind(model) : undefined;
    return !expected || objects.some(({ kind }) => kind === expected);
  }
}

/**
 * True for what copies: without it the copies would go, or grow old. Those of the patcher do not go, and as long as it
 * runs it puts names on the lists that are to lose them.
 */
export function staysWithCopies({ purpose }: DeliveryGift, objects: readonly GivingObject[]): boolean {
  return copiers.includes(purpose) && !objects.some(({ kind }) => kind === distributions.patcher.delivery?.kind);
}

/** A pull secret that still has a source writes what that needs also for what is retired. */
export function isWrittenAnew({ cluster }: AccessPlan, pullSecret: string, { kind, namespace }: GivingObject): boolean {
  const model = cluster.pullSecrets.get(pullSecret);
  const written = model ? sourceObjectsOf(model) : [];
  return written.some((each) => each.kind === kind && each.namespace === namespace);
}

function entriesOf({ gifts }: GivingObject): string[] {
  return gifts.flatMap((gift) => (gift.gives === 'entry' ? [gift.key] : []));
}
