import { Budget, BudgetSpent } from '../language/budget.js';
import { defined, fault, isList, Optional, unknown, type Value, ValueMap } from '../language/value.js';
import { celFunctions, type HostFunctions } from './cel-functions.js';
import type { CelItem, CelNode } from './cel-node.js';

/** The variables of an expression by name. */
export type CelScope = ReadonlyMap<string, Value>;

/** The steps that one expression may take; the API server's own limit is of this order (k8s.io/apiserver, PerCallLimit). */
const mostSteps = 200_000;

/**
 * The value of an expression: `fault` where it fails, `unknown` where it depends on what is not known, on what is not
 * known of CEL here, or asks for too much work.
 */
export function evaluateCel(node: CelNode, scope: CelScope, functions: HostFunctions = new Map()): Value {
  try {
    return new CelEvaluator(functions, new Budget(mostSteps)).value(node, scope);
  } catch (error) {
    if (error instanceof BudgetSpent) return unknown;
    throw error;
  }
}

type Macro = (list: readonly Value[], each: (item: Value) => Value, args: number) => Value;

class CelEvaluator {
  readonly #functions: HostFunctions;
  readonly #budget: Budget;

  constructor(functions: HostFunctions, budget: Budget) {
    this.#functions = functions;
    this.#budget = budget;
  }

  value(node: CelNode, scope: CelScope): Value {
    this.#budget.spend();
    switch (node.kind) {
      case 'literal':
        return node.value;
      case 'name':
        return defined(scope.get(node.name), unknown);
      case 'list':
        return this.#list(node.items, scope);
      case 'map':
        return this.#map(
          node.entries.map(({ key, ...item }) => ({ key: this.value(key, scope), ...item })),
          scope,
        );
      case 'message':
        return this.#map(
          node.fields.map(({ name, ...item }) => ({ key: name, ...item })),
          scope,
        );
      case 'select':
        return selected(this.value(node.of, scope), node.field, node.isOptional);
      case 'index':
        return this.#indexed(node, scope);
      case 'and':
      case 'or':
        return decided(node.parts, node.kind === 'or', (part) => this.value(part, scope));
      case 'choice':
        return this.#chosen(node, scope);
      case 'call':
        return this.#called(node, scope);
    }
  }

  #list(items: readonly CelItem[], scope: CelScope): Value {
    const values: Value[] = [];
    for (const { value, isOptional } of items) {
      const made = this.value(value, scope);
      if (made === fault) return fault;
      if (!isOptional) values.push(made);
      else if (!(made instanceof Optional)) return unknown;
      else if (made.value !== undefined) values.push(made.value);
    }
    return values;
  }

  #map(entries: readonly ({ readonly key: Value } & CelItem)[], scope: CelScope): Value {
    const made: [string, Value][] = [];
    for (const { key, value, isOptional } of entries) {
      const each = this.value(value, scope);
      if (each === fault || key === fault) return fault;
      if (typeof key !== 'string') return unknown;
      if (!isOptional) made.push([key, each]);
      else if (!(each instanceof Optional)) return unknown;
      else if (each.value !== undefined) made.push([key, each.value]);
    }
    return new ValueMap(made);
  }

  #indexed(node: CelNode & { kind: 'index' }, scope: CelScope): Value {
    const of = this.value(node.of, scope);
    const index = this.value(node.index, scope);
    if (of === fault || index === fault) return fault;
    if (of === unknown || index === unknown) return unknown;
    if (typeof index === 'string') return selected(of, index, node.isOptional);
    const inner = of instanceof Optional ? of.value : of;
    const isOptional = node.isOptional || of instanceof Optional;
    const found = isList(inner) && typeof index === 'number' ? inner[index] : undefined;
    if (isOptional) return found === unknown ? unknown : new Optional(found);
    return defined(found, fault);
  }

  #chosen(node: CelNode & { kind: 'choice' }, scope: CelScope): Value {
    const condition = this.value(node.condition, scope);
    if (condition === unknown) return unknown;
    if (typeof condition !== 'boolean') return fault;
    return this.value(condition ? node.then : node.otherwise, scope);
  }

  #called(node: CelNode & { kind: 'call' }, scope: CelScope): Value {
    const { name, target, args } = node;
    if (name === 'has' && !target) return this.#has(args[0], scope);
    const [variable] = args;
    if (target && variable?.kind === 'name') {
      if (name === 'bind' && args[1] && args[2])
        return this.value(args[2], new Map(scope).set(variable.name, this.value(args[1], scope)));
      const body = args[1];
      if ((name === 'optMap' || name === 'optFlatMap') && body) return this.#optMap(node, variable.name, body, scope);
      const macro = macros.get(name);
      if (macro && body && !args[3]) return this.#macro(macro, target, variable.name, args.slice(1), scope);
    }
    const space = target?.kind === 'name' && !scope.has(target.name) ? `${target.name}.` : undefined;
    const known = this.#functionOf(`${space ?? ''}${name}`);
    if (!known) return unknown;
    const values: Value[] = [];
    for (const each of [...(target && space === undefined ? [target] : []), ...args]) {
      const value = this.value(each, scope);
      if (value === fault) return fault;
      values.push(value);
    }
    return values.includes(unknown) ? unknown : known(values, this.#budget);
  }

  #functionOf(name: string) {
    return this.#functions.get(name) ?? celFunctions.get(name);
  }

  #has(node: CelNode | undefined, scope: CelScope): Value {
    if (node?.kind !== 'select') return unknown;
    const of = this.value(node.of, scope);
    if (of === unknown || of === fault) return of;
    const inner = of instanceof Optional ? of.value : of;
    if (inner === undefined) return false;
    if (!(inner instanceof ValueMap)) return fault;
    const value = inner.get(node.field);
    return value === unknown ? unknown : value !== undefined;
  }

  #optMap(node: CelNode & { kind: 'call' }, variable: string, body: CelNode, scope: CelScope): Value {
    const of = node.target ? this.value(node.target, scope) : fault;
    if (of === unknown) return unknown;
    if (!(of instanceof Optional)) return fault;
    if (of.value === undefined) return of;
    const value = this.value(body, new Map(scope).set(variable, of.value));
    if (value === unknown || value === fault || node.name === 'optFlatMap') return value;
    return new Optional(value);
  }

  #macro(macro: Macro, target: CelNode, variable: string, args: readonly CelNode[], scope: CelScope): Value {
    const of = this.value(target, scope);
    if (of === unknown || of === fault) return of;
    const items = of instanceof ValueMap ? of.keys : isList(of) ? of : fault;
    if (items === undefined) return unknown;
    if (items === fault) return fault;
    const inner = new Map(scope);
    const [first, second] = args;
    const each = (item: Value): Value => {
      this.#budget.spend();
      inner.set(variable, item);
      if (!first) return fault;
      if (!second) return this.value(first, inner);
      const isTaken = this.value(first, inner);
      if (typeof isTaken !== 'boolean') return isTaken === unknown ? unknown : fault;
      return isTaken ? new Optional(this.value(second, inner)) : new Optional(undefined);
    };
    return macro(items, each, args.length);
  }
}

