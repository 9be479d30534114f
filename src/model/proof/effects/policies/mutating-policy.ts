import type { DeclaredDelivery } from '../../../inventory/declared-object.js';
import { isFiltered } from '../../../reach/policy-scope.js';
import type { EngineName } from '../../../vocabulary/engines.js';
import type { Cel } from '../cel/cel.js';
import type { CelScope } from '../cel/cel-evaluator.js';
import { allOf, fault, type Known, unknown, ValueMap } from '../language/value.js';
import { at, itemsOf, mentions, textsOf } from '../plain.js';
import type { Matched } from '../subject.js';
import { podOfTemplate, type Subject } from '../subject.js';
import { CelConditions, celAt, isBound, isOwn } from './cel-policy.js';
import { type Changed, namesOf, patched } from './json-patch.js';
import type { ListPolicy, Names } from './list-policy.js';

const listField = 'imagePullSecrets';

interface Mutation {
  readonly isPatch: boolean;
  readonly cel: Cel;
}

/** A MutatingAdmissionPolicy with its bindings, or a MutatingPolicy of Kyverno. */
export class MutatingPolicy implements ListPolicy {
  readonly delivery: DeclaredDelivery;
  readonly #engine: EngineName;
  readonly #spec: unknown;
  readonly #bindings: readonly unknown[] | undefined;
  readonly #conditions: CelConditions;
  readonly #mutations: readonly Mutation[];

  /** @param bindings those of the API server's own policy; Kyverno's need none */
  constructor(delivery: DeclaredDelivery, bindings?: readonly unknown[]) {
    this.delivery = delivery;
    this.#engine = bindings ? 'native' : 'kyverno';
    this.#bindings = bindings;
    this.#spec = at(delivery.object, 'spec');
    this.#conditions = new CelConditions(this.#spec);
    this.#mutations = itemsOf(at(this.#spec, 'mutations')).map((each) => {
      const isPatch = at(each, 'patchType') === 'JSONPatch';
      return { isPatch, cel: celAt(each, isPatch ? 'jsonPatch' : 'applyConfiguration', 'expression') };
    });
  }

  /** Whether the policy is about lists of pull secrets at all. */
  static isAboutLists({ object }: DeclaredDelivery): boolean {
    return mentions(at(object, 'spec', 'mutations'), listField);
  }

  act(subject: Subject, list: readonly string[]): Names {
    const own = this.#acts(subject, list, this.#mutations);
    const pod = podOfTemplate(subject);
    if (own === unknown || !pod || !this.#rewrites(subject)) return own;
    // Paths of JSON patches are not rewritten for templates (kyverno 1.19, pkg/cel/policies/mpol/autogen).
    const rewritten = this.#mutations.filter(({ isPatch }) => !isPatch);
    return this.#acts(pod, own, rewritten);
  }

  #acts(subject: Subject, list: readonly string[], mutations: readonly Mutation[]): Names {
    const matched: Matched = { ...subject, operation: 'CREATE' };
    const isMatched = this.#isMatched(subject, matched);
    if (isMatched === false || mutations.length === 0) return list;
    const holds = this.#conditions.holds(this.#conditions.scopeOf(subject.object(list), matched));
    const isReached = allOf([isMatched, holds]);
    if (isReached !== true) return isReached === false ? list : unknown;
    let names = list;
    for (const mutation of mutations) {
      const scope = this.#conditions.scopeOf(subject.object(names), matched);
      const next = this.#mutated(mutation, scope, subject, names);
      if (next === unknown) return unknown;
      if (next === fault) return this.#conditions.ignoresFaults ? list : unknown;
      names = next;
    }
    return names;
  }

  #isMatched(subject: Subject, matched: Matched): Known {
    const { namespace } = subject;
    if (namespace.name !== undefined && isFiltered(this.#engine, namespace.name)) return false;
    const isWritten = this.#bindings ? isBound(this.#bindings, matched) : this.#isAtAdmission(subject);
    return allOf([isOwn(namespace, this.delivery.namespace), isWritten, this.#isConstrained(subject, matched)]);
  }

  /** Accounts are written again, and nobody knows when; pods are not. */
  #isConstrained({ resource }: Subject, matched: Matched): Known {
    const isCreated = this.#conditions.isConstrained(matched);
    if (isCreated === true || resource !== 'serviceaccounts') return isCreated;
    return this.#conditions.isConstrained({ ...matched, operation: 'UPDATE' }) === false ? isCreated : unknown;
  }

  #isAtAdmission({ resource }: Subject): Known {
    const evaluation = at(this.#spec, 'evaluation');
    if (at(evaluation, 'mode') === 'JSON') return false;
    // What it changes is something else than what it is asked about.
    if (at(this.#spec, 'targetMatchConstraints') !== undefined) return resource === 'serviceaccounts' ? unknown : false;
    if (at(evaluation, 'admission', 'enabled') !== false) return true;
    return resource === 'serviceaccounts' && at(evaluation, 'mutateExisting', 'enabled') === true ? unknown : false;
  }

  #mutated({ isPatch, cel }: Mutation, scope: CelScope, { listPath }: Subject, names: readonly string[]): Changed {
    const value = cel.value(scope);
    if (value === unknown) return cel.source.includes(listField) ? unknown : names;
    if (isPatch) return patched(value, listPath, names, { makesList: false });
    if (!(value instanceof ValueMap)) return fault;
    return merged(value, listPath, names);
  }

  /** Whether Kyverno asks a policy about pods of the template of a controller, too. */
  #rewrites({ resource }: Subject): boolean {
    if (this.#bindings) return false;
    const rules = itemsOf(at(this.#spec, 'matchConstraints', 'resourceRules'));
    const resources = rules.flatMap((rule) => textsOf(at(rule, 'resources')));
    if (resources.some((each) => each !== 'pods') || resources.length === 0) return false;
    const stated = at(this.#spec, 'autogen', 'podControllers', 'controllers');
    return stated === undefined || textsOf(stated).includes(resource);
  }
}

/** A list of pods goes by name: what is new comes last. That of an account is atomic, and the merge is refused. */
function merged(configuration: ValueMap, listPath: readonly string[], names: readonly string[]): Changed {
  let found: ReturnType<ValueMap['get']> = configuration;
  for (const key of listPath) {
    if (!(found instanceof ValueMap)) return found === undefined ? names : unknown;
    found = found.get(key);
  }
  if (found === undefined) return names;
  if (listPath.length === 1) return fault;
  const added = namesOf(found);
  if (added === unknown || added === fault) return added;
  return [...names, ...added.filter((name) => !names.includes(name))];
}
