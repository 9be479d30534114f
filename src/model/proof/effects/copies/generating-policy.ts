import { declaredIn } from '../../../inventory/declared.js';
import type { DeclaredDelivery, DeclaredSecret } from '../../../inventory/declared-object.js';
import { plainTree } from '../../../inventory/tree.js';
import { isFiltered } from '../../../reach/policy-scope.js';
import type { Cel } from '../cel/cel.js';
import type { CelScope } from '../cel/cel-evaluator.js';
import type { CelFunction, HostFunctions } from '../cel/cel-functions.js';
import { allOf, fault, isList, type Known, plainOf, unknown, type Value, ValueMap } from '../language/value.js';
import { at, itemsOf, mentions } from '../plain.js';
import { CelConditions, celAt, isOwn } from '../policies/cel-policy.js';
import { unseenLabels } from '../seen-labels.js';
import { matchedNamespace, namespaceObject, type SeenNamespace } from '../subject.js';
import { type Brought, broughtWhere, type Copier, type SecretAddress } from './copier.js';

/** Request of an expression to Kyverno: what to write. */
interface Applied {
  readonly namespace: Value;
  readonly objects: Value;
}

/**
 * Kyverno's GeneratingPolicy, asked about each namespace: what it writes is found out by evaluating its expressions. A
 * Secret that is there is left alone.
 */
export class GeneratingPolicy implements Copier {
  readonly by: string;
  readonly delivery: DeclaredDelivery;
  readonly #spec: unknown;
  readonly #conditions: CelConditions;
  readonly #expressions: readonly Cel[];
  readonly #fetched = new WeakMap<ValueMap, SecretAddress>();
  #applied: Applied[] = [];

  constructor(delivery: DeclaredDelivery) {
    this.delivery = delivery;
    this.by = `policy ${delivery.name}`;
    this.#spec = at(delivery.object, 'spec');
    this.#conditions = new CelConditions(this.#spec, this.#functions());
    this.#expressions = itemsOf(at(this.#spec, 'generate')).map((each) => celAt(each, 'expression'));
  }

  /** Whether the policy writes Secrets at all. */
  static isAboutSecrets({ object }: DeclaredDelivery): boolean {
    const spec = at(object, 'spec');
    return ['secret', 'Secret'].some((word) =>
      [at(spec, 'generate'), at(spec, 'variables')].some((each) => mentions(each, word)),
    );
  }

  into(namespace: SeenNamespace): readonly Brought[] | typeof unknown {
    const { name } = namespace;
    if (name !== undefined && isFiltered('kyverno', name)) return [];
    const isTriggered = this.#isTriggered(namespace);
    if (isTriggered === false) return [];
    const matched = matchedNamespace(namespace);
    const scope = this.#conditions.scopeOf(namespaceObject(namespace, unseenLabels), matched);
    const isReached = allOf([isTriggered, this.#conditions.holds(scope)]);
    if (isReached === false) return [];
    // An object in the namespace that nobody has seen may be what it is asked about.
    if (isTriggered === unknown && this.#conditions.isConstrained(matched) === false) return unknown;
    const brought = this.#brought(scope, name);
    return brought === unknown ? unknown : broughtWhere(isReached, brought);
  }

  #isTriggered(namespace: SeenNamespace): Known {
    const isAboutNamespace = this.#conditions.isConstrained(matchedNamespace(namespace));
    const mayBeAboutOthers = this.#conditions.mayConstrainIn(namespace, 'namespaces');
    return allOf([
      isOwn(namespace, this.delivery.namespace),
      isAboutNamespace === false && mayBeAboutOthers ? unknown : isAboutNamespace,
    ]);
  }

  #brought(scope: CelScope, name: string | undefined): readonly Brought[] | typeof unknown {
    this.#applied = [];
    const functions = this.#functions();
    for (const expression of this.#expressions) {
      const value = expression.value(scope, functions);
      if (value === unknown) return unknown;
    }
    const brought: Brought[] = [];
    for (const { namespace, objects } of this.#applied) {
      if (namespace !== name) continue;
      if (!isList(objects)) return unknown;
      for (const object of objects) {
        const each = this.#broughtOf(object, name);
        if (each === unknown) return unknown;
        if (each) brought.push(each);
      }
    }
    return brought;
  }

  #broughtOf(object: Value, namespace: string): Brought | typeof unknown | undefined {
    if (!(object instanceof ValueMap)) return unknown;
    const address = this.#fetched.get(object);
    if (address) return { name: address.name, original: address };
    if (object.get('kind') !== 'Secret') return object.get('kind') === unknown ? unknown : undefined;
    const metadata = object.get('metadata');
    const name = metadata instanceof ValueMap ? metadata.get('name') : unknown;
    if (typeof name !== 'string') return unknown;
    return { name, original: secretOf(plainOf(object), namespace) };
  }

  /** kyverno 1.19, pkg/cel/libs: both spellings of each name are known there. */
  #functions(): HostFunctions {
    const get: CelFunction = ([, resource, namespace, name]) => this.#fetch(resource, namespace, name);
    const apply: CelFunction = ([namespace = unknown, objects = unknown]) => {
      this.#applied.push({ namespace, objects });
      return true;
    };
    return new Map([
      ['resource.Get', get],
      ['resource.get', get],
      ['generator.Apply', apply],
      ['generator.apply', apply],
    ]);
  }

  #fetch(resource: Value | undefined, namespace: Value | undefined, name: Value | undefined): Value {
    if (typeof resource !== 'string' || typeof namespace !== 'string' || typeof name !== 'string') return fault;
    if (resource.toLowerCase() !== 'secrets') return unknown;
    const metadata = ValueMap.open({ name, namespace });
    const secret = ValueMap.open({ apiVersion: 'v1', kind: 'Secret', metadata });
    this.#fetched.set(secret, { namespace, name });
    return secret;
  }
}

function secretOf(plain: unknown, namespace: string): DeclaredSecret | undefined {
  if (plain === undefined) return undefined;
  const found = declaredIn(plainTree(plain), [], { keepSecretData: true, namespace });
  return found && 'secret' in found ? { ...found.secret, namespace } : undefined;
}
