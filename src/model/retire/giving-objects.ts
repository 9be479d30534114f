import type { Inventory } from '../inventory/found-inventory.js';
import type { AccessPlan } from '../plan/access-plan.js';
import { deliveryName } from '../reach/delivery-names.js';
import type { GivingObject } from './former.js';
import type { Gift } from './gift.js';

/** Whether an object gives nothing but the list of a service account. */
export function isAccount({ kind, gifts }: GivingObject): boolean {
  return kind === 'ServiceAccount' && gifts.every(({ gives }) => gives === 'listing');
}

/** Whether an object is a pull secret. */
export function isPullSecret({ gifts }: GivingObject): boolean {
  return gifts[0]?.gives === 'secret';
}

/** The names on a list, and those that it has lost. */
export function namesOn({ gifts, marks }: GivingObject): string[] {
  return [...gifts.flatMap((gift) => ('pullSecret' in gift ? [gift.pullSecret] : [])), ...marks];
}

/**
 * Collects what is given whatever the output has in these namespaces: by lists in manifests, by programs that copy, and
 * by the document of every node.
 */
export function givenElsewhere({ cluster, globalPullSecret }: AccessPlan, { accounts }: Inventory): Gift[] {
  return [
    ...[...cluster.pullSecrets.values()].map(
      ({ name, distribution }): Gift => ({ gives: 'copies', pullSecret: name, by: distribution.name }),
    ),
    ...accounts.flatMap(({ namespace = '', name: account, pullSecrets }) =>
      pullSecrets.map((pullSecret): Gift => ({ gives: 'listing', namespace, account, pullSecret })),
    ),
    ...(globalPullSecret?.entries ?? []).map(
      ({ pullSecret, key }): Gift => ({ gives: 'node-entry', pullSecret: pullSecret.name, key }),
    ),
  ];
}

/** Objects that a pull secret brings along for one purpose. */
export function deliveriesOf(objects: readonly GivingObject[]): GivingObject[][] {
  const groups = new Map<string, GivingObject[]>();
  for (const object of objects) {
    const [gift] = object.gifts;
    if (gift?.gives !== 'delivery') continue;
    const name = deliveryName(gift.purpose, gift.pullSecret);
    const group = groups.get(name);
    if (group) group.push(object);
    else groups.set(name, [object]);
  }
  return [...groups.values()];
}
