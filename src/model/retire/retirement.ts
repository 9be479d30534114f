import type { Inventory } from '../inventory/found-inventory.js';
import { compareText, sortedUnique } from '../names/names.js';
import { namespaceLabels } from '../needs/needs.js';
import type { AccessPlan } from '../plan/access-plan.js';
import type { AccountPlan } from '../plan/account-plan.js';
import { PolicyPlanner } from '../plan/policy-plan.js';
import type { Problem } from '../problem/problem.js';
import type { RetireSpec } from '../vocabulary/spec.js';
import type { FormerOutput, GivingObject } from './former.js';
import { type Gift, Gifts, markOf, wholeMark } from './gift.js';
import { deliveriesOf, givenElsewhere, isAccount, isPullSecret, namesOn } from './giving-objects.js';
import { isWrittenAnew, Refusals, staysWithCopies } from './refusals.js';
import { EntrySuggestions, RetireEntries } from './retire-entries.js';
import { nothingRetired, type Retired, type RetiredName, type RetiredObject } from './retired.js';
import { brokenProblem, lossProblem, type Refusal } from './stop.js';

/** Input that {@link retireAccess} compares. */
export interface RetireInput {
  readonly plan: AccessPlan;
  readonly inventory: Inventory;
  /** Output of an earlier run. */
  readonly former: FormerOutput;
  /** Objects of the new output, in the namespaces of these. */
  readonly given: readonly GivingObject[];
  readonly retire: readonly RetireSpec[];
}

/** Fate of access that the output has and a plan does not give. */
export interface Leaving {
  /** The plan, with the accounts whose list is emptied. */
  readonly plan: AccessPlan;
  readonly retired: Retired;
  /** Problems of what may not leave: they stop the run. */
  readonly stops: readonly Problem[];
  /** The indices of the entries of `retire` that match something that leaves. */
  readonly used: ReadonlySet<number>;
}

/**
 * Rule of ownership 5 for one cluster: what the output gave and does not give any more. What an entry of `retire` covers
 * leaves lists now and its pull secret in a later run; what an earlier run marked retired, and no entry covers any more,
 * goes; anything else that would leave stops the run. Pure, and steady: the output that comes of it gives the same
 * output again.
 */
export function retireAccess(input: RetireInput): Leaving {
  const { plan, former } = input;
  if (former.objects.length + former.broken.length === 0)
    return { plan, retired: nothingRetired, stops: [], used: new Set() };
  return new Retirement(input).read();
}

/** Objects that leave together, and what is lost with them. */
interface Loss {
  readonly objects: readonly GivingObject[];
  readonly gifts: readonly Gift[];
  readonly refusal: Refusal | undefined;
  /** Objects that stay for one more step. */
  readonly kept: readonly GivingObject[];
}

const keyOf = ({ namespace, name }: { readonly namespace?: string | undefined; readonly name: string }) =>
  `${namespace}/${name}`;

class Retirement {
  readonly #input: RetireInput;
  readonly #entries: RetireEntries;
  readonly #suggestions: EntrySuggestions;
  readonly #refusals: Refusals;
  readonly #given: Gifts;
  readonly #policies: PolicyPlanner;
  /** Namespaces with a finding about an image. */
  readonly #unsettled: ReadonlySet<string>;
  readonly #accounts: ReadonlyMap<string, AccountPlan>;
  /** Former pull secrets that an earlier run marked. */
  readonly #marked: ReadonlySet<string>;
  readonly #declaredSecrets: ReadonlySet<string>;
  readonly #declaredAccounts: ReadonlySet<string>;
  readonly #emptied: AccountPlan[] = [];
  readonly #objects: RetiredObject[] = [];
  readonly #kept = new Set<string>();
  readonly #names: RetiredName[] = [];
  readonly #stops: Problem[] = [];

