import { GoRegexp } from '../../../go/go-regexp.js';
import { ImageReference } from '../../../image/image-reference.js';
import type { Budget } from '../language/budget.js';
import { defined, fault, isList, Optional, sameValue, unknown, type Value, ValueMap } from '../language/value.js';

/** A function of CEL: the target of a call is its first argument. None of them is `unknown` or `fault`. */
export type CelFunction = (args: readonly Value[], budget: Budget) => Value;

/** The functions that expressions may call besides those that are always there, by name. */
export type HostFunctions = ReadonlyMap<string, CelFunction>;

const texts =
  (count: number, apply: (texts: readonly string[], budget: Budget) => Value): CelFunction =>
  (args, budget) => {
    if (args.length !== count || !args.every((arg) => typeof arg === 'string')) return fault;
    return apply(args, budget);
  };

const compare =
  (holds: (order: number) => boolean): CelFunction =>
  ([a, b]) => {
    if (typeof a === 'number' && typeof b === 'number') return holds(a - b);
    if (typeof a === 'string' && typeof b === 'string') return holds(a < b ? -1 : a > b ? 1 : 0);
    return fault;
  };

const numbers =
  (apply: (a: number, b: number) => number): CelFunction =>
  ([a, b]) => {
    if (typeof a !== 'number' || typeof b !== 'number') return fault;
    const result = apply(a, b);
    return Number.isSafeInteger(result) ? result : fault;
  };

/** The functions of the API server's environment (k8s.io/apiserver/pkg/cel/library, cel-go ext/strings) that are known here. */
export const celFunctions: HostFunctions = new Map<string, CelFunction>([
  ['!', ([value]) => (typeof value === 'boolean' ? !value : fault)],
  ['minus', ([value]) => (typeof value === 'number' ? -value : fault)],
  ['==', ([a = null, b = null]) => sameValue(a, b)],
  ['!=', ([a = null, b = null]) => negated(sameValue(a, b))],
  ['<', compare((order) => order < 0)],
  ['<=', compare((order) => order <= 0)],
  ['>', compare((order) => order > 0)],
  ['>=', compare((order) => order >= 0)],
  ['in', ([value = null, list]) => isIn(value, list)],
  ['+', added],
  ['-', numbers((a, b) => a - b)],
  ['*', numbers((a, b) => a * b)],
  ['/', numbers((a, b) => Math.trunc(a / b))],
  ['%', numbers((a, b) => a % b)],
  ['size', ([value]) => sizeOf(value)],
  ['startsWith', texts(2, ([text = '', part = '']) => text.startsWith(part))],
  ['endsWith', texts(2, ([text = '', part = '']) => text.endsWith(part))],
  ['contains', texts(2, ([text = '', part = '']) => text.includes(part))],
  ['matches', texts(2, ([text = '', pattern = ''], budget) => matches(text, pattern, budget))],
  ['lowerAscii', texts(1, ([text = '']) => text.replace(/[A-Z]/g, (char) => char.toLowerCase()))],
  ['upperAscii', texts(1, ([text = '']) => text.replace(/[a-z]/g, (char) => char.toUpperCase()))],
  ['trim', texts(1, ([text = '']) => text.trim())],
  ['replace', texts(3, ([text = '', from = '', to = ''], budget) => replaced(text, from, to, budget))],
  ['indexOf', texts(2, ([text = '', part = '']) => text.indexOf(part))],
  ['lastIndexOf', texts(2, ([text = '', part = '']) => text.lastIndexOf(part))],
  ['split', split],
  ['substring', substring],
  ['join', join],
  ['string', ([value]) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : textOr(value))],
  ['dyn', ([value = fault]) => value],
  ['orValue', ([value, other = fault]) => (value instanceof Optional ? defined(value.value, other) : fault)],
  ['or', ([value = fault, other = fault]) => (value instanceof Optional && value.value === undefined ? other : value)],
  ['value', ([value]) => (value instanceof Optional ? defined(value.value, fault) : fault)],
  ['hasValue', ([value]) => (value instanceof Optional ? value.value !== undefined : fault)],
  ['optional.of', ([value = null]) => new Optional(value)],
  ['optional.none', () => new Optional(undefined)],
  ['jsonpatch.escapeKey', texts(1, ([text = '']) => text.replaceAll('~', '~0').replaceAll('/', '~1'))],
  ['image', texts(1, ([text = '']) => imageOf(text))],
  ['registry', ([value]) => partOf(value, 'registry')],
  ['repository', ([value]) => partOf(value, 'repository')],
]);

