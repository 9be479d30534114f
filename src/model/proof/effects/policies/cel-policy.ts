import { Cel } from '../cel/cel.js';
import type { CelScope } from '../cel/cel-evaluator.js';
import type { HostFunctions } from '../cel/cel-functions.js';
import { allOf, anyOf, type Known, unknown, type Value, ValueMap } from '../language/value.js';
import { at, itemsOf, textOf, textsOf } from '../plain.js';
import { selects, unseenLabels } from '../seen-labels.js';
import type { Matched } from '../subject.js';
import { namespaceObject, type SeenNamespace } from '../subject.js';
import { isConstrained } from './match-constraints.js';

interface NamedCel {
  readonly name: string;
  readonly cel: Cel;
}

/** Parts that the policies of the API server and Kyverno's policies in CEL have in common. */
export class CelConditions {
  readonly #constraints: unknown;
  readonly #conditions: readonly Cel[];
  readonly #variables: readonly NamedCel[];
  readonly #functions: HostFunctions | undefined;
  /** Whether what cannot be judged passes as it is. */
  readonly ignoresFaults: boolean;

  constructor(spec: unknown, functions?: HostFunctions) {
    this.#constraints = at(spec, 'matchConstraints');
    this.#conditions = itemsOf(at(spec, 'matchConditions')).map((each) => celAt(each, 'expression'));
    this.#variables = itemsOf(at(spec, 'variables')).map((each) => ({
      name: textOf(at(each, 'name')) ?? '',
      cel: celAt(each, 'expression'),
    }));
    this.#functions = functions;
    this.ignoresFaults = at(spec, 'failurePolicy') === 'Ignore';
  }

  /** Whether the object is one that the policy is about, whatever is in it. */
  isConstrained(matched: Matched): Known {
    return isConstrained(this.#constraints, matched);
  }

  /** Whether it may be about other objects than those of a resource, in a namespace. */
  mayConstrainIn(namespace: SeenNamespace, resource: string): boolean {
    const resources = itemsOf(at(this.#constraints, 'resourceRules')).flatMap((rule) => textsOf(at(rule, 'resources')));
    const isElsewhere = selects(at(this.#constraints, 'namespaceSelector'), namespace) === false;
    return !isElsewhere && resources.some((each) => each !== resource);
  }

  /** Whether all conditions hold. A false one decides; one that fails passes the object as it is, or refuses it. */
  holds(scope: CelScope): Known {
    const answers = this.#conditions.map((condition) => condition.value(scope, this.#functions));
    if (answers.includes(false)) return false;
    if (answers.includes(unknown)) return unknown;
    if (answers.every((answer) => answer === true)) return true;
    return this.ignoresFaults ? false : unknown;
  }

  /** The variables of expressions about an object. */
  scopeOf(object: ValueMap, matched: Matched): CelScope {
    const { group, version, kind, resource, namespace, operation, name } = matched;
    const request = ValueMap.open({
      operation,
      kind: new ValueMap(Object.entries({ group, version, kind })),
      resource: new ValueMap(Object.entries({ group, version, resource })),
      ...(name !== undefined && { name }),
      ...(namespace.name !== undefined && { namespace: namespace.name }),
    });
    const scope = new Map<string, Value>([
      ['object', object],
      ['oldObject', operation === 'CREATE' ? null : unknown],
      ['request', request],
      ['namespaceObject', namespaceObject(namespace, unseenLabels)],
      ['variables', new ValueMap([])],
    ]);
    const variables: [string, Value][] = [];
    for (const { name: variable, cel } of this.#variables) {
      variables.push([variable, cel.value(scope, this.#functions)]);
      scope.set('variables', new ValueMap(variables));
    }
    return scope;
  }
}

/** An expression at a key of plain data. */
export function celAt(value: unknown, ...path: readonly string[]): Cel {
  return new Cel(textOf(at(value, ...path)) ?? '');
}

/** Whether any binding of a policy holds an object. */
export function isBound(bindings: readonly unknown[], matched: Matched): Known {
  return anyOf(
    bindings.map((binding) =>
      allOf([
        isConstrained(at(binding, 'spec', 'matchResources'), matched),
        at(binding, 'spec', 'paramRef') === undefined ? true : unknown,
      ]),
    ),
  );
}

/** Whether a namespace is the one of a policy that is in one. */
export function isOwn(namespace: SeenNamespace, own: string | undefined): Known {
  if (own === undefined) return true;
  return namespace.name === undefined ? unknown : namespace.name === own;
}
