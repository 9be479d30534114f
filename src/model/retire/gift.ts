import { entryPath } from '../docker-config/entry-path.js';
import { type DeliveryPurpose, deliveryName, isPolicyName } from '../reach/delivery-names.js';
import type { DistributionName } from '../vocabulary/distributions.js';

/** One piece of access that an output gives. */
export type Gift =
  | { readonly gives: 'secret'; readonly namespace: string; readonly pullSecret: string }
  | { readonly gives: 'entry'; readonly namespace: string; readonly pullSecret: string; readonly key: string }
  | { readonly gives: 'listing'; readonly namespace: string; readonly account: string; readonly pullSecret: string }
  | { readonly gives: 'grant'; readonly from: string; readonly to: string; readonly account: string | undefined }
  | { readonly gives: 'delivery'; readonly purpose: DeliveryPurpose; readonly pullSecret: string }
  /** The copies that a program makes of a Secret because of its annotations. */
  | { readonly gives: 'copies'; readonly pullSecret: string; readonly by: DistributionName }
  | { readonly gives: 'node-entry'; readonly pullSecret: string; readonly key: string };

/** The mark of an object that is to leave as a whole. */
export const wholeMark = 'true';

/** The part of an object's mark that says that a gift of it leaves. */
export function markOf(gift: Gift): string {
  if (gift.gives === 'listing') return gift.pullSecret;
  return 'key' in gift ? gift.key : wholeMark;
}

/** Gifts by what they give: the same access has the same key, whoever gives it. */
export class Gifts {
  readonly #keys: ReadonlySet<string>;

  constructor(gifts: readonly Gift[]) {
    this.#keys = new Set(gifts.map(keyOf));
  }

  /** True where the access is given, or more than it. */
  has(gift: Gift): boolean {
    if (this.#keys.has(keyOf(gift))) return true;
    // The grant for a whole namespace stands for those of its accounts.
    return gift.gives === 'grant' && this.#keys.has(keyOf({ ...gift, account: undefined }));
  }
}

function keyOf(gift: Gift): string {
  // A key of the node's document opens the same in any spelling, from whichever pull secret it comes.
  if (gift.gives === 'node-entry') return `node-entry ${entryPath(gift.key)}`;
  // With a slash at its end or without, a key opens what lies below it.
  if (gift.gives === 'entry') return Object.values({ ...gift, key: gift.key.replace(/\/$/, '') }).join(' ');
  return Object.values(gift).join(' ');
}

/** How the loss of a gift is told. */
export function lossText(gift: Gift): string {
  switch (gift.gives) {
    case 'secret':
      return `pull secret ${gift.pullSecret} would leave namespace ${gift.namespace}`;
    case 'entry':
      return `pull secret ${gift.pullSecret} of namespace ${gift.namespace} would lose its entry ${gift.key}`;
    case 'listing':
      return `service account ${gift.account} of namespace ${gift.namespace} would lose ${gift.pullSecret}`;
    case 'grant':
      return `${pullerText(gift)} would lose the right to pull from namespace ${gift.from}`;
    case 'delivery':
      return `${deliveryText(deliveryName(gift.purpose, gift.pullSecret))} would leave`;
    case 'copies':
      return `what ${gift.by} copies of ${gift.pullSecret} would leave`;
    case 'node-entry':
      return `every node would lose the entry ${gift.key} of pull secret ${gift.pullSecret}`;
  }
}

function pullerText({ to, account }: Extract<Gift, { gives: 'grant' }>): string {
  return account === undefined ? `namespace ${to}` : `service account ${account} of namespace ${to}`;
}

function deliveryText(name: string): string {
  return isPolicyName(name) ? `policy ${name}` : name;
}
