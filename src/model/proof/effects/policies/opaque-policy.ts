import type { DeclaredDelivery } from '../../../inventory/workload.js';
import { isFiltered } from '../../../reach/policy-scope.js';
import type { Copier } from '../copies/copier.js';
import { unknown } from '../language/value.js';
import { mentions } from '../plain.js';
import type { SeenNamespace, Subject } from '../subject.js';
import type { ListPolicy, Names } from './list-policy.js';

/** A policy of Kyverno in a language that is not understood here: what it does to lists and Secrets is not known. */
export class OpaquePolicy implements ListPolicy, Copier {
  readonly by: string;
  readonly delivery: DeclaredDelivery;

  constructor(delivery: DeclaredDelivery) {
    this.delivery = delivery;
    this.by = `policy ${delivery.name}`;
  }

  /** Whether the policy is about lists of pull secrets, or writes Secrets. */
  static isAbout({ object }: DeclaredDelivery, what: 'lists' | 'secrets'): boolean {
    return what === 'lists'
      ? mentions(object, 'imagePullSecrets')
      : mentions(object, 'Secret') && mentions(object, 'generate');
  }

  act({ namespace }: Subject, list: readonly string[]): Names {
    return this.#isElsewhere(namespace) ? list : unknown;
  }

  into(namespace: SeenNamespace): readonly [] | typeof unknown {
    return this.#isElsewhere(namespace) ? [] : unknown;
  }

  #isElsewhere({ name }: SeenNamespace): boolean {
    const { namespace } = this.delivery;
    return name !== undefined && (isFiltered('kyvernoLegacy', name) || (namespace !== undefined && namespace !== name));
  }
}
