import type { DeclaredDelivery } from '../../../inventory/declared-object.js';
import { isFiltered } from '../../../reach/policy-scope.js';
import { unknown } from '../language/value.js';
import { at, itemsOf, mentions, textOf, textsOf } from '../plain.js';
import type { ListPolicy, Names } from '../policies/list-policy.js';
import { podOfTemplate, type SeenNamespace, type Subject } from '../subject.js';
import { ListRule } from './list-rule.js';

const listField = 'imagePullSecrets';

/** Kyverno's older ClusterPolicy, or Policy, by what its rules do with lists of pull secrets. */
export class ClusterPolicy implements ListPolicy {
  readonly delivery: DeclaredDelivery;
  readonly #rules: readonly ListRule[];
  readonly #isFirstOnly: boolean;
  readonly #controllers: readonly string[] | 'all';

  constructor(delivery: DeclaredDelivery) {
    this.delivery = delivery;
    const spec = at(delivery.object, 'spec');
    const rules = itemsOf(at(spec, 'rules'));
    const ignoresFaults = at(spec, 'failurePolicy') === 'Ignore';
    this.#rules = rules.filter(isAboutLists).map((rule) => new ListRule(rule, ignoresFaults));
    this.#isFirstOnly = at(spec, 'applyRules') === 'One';
    this.#controllers = canRewrite(rules) ? statedControllers(delivery) : [];
  }

  /** Whether the policy is about lists of pull secrets at all. */
  static isAboutLists({ object }: DeclaredDelivery): boolean {
    return itemsOf(at(object, 'spec', 'rules')).some(isAboutLists);
  }

  act(subject: Subject, list: readonly string[]): Names {
    if (!isServed(this.delivery, subject.namespace)) return list;
    const own = this.#acts(subject, list);
    const pod = podOfTemplate(subject);
    // Kyverno makes rules for the templates of controllers out of those for pods (pkg/autogen).
    const isRewritten = this.#controllers === 'all' || this.#controllers.includes(subject.kind);
    return own === unknown || !pod || !isRewritten ? own : this.#acts(pod, own);
  }

  #acts(subject: Subject, list: readonly string[]): Names {
    let names = list;
    for (const rule of this.#rules) {
      const next = rule.act(subject, names);
      if (next === unknown) return unknown;
      if (this.#isFirstOnly && next !== names) return next;
      names = next;
    }
    return names;
  }
}

function isAboutLists(rule: unknown): boolean {
  return mentions(at(rule, 'mutate'), listField);
}

/** Whether a policy of Kyverno sees the objects of a namespace at all. */
export function isServed({ namespace: own }: DeclaredDelivery, { name }: SeenNamespace): boolean {
  return name === undefined || (!isFiltered('kyvernoLegacy', name) && (own === undefined || own === name));
}

/** `pod-policies.kyverno.io/autogen-controllers` of the policy. */
function statedControllers({ object }: DeclaredDelivery): readonly string[] | 'all' {
  const stated = textOf(at(object, 'metadata', 'annotations', 'pod-policies.kyverno.io/autogen-controllers'));
  if (stated === undefined || stated === 'all') return 'all';
  return stated === 'none' ? [] : stated.split(',').map((each) => each.trim());
}

/** Whether rules for pods are written for controllers, too (kyverno 1.19, pkg/autogen/v1, CanAutoGen). */
function canRewrite(rules: readonly unknown[]): boolean {
  return rules.every((rule) => {
    const mutate = at(rule, 'mutate');
    const foreach = itemsOf(at(mutate, 'foreach'));
    const hasPatch = [mutate, ...foreach].some((each) => at(each, 'patchesJson6902') !== undefined);
    return (
      at(rule, 'generate') === undefined && !hasPatch && ['match', 'exclude'].every((key) => isPlain(at(rule, key)))
    );
  });
}

function isPlain(block: unknown): boolean {
  const filters = [block, ...itemsOf(at(block, 'any')), ...itemsOf(at(block, 'all'))];
  return filters.every((filter) => {
    const resources = at(filter, 'resources');
    const kinds = textsOf(at(resources, 'kinds'));
    const narrowed = ['name', 'names', 'selector', 'annotations'].some((key) => at(resources, key) !== undefined);
    return !narrowed && (kinds.length <= 1 || !kinds.includes('Pod'));
  });
}
