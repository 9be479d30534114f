import type { DeclaredDelivery } from '../../inventory/declared-object.js';
import type { Inventory } from '../../inventory/found-inventory.js';
import type { Labelled } from '../../reach/policy-scope.js';
import type { ClusterModel } from '../../vocabulary/cluster.js';
import type { AccountSeen, CopiedSecret, Effects, ListEffect, PodSeen, TemplateSeen } from '../effects.js';
import { copiersIn } from './copiers.js';
import { Patcher } from './copies/patcher.js';
import { unknown } from './language/value.js';
import { listPoliciesOf } from './list-policies.js';
import { NamespacesSeen } from './namespaces-seen.js';
import type { ListPolicy } from './policies/list-policy.js';
import { SecretCopies } from './secret-copies.js';
import { accountSubject, jobOf, podSubject, type Subject, templateSubject } from './subject.js';

/**
 * Works out what the policies, copiers and operators of a cluster do with pull secrets, from the objects that tell them
 * to: expressions are evaluated, and what they depend on that was not read makes them unknown.
 */
export function effectsOf(inventory: Inventory, cluster: ClusterModel): Effects {
  return new ClusterEffects(inventory, new NamespacesSeen(inventory, cluster));
}

class ClusterEffects implements Effects {
  readonly #namespaces: NamespacesSeen;
  readonly #accounts: ReadonlySet<string>;
  readonly #copies: SecretCopies;
  readonly #policies: readonly ListPolicy[];

  constructor(inventory: Inventory, namespaces: NamespacesSeen) {
    this.#namespaces = namespaces;
    this.#accounts = new Set(inventory.accounts.map(({ namespace = '', name }) => `${namespace}/${name}`));
    const copiers = copiersIn(inventory, namespaces);
    this.#copies = new SecretCopies(inventory, copiers, (name) => namespaces.named(name));
    this.#policies = [...listPoliciesOf(inventory), ...copiers.filter((each) => each instanceof Patcher)];
  }

  get actOnLists(): boolean {
    return this.#policies.length > 0;
  }

  copiesInto(namespace: Labelled): readonly CopiedSecret[] {
    return this.#copies.into(this.#namespaces.of(namespace)).copies;
  }

  unknownCopiers(namespace: Labelled): readonly DeclaredDelivery[] {
    return this.#copies.into(this.#namespaces.of(namespace)).unknown;
  }

  onAccount({ name, labels, namespace }: AccountSeen, list: readonly string[]): ListEffect {
    if (!this.actOnLists) return { names: list.map((each) => ({ name: each, by: undefined })), unknown: [] };
    // The controller makes the default account, without labels; others come from somewhere that was not read.
    const isKnown = name === 'default' || this.#accounts.has(`${namespace.name}/${name}`);
    return this.#act([accountSubject(name, this.#namespaces.of(namespace), { labels, isOpen: !isKnown })], list);
  }

  onTemplate(template: TemplateSeen, list: readonly string[]): ListEffect {
    const namespace = this.#namespaces.of(template.namespace);
    const objects = [template, jobOf(template)].flatMap((each) => (each && templateSubject(each, namespace)) ?? []);
    return this.#act(objects, list);
  }

  onPod(pod: PodSeen, list: readonly string[]): ListEffect {
    return this.#act([podSubject(pod, this.#namespaces.of(pod.namespace))], list);
  }

  /** Each policy sees what those before it have left. */
  #act(subjects: readonly Subject[], list: readonly string[]): ListEffect {
    let names = list;
    const by = new Map<string, DeclaredDelivery>();
    const unknownOnes = new Set<DeclaredDelivery>();
    for (const subject of subjects)
      for (const policy of this.#policies) {
        const next = policy.act(subject, names);
        if (next === unknown) {
          unknownOnes.add(policy.delivery);
          continue;
        }
        for (const name of next) if (!names.includes(name)) by.set(name, policy.delivery);
        names = next;
      }
    return { names: names.map((name) => ({ name, by: by.get(name) })), unknown: [...unknownOnes] };
  }
}
