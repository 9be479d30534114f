import { allOf, anyOf, fault, isList, type Known, not, unknown, type Value, ValueMap } from '../language/value.js';
import { matchesWildcard } from '../language/wildcard.js';
import { at, itemsOf, mapOf } from '../plain.js';
import { substituted, textsIn } from './substitution.js';

/** Whether preconditions of a rule hold: `fault` where a variable of theirs names what is not there. */
export function preconditionsHold(preconditions: unknown, root: ValueMap): Known | typeof fault {
  if (preconditions === undefined || preconditions === null) return true;
  const isList_ = Array.isArray(preconditions);
  if (!isList_ && !mapOf(preconditions)) return unknown;
  const all = isList_ ? preconditions : itemsOf(at(preconditions, 'all'));
  const any = isList_ ? [] : itemsOf(at(preconditions, 'any'));
  const allAnswers = all.map((each) => holds(each, root));
  const anyAnswers = any.map((each) => holds(each, root));
  if ([...allAnswers, ...anyAnswers].includes(fault)) return fault;
  return allOf([allOf(known(allAnswers)), any.length === 0 ? true : anyOf(known(anyAnswers))]);
}

function known(answers: readonly (Known | typeof fault)[]): Known[] {
  return answers.filter((each) => each !== fault);
}

function holds(condition: unknown, root: ValueMap): Known | typeof fault {
  const key = substituted(at(condition, 'key'), root);
  const value = substituted(at(condition, 'value'), root);
  if (key === fault || value === fault) return fault;
  const operator = operators.get(String(at(condition, 'operator')).toLowerCase());
  if (!operator || key === unknown || value === unknown) return unknown;
  return operator(key, value);
}

type Operator = (key: Value, value: Value) => Known;

const negated =
  (operator: Operator): Operator =>
  (key, value) =>
    key === null ? false : not(operator(key, value));

const numeric =
  (order: (difference: number) => boolean): Operator =>
  (key, value) =>
    typeof key === 'number' && typeof value === 'number' ? order(key - value) : unknown;

/** Kyverno's operators (pkg/engine/variables/operator). What they make of durations, quantities and ranges is not known here. */
const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...['equal', 'equals'].map((name) => [name, isEqual] as const),
  ...['notequal', 'notequals'].map((name) => [name, negated(isEqual)] as const),
  ['in', isAllIn],
  ['allin', isAllIn],
  ['anyin', isAnyIn],
  ['notin', negated(isAnyIn)],
  ['allnotin', negated(isAnyIn)],
  ['anynotin', negated(isAllIn)],
  ['greaterthan', numeric((difference) => difference > 0)],
  ['greaterthanorequals', numeric((difference) => difference >= 0)],
  ['lessthan', numeric((difference) => difference < 0)],
  ['lessthanorequals', numeric((difference) => difference <= 0)],
]);

function isEqual(key: Value, value: Value): Known {
  if (typeof key === 'string' && typeof value === 'string')
    return isMeasure(key) || isMeasure(value) ? (key === value ? true : unknown) : matchesWildcard(value, key);
  if (key === null) return false;
  if (isList(key) || key instanceof ValueMap || isList(value) || value instanceof ValueMap) return unknown;
  return typeof key === typeof value ? key === value : unknown;
}

function isAnyIn(key: Value, value: Value): Known {
  return among(key, value, (found) => found.some(Boolean));
}

function isAllIn(key: Value, value: Value): Known {
  return among(key, value, (found) => found.every(Boolean));
}

function among(key: Value, value: Value, decide: (found: readonly boolean[]) => boolean): Known {
  if (key === null || value === null) return false;
  const keys = textsIn(key);
  const values = textsIn(value);
  if (!keys || !values) return unknown;
  // A text may be a range, or a list written as JSON.
  if (!isList(value) && values.some((each) => each.startsWith('[') || /\d\s*!?-\s*\d/.test(each))) return unknown;
  return decide(keys.map((one) => values.some((each) => matchesWildcard(each, one) || matchesWildcard(one, each))));
}

/** Tells whether a text may be a duration, a quantity or a number. */
function isMeasure(text: string): boolean {
  return /^[-+]?[.\d]/.test(text) && !/[/:@]/.test(text);
}