/** `&&` and `||`: what decides does so whatever the others are. */
function decided<T>(parts: readonly T[], decider: boolean, value: (part: T) => Value): Value {
  let hasUnknown = false;
  let hasFault = false;
  for (const part of parts) {
    const each = value(part);
    if (each === decider) return decider;
    if (each === unknown) hasUnknown = true;
    else if (typeof each !== 'boolean') hasFault = true;
  }
  if (hasUnknown) return unknown;
  return hasFault ? fault : !decider;
}

const macros: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ['exists', (list, each, args) => (args === 1 ? decided(list, true, each) : unknown)],
  ['all', (list, each, args) => (args === 1 ? decided(list, false, each) : unknown)],
  ['exists_one', (list, each, args) => (args === 1 ? existsOne(list.map(each)) : unknown)],
  ['filter', (list, each, args) => (args === 1 ? filtered(list, list.map(each)) : unknown)],
  ['map', (list, each, args) => (args === 1 ? mapped(list.map(each)) : mappedSome(list.map(each)))],
]);

function existsOne(answers: readonly Value[]): Value {
  if (answers.includes(fault)) return fault;
  return answers.includes(unknown) ? unknown : answers.filter((each) => each === true).length === 1;
}

function filtered(list: readonly Value[], answers: readonly Value[]): Value {
  if (answers.includes(fault)) return fault;
  return answers.includes(unknown) ? unknown : list.filter((_, index) => answers[index] === true);
}

function mapped(values: readonly Value[]): Value {
  return values.includes(fault) ? fault : values;
}

/** `map` with a condition. */
function mappedSome(values: readonly Value[]): Value {
  if (values.includes(fault)) return fault;
  if (values.includes(unknown)) return unknown;
  return mapped(values.flatMap((each) => (each instanceof Optional && each.value !== undefined ? [each.value] : [])));
}

/** A field of a map: of an optional map, and with `?`, an optional value. */
function selected(of: Value, field: string, isOptional: boolean): Value {
  if (of === unknown || of === fault) return of;
  const inner = of instanceof Optional ? of.value : of;
  const wraps = isOptional || of instanceof Optional;
  if (inner === undefined) return new Optional(undefined);
  if (!(inner instanceof ValueMap)) return fault;
  const value = inner.get(field);
  if (value === unknown) return unknown;
  if (wraps) return new Optional(value);
  return defined(value, fault);
}
