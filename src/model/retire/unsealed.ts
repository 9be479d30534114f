import { compareText } from '../names/names.js';
import type { AccessPlan } from '../plan/access-plan.js';
import type { SecretPlan } from '../plan/secret-plan.js';
import { originalOf } from '../vocabulary/distributions.js';
import type { FormerOutput, GivingObject } from './former.js';
import { type Gift, wholeMark } from './gift.js';
import type { UnsealedObject } from './retired.js';

/**
 * Objects of an earlier run that stay as they stand, because the ciphertext of what would take their place is missing or
 * cannot be placed: what is in the cluster is worth more than nothing. What feeds them stays with them.
 */
export function unsealedObjects(plan: AccessPlan, { objects }: FormerOutput): UnsealedObject[] {
  const planned = new Map(plan.secrets.map((secret) => [`${secret.namespace}/${secret.pullSecret}`, secret]));
  const kept = objects.flatMap((former): UnsealedObject[] => {
    const secret = planned.get(`${former.namespace}/${former.name}`);
    if (isGlobal(plan, former)) return stays(former, { gives: 'node-entry', pullSecret: former.name, key: '' }, []);
    if (!secret || !isHeld(plan, secret, former)) return [];
    return stays(former, former.gifts[0], marksOf(plan, secret, former));
  });
  const fed = new Set(kept.map(({ name }) => name));
  const feeding = objects.flatMap((former): UnsealedObject[] => {
    const [gift] = former.gifts;
    return gift?.gives === 'delivery' && gift.purpose === 'source' && fed.has(gift.pullSecret)
      ? stays(former, gift, [])
      : [];
  });
  return [...kept, ...feeding].sort(
    (a, b) => compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name),
  );
}

/** Whether something that is needed there is in what the output has, and in no ciphertext. */
function isHeld(plan: AccessPlan, { pullSecret, sealed, write }: SecretPlan, former: GivingObject): boolean {
  if (!sealed || former.gifts[0]?.gives !== 'secret') return false;
  const model = plan.cluster.pullSecrets.get(pullSecret);
  // Of two originals of one name copies would be made from both.
  if (!model || (former.isSource && originalOf(model) !== former.namespace)) return false;
  return !write || keysOf(plan, sealed.lacks).some((key) => entriesOf(former).includes(key));
}

function isGlobal({ globalPullSecret: global }: AccessPlan, { namespace, name, isSource }: GivingObject): boolean {
  const isUnsealed = global?.sealed !== undefined && !global.write;
  return isUnsealed && isSource && global.namespace === namespace && global.name === name;
}

/** An object that is not as this package writes it is never written again. */
function stays(
  { object, ...former }: GivingObject,
  gift: Gift | undefined,
  marks: readonly string[],
): UnsealedObject[] {
  if (!object || !gift) return [];
  const { kind, name, namespace, isSource } = former;
  return [{ because: 'unsealed', kind, name, namespace, isSource, gift, marks, object }];
}

/** The marks of an earlier run, without those of what is needed again. */
function marksOf(plan: AccessPlan, { registries }: SecretPlan, { marks }: GivingObject): string[] {
  const needed = keysOf(plan, registries);
  return marks.filter((mark) => mark !== wholeMark && !needed.includes(mark));
}

/** The keys that entries of registries may have. */
function keysOf({ cluster }: AccessPlan, registries: readonly string[]): string[] {
  return registries.flatMap((name) => {
    const registry = cluster.registries.get(name);
    return registry ? [registry.key, registry.segmentKey] : [];
  });
}

function entriesOf({ gifts }: GivingObject): string[] {
  return gifts.flatMap((gift) => (gift.gives === 'entry' ? [gift.key] : []));
}
