import type { Labels } from '../../reach/policy-scope.js';
import { allOf, type Known, not, unknown } from './language/value.js';
import { at, itemsOf, mapOf, textOf, textsOf } from './plain.js';

/** Labels as far as they are known. */
export interface SeenLabels {
  readonly labels: Labels;
  /** Whether there may be others. */
  readonly isOpen: boolean;
}

/** Labels of which nothing is known. */
export const unseenLabels: SeenLabels = { labels: new Map(), isOpen: true };

/** Whether a label selector of Kubernetes selects labels; one that is not there selects all. */
export function selects(selector: unknown, labels: SeenLabels, matches = isSame): Known {
  const wanted = Object.entries(mapOf(at(selector, 'matchLabels')) ?? {});
  const expressions = itemsOf(at(selector, 'matchExpressions'));
  return allOf([
    ...wanted.map(([key, value]) => carries(labels, key, [String(value)], matches)),
    ...expressions.map((expression) => meets(expression, labels, matches)),
  ]);
}

function meets(expression: unknown, labels: SeenLabels, matches: typeof isSame): Known {
  const key = textOf(at(expression, 'key')) ?? '';
  const values = textsOf(at(expression, 'values'));
  switch (at(expression, 'operator')) {
    case 'In':
      return carries(labels, key, values, matches);
    case 'NotIn':
      return not(carries(labels, key, values, matches));
    case 'Exists':
      return has(labels, key);
    case 'DoesNotExist':
      return not(has(labels, key));
    default:
      return unknown;
  }
}

function carries(
  { labels, isOpen }: SeenLabels,
  key: string,
  values: readonly string[],
  matches: typeof isSame,
): Known {
  const value = labels.get(key);
  if (value === undefined) return isOpen ? unknown : false;
  return values.some((each) => matches(each, value));
}

function has({ labels, isOpen }: SeenLabels, key: string): Known {
  if (labels.has(key)) return true;
  return isOpen ? unknown : false;
}

function isSame(wanted: string, value: string): boolean {
  return wanted === value;
}

/** Whether a selector in the text form of Kubernetes (apimachinery, pkg/labels) selects labels. */
export function selectsByText(selector: string, labels: SeenLabels): Known {
  const terms = selector.split(/,(?![^(]*\))/).map((term) => term.trim());
  return allOf(terms.filter((term) => term !== '').map((term) => meetsTerm(term, labels)));
}

function meetsTerm(term: string, labels: SeenLabels): Known {
  const [, listKey = '', operator, list = ''] = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(term) ?? [];
  if (operator !== undefined) {
    const values = list.split(',').map((each) => each.trim());
    const isThere = carries(labels, listKey, values, isSame);
    return operator === 'in' ? isThere : not(isThere);
  }
  const [, key = '', sign, value = ''] = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(term) ?? [];
  if (sign === '!=') return not(carries(labels, key, [value], isSame));
  if (sign !== undefined) return carries(labels, key, [value], isSame);
  if (/^!\s*[^\s=!]+$/.test(term)) return not(has(labels, term.slice(1).trim()));
  return /^[^\s=!<>]+$/.test(term) ? has(labels, term) : unknown;
}
