import type { Inventory } from '../inventory/found-inventory.js';
import { compareText, sortedUnique } from '../names/names.js';
import { type Grant, isShared, uniqueGrants } from '../needs/grants.js';
import { namespaceLabels } from '../needs/needs.js';
import { inListOrder } from '../needs/pull-secret-choice.js';
import type { AccessPlan } from '../plan/access-plan.js';
import { type AccountPlan, isInDoubt } from '../plan/account-plan.js';
import { KeptCiphertexts } from '../plan/kept-ciphertexts.js';
import { PolicyPlanner } from '../plan/policy-plan.js';
import { type SecretPlan, writtenSecret } from '../plan/secret-plan.js';
import type { Problem } from '../problem/problem.js';
import { deliveryName, deliveryPurposes } from '../reach/delivery-names.js';
import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import { isCopied, isOnNodes } from '../vocabulary/distributions.js';
import type { FormerOutput, GivingObject } from './former.js';
import { wholeMark } from './gift.js';
import { emptyAccount } from './retirement.js';

/** A plan with what is held of an earlier output, and what is wrong with that. */
export interface HeldPlan {
  readonly plan: AccessPlan;
  readonly problems: readonly Problem[];
}

/**
 * The plan with all that the output gave and that a manifest may still need which cannot be read. What the config itself
 * has taken away is not in it.
 */
export function holdFormer(plan: AccessPlan, inventory: Inventory, former: FormerOutput): HeldPlan {
  return inventory.unread.length === 0 ? { plan, problems: [] } : new Holding(plan, inventory, former).held();
}

class Holding {
  readonly #plan: AccessPlan;
  readonly #inventory: Inventory;
  readonly #former: FormerOutput;
  readonly #policies: PolicyPlanner;
  readonly #ciphertexts: KeptCiphertexts;

  constructor(plan: AccessPlan, inventory: Inventory, former: FormerOutput) {
    const { cluster, needs } = plan;
    this.#plan = plan;
    this.#inventory = inventory;
    this.#former = former;
    this.#ciphertexts = new KeptCiphertexts(cluster);
    this.#policies = new PolicyPlanner(inventory, cluster, namespaceLabels(inventory, cluster), needs);
  }

  held(): HeldPlan {
    const plan = this.#held();
    return { plan, problems: this.#ciphertexts.problems() };
  }

  #held(): AccessPlan {
    const secrets = this.#secrets();
    const held = secrets.filter((secret) => !this.#plan.secrets.includes(secret));
    const brought = held.flatMap(({ pullSecret }) => {
      const model = this.#plan.cluster.pullSecrets.get(pullSecret);
      return model ? deliveryPurposes(model).map((purpose) => deliveryName(purpose, pullSecret)) : [];
    });
    return {
      ...this.#plan,
      secrets,
      accounts: this.#accounts(),
      grants: this.#grants(),
      deliveries: sortedUnique([...this.#plan.deliveries, ...brought]),
      namespaces: sortedUnique([...this.#plan.namespaces, ...held.map(({ namespace }) => namespace)]),
    };
  }

  #secrets(): SecretPlan[] {
    const secrets = new Map(this.#plan.secrets.map((secret) => [`${secret.namespace}/${secret.pullSecret}`, secret]));
    const declared = new Set(this.#inventory.secrets.map(({ namespace, name }) => `${namespace}/${name}`));
    for (const { namespace = '', name, isSource, marks, gifts } of this.#former.objects) {
      const key = `${namespace}/${name}`;
      const pullSecret = this.#plan.cluster.pullSecrets.get(name);
      if (gifts[0]?.gives !== 'secret' || !pullSecret || isSource || marks.includes(wholeMark)) continue;
      if (declared.has(key) || !isInDoubt(this.#inventory, namespace) || !isWritten(pullSecret)) continue;
      const planned = secrets.get(key);
      const given = gifts.flatMap((gift) => (gift.gives === 'entry' && !marks.includes(gift.key) ? [gift.key] : []));
      const registries = pullSecret.registries.filter(
        ({ name: registry, key, segmentKey }) =>
          planned?.registries.includes(registry) || given.includes(key) || given.includes(segmentKey),
      );
      const bySegments = registries.some((each) => each.key !== each.segmentKey && given.includes(each.segmentKey));
      const isSame = registries.length === planned?.registries.length && (planned.bySegments || !bySegments);
      if (registries.length === 0 || isSame) continue;
      const names = registries.map((registry) => registry.name);
      const keyed = bySegments ? registries.map((registry) => registry.bySegments()) : registries;
      secrets.set(key, {
        namespace,
        pullSecret: name,
        ...(bySegments && { bySegments }),
        ...planned,
        registries: names,
        ...writtenSecret(this.#ciphertexts, pullSecret, namespace, keyed),
      });
    }
    return [...secrets.values()].sort(
      (a, b) => compareText(a.namespace, b.namespace) || compareText(a.pullSecret, b.pullSecret),
    );
  }

  #accounts(): AccountPlan[] {
    const accounts = new Map(this.#plan.accounts.map((account) => [`${account.namespace}/${account.name}`, account]));
    const declared = new Set(this.#inventory.accounts.map(({ namespace, name }) => `${namespace}/${name}`));
    for (const former of this.#former.objects) {
      const { kind, namespace = '', name, gifts, marks } = former;
      const key = `${namespace}/${name}`;
      const planned = accounts.get(key);
      const isRetired = gifts.length === 0 && marks.length > 0;
      if (kind !== 'ServiceAccount' || gifts.some(({ gives }) => gives !== 'listing') || isRetired) continue;
      if (declared.has(key) || !isInDoubt(this.#inventory, namespace)) continue;
      if (planned === undefined || planned.owner === 'write') accounts.set(key, this.#account(former, planned));
    }
    return [...accounts.values()].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
  }

  #account({ namespace = '', name, gifts }: GivingObject, planned: AccountPlan | undefined): AccountPlan {
    const { cluster } = this.#plan;
    const { keep: byHand = [], metadata } = cluster.namespaces.get(namespace)?.serviceAccounts?.[name] ?? {};
    const keep = planned?.keep ?? sortedUnique([...byHand, ...this.#policies.appended(namespace, name)]);
    // A name that is none of a pull secret was kept, and the config tells what is.
    const given = gifts
      .flatMap((gift) => (gift.gives === 'listing' ? [gift.pullSecret] : []))
      .filter((each) => cluster.pullSecrets.has(each) && !keep.includes(each));
    const all = inListOrder([...(planned?.pullSecrets ?? []), ...given], cluster.overlap);
    return planned
      ? { ...planned, pullSecrets: all }
      : { ...emptyAccount(namespace, name, keep), metadata, pullSecrets: all };
  }

  #grants(): AccessPlan['grants'] {
    const { cluster, grants } = this.#plan;
    const held = this.#former.objects.flatMap(({ gifts: [gift], marks }): Grant[] => {
      if (gift?.gives !== 'grant' || marks.includes(wholeMark)) return [];
      const { from, to, account: serviceAccount } = gift;
      return isInDoubt(this.#inventory, to) && isShared(cluster, from, to) ? [{ from, to, serviceAccount }] : [];
    });
    return held.length === 0 ? grants : uniqueGrants([...grants, ...held]);
  }
}

/** True for a pull secret that has an object of its own in each namespace. */
function isWritten(pullSecret: ClusterPullSecret): boolean {
  return pullSecret.source.name !== 'existing' && !isCopied(pullSecret) && !isOnNodes(pullSecret);
}
