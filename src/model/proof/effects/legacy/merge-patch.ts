import { allOf, anyOf, fault, isList, type Known, not, unknown, type Value, ValueMap } from '../language/value.js';
import { matchesWildcard } from '../language/wildcard.js';
import { type Changed, namesOf } from '../policies/json-patch.js';

/** Anchors of Kyverno (pkg/engine/anchor): a condition on a key, a condition on the whole rule, a key that is only added. */
const anchored = /^([<+^X=]?)\((.*)\)$/;

/**
 * The names of the list at a path after `patchStrategicMerge`: a list of pods is merged by name, new names first; that of an
 * account is replaced (sigs.k8s.io/kustomize/kyaml, yaml/merge2).
 */
export function strategicallyMerged(
  patch: Value,
  object: ValueMap,
  listPath: readonly string[],
  names: readonly string[],
): Changed {
  if (patch === fault) return fault;
  const applies = conditionsHold(patch, object);
  if (applies !== true) return applies === false ? names : unknown;
  const stated = listIn(patch, listPath);
  if (stated === undefined) return names;
  if (stated === unknown) return unknown;
  const added = namesOf(stated.value);
  if (added === unknown || added === fault) return unknown;
  if (stated.onlyIfAbsent) return names.length === 0 ? added : names;
  return listPath.length === 1 ? added : [...added, ...names.filter((name) => !added.includes(name))];
}

interface Stated {
  readonly value: Value;
  readonly onlyIfAbsent: boolean;
}

function listIn(patch: Value, [key = '', ...rest]: readonly string[]): Stated | typeof unknown | undefined {
  if (!(patch instanceof ValueMap)) return unknown;
  const added = patch.get(`+(${key})`);
  const value = patch.get(key) ?? added;
  if (value === undefined) return undefined;
  if (rest.length > 0) return added === undefined ? listIn(value, rest) : unknown;
  return { value, onlyIfAbsent: added !== undefined };
}

/** Whether the conditions of a patch hold for an object: those of a list ask whether any of its items meets them. */
function conditionsHold(patch: Value, value: Value | undefined): Known {
  if (patch === unknown) return unknown;
  if (isList(patch)) return allOf(patch.map((each) => holdsForAny(each, value)));
  if (!(patch instanceof ValueMap)) return true;
  if (value === unknown) return hasConditions(patch) ? unknown : true;
  return allOf(
    patch.entries.map(([key, each]) => {
      const [, sign, name] = anchored.exec(key) ?? [];
      const found = value instanceof ValueMap ? value.get(name ?? key) : undefined;
      if (sign === undefined) return conditionsHold(each, found);
      if (sign === '+') return true;
      return sign === '' || sign === '<' ? meets(each, found) : unknown;
    }),
  );
}

/** Conditions on the rule that stand in a list; those on an item decide about the item alone. */
function holdsForAny(item: Value, list: Value | undefined): Known {
  if (!(item instanceof ValueMap) || !hasConditions(item)) return true;
  const isGlobal = item.entries.some(([key]) => key.startsWith('<('));
  if (!isGlobal) return item.entries.some(([, each]) => hasConditions(each)) ? unknown : true;
  // What Kyverno makes of a list that is not there depends on the rest of the patch.
  if (!isList(list) || list.length === 0) return unknown;
  return anyOf(list.map((each) => conditionsHold(item, each)));
}

function hasConditions(patch: Value): boolean {
  if (isList(patch)) return patch.some(hasConditions);
  return patch instanceof ValueMap && patch.entries.some(([key, each]) => anchored.test(key) || hasConditions(each));
}

/** Whether a value meets a pattern of Kyverno (pkg/engine/pattern); operators and nested patterns are not known here. */
function meets(pattern: Value, value: Value | undefined): Known {
  if (value === unknown || pattern === unknown) return unknown;
  if (typeof pattern === 'boolean' || typeof pattern === 'number')
    return value === undefined ? false : typeof value === typeof pattern ? value === pattern : unknown;
  if (typeof pattern !== 'string') return unknown;
  if (/^[!<>=]|[&]|\d\s*!?-\s*\d/.test(pattern)) return unknown;
  if (typeof value !== 'string') return value === undefined ? (pattern === '' ? unknown : false) : unknown;
  const parts = pattern.split('|').map((each) => each.trim());
  const negated = parts.some((each) => /^[!<>=]/.test(each));
  return negated ? not(unknown) : anyOf(parts.map((each) => matchesWildcard(each, value)));
}