function negated(value: boolean | typeof unknown): Value {
  return value === unknown ? unknown : !value;
}

function isIn(value: Value, list: Value | undefined): Value {
  if (list instanceof ValueMap) {
    if (typeof value !== 'string') return fault;
    const found = list.get(value);
    return found === unknown ? unknown : found !== undefined;
  }
  if (!isList(list)) return fault;
  const same = list.map((each) => sameValue(value, each));
  return same.includes(true) || (same.includes(unknown) ? unknown : false);
}

function added([a, b]: readonly Value[], budget: Budget): Value {
  if (typeof a === 'string' && typeof b === 'string') {
    budget.spend((a.length + b.length) / 100);
    return a + b;
  }
  if (isList(a) && isList(b)) {
    budget.spend(a.length + b.length);
    return [...a, ...b];
  }
  return numbers((one, other) => one + other)([a ?? fault, b ?? fault], budget);
}

function sizeOf(value: Value | undefined): Value {
  if (typeof value === 'string') return [...value].length;
  if (isList(value)) return value.length;
  return value instanceof ValueMap ? (value.keys?.length ?? unknown) : fault;
}

function matches(text: string, pattern: string, budget: Budget): Value {
  const expression = GoRegexp.tryParse(pattern);
  if (!expression) return unknown;
  budget.spend(((text.length + 1) * expression.cost) / 10);
  return expression.test(text);
}

function replaced(text: string, from: string, to: string, budget: Budget): Value {
  if (from === '') return unknown;
  const parts = text.split(from);
  budget.spend((text.length + parts.length * to.length) / 100);
  return parts.join(to);
}

function split(args: readonly Value[], budget: Budget): Value {
  const [text, separator, limit] = args;
  if (typeof text !== 'string' || typeof separator !== 'string') return fault;
  if (limit !== undefined) return unknown;
  const parts = separator === '' ? [...text] : text.split(separator);
  budget.spend(parts.length);
  return parts;
}

function substring([text, from, to]: readonly Value[]): Value {
  if (typeof text !== 'string' || typeof from !== 'number') return fault;
  const chars = [...text];
  const end = to === undefined ? chars.length : to;
  if (typeof end !== 'number' || from < 0 || end < from || end > chars.length) return fault;
  return chars.slice(from, end).join('');
}

function join([list, separator = '']: readonly Value[], budget: Budget): Value {
  if (!isList(list) || typeof separator !== 'string') return fault;
  if (list.includes(unknown)) return unknown;
  if (!list.every((each) => typeof each === 'string')) return fault;
  budget.spend(list.reduce((sum, each) => sum + each.length + separator.length, 0) / 100);
  return list.join(separator);
}

function textOr(value: Value | undefined): Value {
  return typeof value === 'string' ? value : fault;
}

/** The image library of Kyverno, which takes go-containerregistry's word for Docker Hub's host (pkg/cel/libs/image). */
function imageOf(text: string): Value {
  const reference = ImageReference.tryParse(text);
  if ('error' in reference) return fault;
  const { domain, path } = reference;
  const registry = domain === 'docker.io' ? 'index.docker.io' : domain;
  return new ValueMap([
    ['registry', registry],
    ['repository', path],
  ]);
}

function partOf(value: Value | undefined, part: string): Value {
  return value instanceof ValueMap ? (value.get(part) ?? fault) : fault;
}
