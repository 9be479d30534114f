import type { DeclaredDelivery } from '../../../inventory/declared-object.js';
import { allOf, type Known, not, unknown } from '../language/value.js';
import { matchesWildcard } from '../language/wildcard.js';
import { at, itemsOf, textOf, textsOf } from '../plain.js';
import { selects } from '../seen-labels.js';
import type { Subject } from '../subject.js';
import type { ListPolicy, Names } from './list-policy.js';

/**
 * A mutation of Gatekeeper (open-policy-agent/gatekeeper, pkg/mutation/match): what it does to a list is not known, but
 * where it may do it is.
 */
export class GatekeeperMutation implements ListPolicy {
  readonly delivery: DeclaredDelivery;
  readonly #match: unknown;

  constructor(delivery: DeclaredDelivery) {
    this.delivery = delivery;
    this.#match = at(delivery.object, 'spec', 'match');
  }

  /** Whether the mutation is about lists of pull secrets at all. */
  static isAboutLists({ object }: DeclaredDelivery): boolean {
    return textOf(at(object, 'spec', 'location'))?.includes('imagePullSecrets') === true;
  }

  act(subject: Subject, list: readonly string[]): Names {
    const { namespace, labels } = subject;
    const named = (key: string): Known => isIn(textsOf(at(this.#match, key)), namespace.name);
    const isReached = allOf([
      this.#isApplied(subject) && this.#isKind(subject),
      textsOf(at(this.#match, 'namespaces')).length === 0 || named('namespaces'),
      not(named('excludedNamespaces')),
      selects(at(this.#match, 'namespaceSelector'), namespace),
      selects(at(this.#match, 'labelSelector'), labels),
    ]);
    return isReached === false ? list : unknown;
  }

  #isApplied({ group, version, kind }: Subject): boolean {
    return itemsOf(at(this.delivery.object, 'spec', 'applyTo')).some((each) => {
      const has = (key: string, wanted: string) => textsOf(at(each, key)).includes(wanted);
      return has('groups', group) && has('versions', version) && has('kinds', kind);
    });
  }

  #isKind({ group, kind }: Subject): boolean {
    const kinds = itemsOf(at(this.#match, 'kinds'));
    const has = (list: unknown, wanted: string) => ['*', wanted].some((each) => textsOf(list).includes(each));
    return (
      kinds.length === 0 || kinds.some((each) => has(at(each, 'apiGroups'), group) && has(at(each, 'kinds'), kind))
    );
  }
}

function isIn(patterns: readonly string[], name: string | undefined): Known {
  if (patterns.length === 0) return false;
  return name === undefined ? unknown : patterns.some((pattern) => matchesWildcard(pattern, name));
}
