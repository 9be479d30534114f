import { GoRegexp } from '../../../go/go-regexp.js';
import type { Budget } from '../language/budget.js';
import { anyOf, isList, sameValue, unknown, type Value, ValueMap } from '../language/value.js';
import { matchesWildcard } from '../language/wildcard.js';

/** A function of JMESPath; `unknown` where the types are wrong: what Kyverno makes of such an error is not known here. */
type JmesFunction = (args: readonly Value[], budget: Budget) => Value;

const texts =
  (count: number, apply: (texts: readonly string[], budget: Budget) => Value): JmesFunction =>
  (args, budget) =>
    args.length === count && args.every((arg) => typeof arg === 'string') ? apply(args, budget) : unknown;

/** The functions of JMESPath and of Kyverno (pkg/engine/jmespath/functions.go) that are known here. */
export const jmesFunctions: ReadonlyMap<string, JmesFunction> = new Map<string, JmesFunction>([
  ['length', ([value]) => lengthOf(value)],
  ['starts_with', texts(2, ([text = '', part = '']) => text.startsWith(part))],
  ['ends_with', texts(2, ([text = '', part = '']) => text.endsWith(part))],
  ['contains', ([value, part = null]) => contains(value, part)],
  ['keys', ([value]) => (value instanceof ValueMap ? (value.keys ?? unknown) : unknown)],
  ['values', ([value]) => (value instanceof ValueMap && value.keys ? value.entries.map(([, each]) => each) : unknown)],
  ['join', ([separator, list], budget) => joined(separator, list, budget)],
  ['to_string', ([value]) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : unknown)],
  ['to_array', ([value = null]) => (isList(value) ? value : [value])],
  ['not_null', (args) => args.find((arg) => arg !== null) ?? null],
  ['split', texts(2, ([text = '', separator = ''], budget) => split(text, separator, budget))],
  ['to_lower', texts(1, ([text = '']) => text.toLowerCase())],
  ['to_upper', texts(1, ([text = '']) => text.toUpperCase())],
  ['trim_prefix', texts(2, ([text = '', part = '']) => (text.startsWith(part) ? text.slice(part.length) : text))],
  ['equal_fold', texts(2, ([a = '', b = '']) => a.toLowerCase() === b.toLowerCase())],
  ['pattern_match', texts(2, ([pattern = '', text = '']) => matchesWildcard(pattern, text))],
  ['regex_match', texts(2, ([pattern = '', text = ''], budget) => matches(pattern, text, budget))],
]);

function lengthOf(value: Value | undefined): Value {
  if (typeof value === 'string') return [...value].length;
  if (isList(value)) return value.length;
  return value instanceof ValueMap ? (value.keys?.length ?? unknown) : unknown;
}

function contains(value: Value | undefined, part: Value): Value {
  if (typeof value === 'string') return typeof part === 'string' ? value.includes(part) : unknown;
  return isList(value) ? anyOf(value.map((each) => sameValue(each, part))) : unknown;
}

function joined(separator: Value | undefined, list: Value | undefined, budget: Budget): Value {
  if (typeof separator !== 'string' || !isList(list) || !list.every((each) => typeof each === 'string')) return unknown;
  budget.spend(list.reduce((sum, each) => sum + each.length + separator.length, 0) / 100);
  return list.join(separator);
}

function split(text: string, separator: string, budget: Budget): Value {
  const parts = separator === '' ? [...text] : text.split(separator);
  budget.spend(parts.length);
  return parts;
}

function matches(pattern: string, text: string, budget: Budget): Value {
  const expression = GoRegexp.tryParse(pattern);
  if (!expression) return unknown;
  budget.spend(((text.length + 1) * expression.cost) / 10);
  return expression.test(text);
}
