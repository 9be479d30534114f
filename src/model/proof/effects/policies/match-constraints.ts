import { allOf, anyOf, type Known, not, unknown } from '../language/value.js';
import { at, itemsOf, textsOf } from '../plain.js';
import { selects } from '../seen-labels.js';
import type { Matched } from '../subject.js';

/**
 * Whether `matchConstraints` of a policy, or `matchResources` of a binding, hold an object. A Namespace is in itself for
 * the selector of namespaces.
 */
export function isConstrained(constraints: unknown, matched: Matched): Known {
  const rules = itemsOf(at(constraints, 'resourceRules'));
  const excluded = itemsOf(at(constraints, 'excludeResourceRules'));
  return allOf([
    rules.length === 0 || anyOf(rules.map((rule) => isRuled(rule, matched))),
    not(anyOf(excluded.map((rule) => isRuled(rule, matched)))),
    selects(at(constraints, 'namespaceSelector'), matched.namespace),
    selects(at(constraints, 'objectSelector'), matched.labels),
  ]);
}

function isRuled(rule: unknown, { group, version, resource, operation, name }: Matched): Known {
  const names = textsOf(at(rule, 'resourceNames'));
  return allOf([
    isAmong(at(rule, 'apiGroups'), group),
    isAmong(at(rule, 'apiVersions'), version),
    isAmong(at(rule, 'operations'), operation),
    isAmong(at(rule, 'resources'), resource) || isAmong(at(rule, 'resources'), '*/*'),
    names.length === 0 || (name === undefined ? unknown : names.includes(name)),
  ]);
}

function isAmong(list: unknown, wanted: string): boolean {
  const texts = textsOf(list);
  return texts.includes('*') || texts.includes(wanted);
}