  constructor(input: RetireInput) {
    const { plan, inventory, former, given, retire } = input;
    this.#input = input;
    this.#suggestions = new EntrySuggestions(plan);
    this.#refusals = new Refusals(plan, given);
    this.#policies = new PolicyPlanner(inventory, plan.cluster, namespaceLabels(inventory, plan.cluster), plan.needs);
    this.#unsettled = new Set(
      plan.others.flatMap(({ answer, namespace }) => (answer === 'findings' ? [namespace] : [])),
    );
    this.#accounts = new Map(plan.accounts.map((account) => [keyOf(account), account]));
    this.#marked = new Set(former.objects.filter((each) => isPullSecret(each) && each.marks.length > 0).map(keyOf));
    this.#declaredSecrets = new Set(inventory.secrets.map(keyOf));
    this.#declaredAccounts = new Set(inventory.accounts.map(keyOf));
    this.#given = new Gifts([...given.flatMap(({ gifts }) => gifts), ...givenElsewhere(plan, inventory)]);
    const lists = new Map(former.objects.filter(isAccount).map((account) => [keyOf(account), account]));
    this.#entries = new RetireEntries(retire, plan.cluster.name, (namespace, pullSecret, account) => {
      const list = lists.get(`${namespace}/${account}`);
      // An account that has left the output cannot tell: the mark of the pull secret does.
      return list ? namesOn(list).includes(pullSecret) : this.#marked.has(keyOf({ namespace, name: pullSecret }));
    });
  }

  read(): Leaving {
    const { plan, former } = this.#input;
    const { name: cluster } = plan.cluster;
    for (const object of former.objects) this.#readObject(object);
    for (const group of deliveriesOf(former.objects)) this.#readDelivery(group);
    for (const group of deliveriesOf(former.objects)) this.#readProvider(group);
    for (const path of former.broken) this.#stops.push(brokenProblem(cluster, path));
    return {
      plan: { ...plan, accounts: inOrder([...plan.accounts, ...this.#emptied]) },
      retired: {
        objects: [...this.#objects].sort(
          (a, b) =>
            compareText(a.namespace ?? '', b.namespace ?? '') ||
            compareText(a.name, b.name) ||
            compareText(a.kind, b.kind),
        ),
        names: [...this.#names].sort(
          (a, b) =>
            compareText(a.namespace, b.namespace) ||
            compareText(a.account, b.account) ||
            compareText(a.pullSecret, b.pullSecret),
        ),
      },
      stops: this.#stops,
      used: this.#entries.used,
    };
  }

  #readObject(object: GivingObject): void {
    const [first] = object.gifts;
    if (isAccount(object)) this.#readAccount(object);
    else if (first?.gives === 'secret') this.#readSecret(object);
    else if (first?.gives === 'grant')
      this.#settle({
        objects: [object],
        gifts: this.#lost(object),
        refusal: this.#refusals.ofGrant(object),
        kept: [object],
      });
    else if (first?.gives === 'node-entry' || object.others.length > 0) this.#readNodeEntries(object);
  }

  #readSecret(object: GivingObject): void {
    // What a manifest declares is there, and nobody else may write it.
    if (this.#declaredSecrets.has(keyOf(object))) return;
    const lost = this.#lost(object);
    const copies = lost.find(({ gives }) => gives === 'copies');
    if (copies && this.#input.plan.cluster.pullSecrets.has(object.name)) {
      // When the annotations leave, a program deletes its copies or leaves them for good: nobody else may make them.
      if (!object.marks.includes(wholeMark)) this.#stop(copies, 'made-elsewhere');
      return;
    }
    const whole = lost.filter(({ gives }) => gives === 'secret');
    const gifts = whole.length > 0 ? whole : lost.filter(({ gives }) => gives === 'entry');
    this.#settle({ objects: [object], gifts, refusal: this.#refusals.ofSecret(object), kept: [object] });
  }

  #readAccount(object: GivingObject): void {
    const { namespace = '', name } = object;
    const planned = this.#accounts.get(keyOf(object));
    const isDeclared = this.#declaredAccounts.has(keyOf(object));
    const byHand = this.#input.plan.cluster.namespaces.get(namespace)?.serviceAccounts?.[name]?.keep ?? [];
    const keep = sortedUnique([...byHand, ...this.#policies.appended(namespace, name)]);
    const stays = planned || isDeclared ? [] : keep;
    const lost: RetiredName[] = [];
    for (const pullSecret of new Set(namesOn(object))) {
      const gift: Gift = { gives: 'listing', namespace, account: name, pullSecret };
      if (this.#given.has(gift) || stays.includes(pullSecret)) continue;
      const covering = this.#entries.covering(gift);
      const isNeeded = planned?.pullSecrets.includes(pullSecret) === true;
      if (covering.length > 0 && !isNeeded)
        lost.push({ namespace, account: name, pullSecret, entry: this.#entries.use(covering) });
      else if (object.gifts.some((each) => 'pullSecret' in each && each.pullSecret === pullSecret))
        this.#stop(gift, isNeeded ? 'still-needed' : undefined);
    }
    this.#names.push(...lost);
    if (lost.length > 0 && !planned && !isDeclared) this.#emptied.push(emptyAccount(namespace, name, keep));
  }

  /** It is one object, so it stays as it stands while entries leave; what comes in the same change would not be in it. */
  #readNodeEntries(object: GivingObject): void {
    const lostOthers = this.#refusals.lostOthers(object);
    const gifts = this.#lost(object);
    const kept = lostOthers.length === 0 ? [object] : [];
    const isCovered = (gift: Gift) => this.#entries.covering(gift).length > 0;
    const refusal = this.#refusals.ofNodeEntries(object);
    if (gifts.every(isCovered) && kept.length > 0) this.#settle({ objects: [object], gifts, refusal, kept });
    else
      for (const gift of gifts)
        if (!object.marks.includes(markOf(gift))) this.#stop(gift, isCovered(gift) ? refusal : undefined);
    for (const gift of lostOthers) this.#stop(gift, 'others-document');
  }

  /**
   * Reads a delivery. What attaches leaves at once, as names leave lists. With what copies all copies would go, or no
   * longer follow their original, so it stays with the pull secret for one more step.
   */
  #readDelivery(objects: readonly GivingObject[]): void {
    const gift = objects[0]?.gifts[0];
    if (gift?.gives !== 'delivery' || gift.purpose === 'source' || this.#refusals.isStill(gift, objects)) return;
    const kept = staysWithCopies(gift, objects) ? objects : [];
    this.#settle({ objects, gifts: [gift], refusal: this.#refusals.ofDelivery(gift, kept), kept });
  }

  /**
   * Reads what the source of a pull secret needs: it stays as long as something that it feeds, and stops no run by
   * itself.
   */
  #readProvider(all: readonly GivingObject[]): void {
    const gift = all[0]?.gifts[0];
    if (gift?.gives !== 'delivery' || gift.purpose !== 'source') return;
    const objects = all.filter((object) => !isWrittenAnew(this.#input.plan, gift.pullSecret, object));
    const fed = this.#objects.find(
      (each) =>
        'pullSecret' in each.gift && each.gift.pullSecret === gift.pullSecret && each.gift.gives !== 'node-entry',
    );
    if (objects.length === 0 || !fed) return;
    if (objects.some(({ object }) => !object)) this.#stop(gift, 'not-ours');
    else this.#keep(objects, gift, [wholeMark], fed.entry);
  }

  #lost({ gifts }: GivingObject): Gift[] {
    return gifts.filter((gift) => !this.#given.has(gift));
  }

  /**
   * Keeps objects where entries cover all that is lost and nothing forbids it; else what is not marked yet stops the
   * run.
   */
  #settle({ objects, gifts, refusal, kept }: Loss): void {
    const [first] = gifts;
    if (!first) return;
    const covering = gifts.map((gift) => this.#entries.covering(gift));
    const isKept = covering.every((each) => each.length > 0) && !refusal;
    const marks = gifts.map(markOf);
    if (isKept) this.#keep(kept, first, marks, this.#entries.use(covering.flat()));
    else
      for (const gift of gifts) {
        const isMarked = objects.every((each) => each.marks.includes(markOf(gift)) || each.marks.includes(wholeMark));
        if (!isMarked) this.#stop(gift, refusal);
      }
  }

  #keep(objects: readonly GivingObject[], gift: Gift, marks: readonly string[], entry: number): void {
    for (const { kind, name, namespace, isSource, object } of objects) {
      const identity = `${kind} ${namespace}/${name}`;
      // Where files were moved, two of them may hold it.
      if (!object || this.#kept.has(identity)) continue;
      this.#kept.add(identity);
      this.#objects.push({ because: 'retired', kind, name, namespace, isSource, gift, marks, object, entry });
    }
  }

  #stop(gift: Gift, refusal: Refusal | undefined): void {
    const { plan } = this.#input;
    const namespace = gift.gives === 'grant' ? gift.to : 'namespace' in gift ? gift.namespace : undefined;
    const isUnsettled =
      namespace !== undefined && this.#unsettled.has(namespace) && (refusal === undefined || gift.gives === 'grant');
    const told = isUnsettled ? 'unsettled' : refusal;
    this.#stops.push(lossProblem(plan.cluster.name, gift, told, this.#suggestions.entryFor(gift)));
  }
}

/** An account that only left Git would keep its last list: pruning it is off. */
export function emptyAccount(namespace: string, name: string, keep: readonly string[]): AccountPlan {
  return {
    namespace,
    name,
    pullSecrets: [],
    keep,
    owner: 'write',
    declared: undefined,
    wanted: [],
    missing: [],
    surplus: [],
    needs: [],
    metadata: undefined,
  };
}

function inOrder(accounts: readonly AccountPlan[]): AccountPlan[] {
  return [...accounts].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}
