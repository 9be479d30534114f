import { Budget, BudgetSpent } from '../language/budget.js';
import { defined, fault, isList, not, sameValue, unknown, type Value, ValueMap } from '../language/value.js';
import { jmesFunctions } from './jmes-functions.js';
import type { JmesNode } from './jmes-node.js';
import { parseJmes } from './jmes-parser.js';

const mostSteps = 200_000;

/**
 * The value of an expression of JMESPath as Kyverno evaluates it (kyverno/go-jmespath, interpreter.go): `fault` where a
 * key is not there and nothing says what takes its place; `unknown` where the value depends on what is not known.
 */
export function evaluateJmes(source: string, root: Value): Value {
  const node = parseJmes(source);
  if (!node) return unknown;
  try {
    return new JmesEvaluator(new Budget(mostSteps)).value(node, root);
  } catch (error) {
    if (error instanceof BudgetSpent) return unknown;
    throw error;
  }
}

class JmesEvaluator {
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  value(node: JmesNode, of: Value): Value {
    this.#budget.spend();
    switch (node.kind) {
      case 'current':
        return of;
      case 'literal':
        return node.value;
      case 'field':
        return fieldOf(of, node.name);
      case 'index':
        return indexOf(of, node.index);
      case 'sub': {
        const left = this.value(node.left, of);
        return left === fault ? fault : this.value(node.right, left);
      }
      case 'pipe':
        return this.value(node.right, this.#found(node.left, of));
      case 'or':
        return this.#either(node.left, node.right, of);
      case 'and':
        return this.#both(node.left, node.right, of);
      case 'not':
        return isFalse(this.#found(node.of, of));
      case 'compare':
        return compared(node.sign, this.#found(node.left, of), this.#found(node.right, of));
      case 'flatten':
        return this.#flattened(this.#found(node.of, of));
      case 'each':
        return this.#projected(this.#found(node.left, of), node.right);
      case 'values':
        return this.#projected(valuesOf(this.#found(node.left, of)), node.right);
      case 'filter':
        return this.#filtered(this.#found(node.left, of), node.condition, node.right);
      case 'list':
        return of === null || of === unknown ? of : node.items.map((item) => this.#found(item, of));
      case 'map':
        if (of === null || of === unknown) return of;
        return new ValueMap(node.entries.map(([key, each]) => [key, this.#found(each, of)] as const));
      case 'call': {
        const args = node.args.map((arg) => this.#found(arg, of));
        return args.includes(unknown) ? unknown : (jmesFunctions.get(node.name)?.(args, this.#budget) ?? unknown);
      }
    }
  }

  /** A key that is not there is null everywhere but at the end. */
  #found(node: JmesNode, of: Value): Value {
    const value = this.value(node, of);
    return value === fault ? null : value;
  }

  #either(left: JmesNode, right: JmesNode, of: Value): Value {
    const first = this.#found(left, of);
    const isNone = isFalse(first);
    if (isNone === unknown) return this.#decides(this.#found(right, of), true);
    return isNone ? this.#found(right, of) : first;
  }

  #both(left: JmesNode, right: JmesNode, of: Value): Value {
    const first = this.#found(left, of);
    const isNone = isFalse(first);
    if (isNone === unknown) return this.#decides(this.#found(right, of), false);
    return isNone ? first : this.value(right, of);
  }

  /** Whether the other side decides alone, where one is not known. */
  #decides(value: Value, decider: boolean): Value {
    return value === decider ? decider : unknown;
  }

  #flattened(list: Value): Value {
    if (list === unknown) return unknown;
    if (!isList(list)) return null;
    if (list.includes(unknown)) return unknown;
    const items: Value[] = [];
    for (const each of list) {
      if (isList(each)) items.push(...each);
      else items.push(each);
    }
    this.#budget.spend(items.length);
    return items;
  }

  #projected(list: Value, right: JmesNode): Value {
    if (list === unknown) return unknown;
    if (!isList(list)) return null;
    return list.map((each) => this.#found(right, each)).filter((each) => each !== null);
  }

  #filtered(list: Value, condition: JmesNode, right: JmesNode): Value {
    if (list === unknown) return unknown;
    if (!isList(list)) return null;
    const taken: Value[] = [];
    for (const each of list) {
      const isNone = isFalse(this.#found(condition, each));
      if (isNone === unknown) return unknown;
      if (!isNone) taken.push(each);
    }
    return this.#projected(taken, right);
  }
}

function fieldOf(of: Value, name: string): Value {
  if (of === unknown) return unknown;
  return of instanceof ValueMap ? defined(of.get(name), fault) : null;
}

function indexOf(of: Value, index: number): Value {
  if (of === unknown) return unknown;
  return isList(of) ? defined(of.at(index), null) : null;
}

function valuesOf(of: Value): Value {
  if (of === unknown) return unknown;
  if (!(of instanceof ValueMap)) return null;
  return of.isOpen ? unknown : of.entries.map(([, each]) => each);
}

/** Tells what counts as false: nothing, and what is empty. */
function isFalse(value: Value): boolean | typeof unknown {
  if (value === unknown) return unknown;
  if (value instanceof ValueMap) return value.entries.length === 0 && (value.isOpen ? unknown : true);
  return value === null || value === false || value === '' || (isList(value) && value.length === 0);
}

function compared(sign: string, left: Value, right: Value): Value {
  if (sign === '==') return sameValue(left, right);
  if (sign === '!=') return not(sameValue(left, right));
  if (left === unknown || right === unknown) return unknown;
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  if (sign === '<') return left < right;
  if (sign === '<=') return left <= right;
  return sign === '>' ? left > right : left >= right;
}
