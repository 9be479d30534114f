import { allOf, anyOf, type Known, not, unknown } from '../language/value.js';
import { isWildcard, matchesWildcard } from '../language/wildcard.js';
import { at, itemsOf, mapOf, textOf, textsOf } from '../plain.js';
import { type SeenLabels, selects } from '../seen-labels.js';
import type { Matched } from '../subject.js';

/** Whether `match` and `exclude` of a rule hold an object (kyverno 1.19, pkg/engine/utils/match.go). */
export function isMatched(rule: unknown, matched: Matched): Known {
  return allOf([isHeld(at(rule, 'match'), matched) ?? false, not(isHeld(at(rule, 'exclude'), matched) ?? false)]);
}

/** Undefined where a block says nothing. */
function isHeld(block: unknown, matched: Matched): Known | undefined {
  const any = itemsOf(at(block, 'any'));
  const all = itemsOf(at(block, 'all'));
  if (any.length > 0) return anyOf(any.map((each) => meets(each, matched)));
  if (all.length > 0) return allOf(all.map((each) => meets(each, matched)));
  return mapOf(at(block, 'resources')) ? meets(block, matched) : undefined;
}

function meets(filter: unknown, matched: Matched): Known {
  const resources = at(filter, 'resources');
  const operations = textsOf(at(resources, 'operations'));
  const kinds = textsOf(at(resources, 'kinds'));
  const isNamespace = matched.kind === 'Namespace';
  return allOf([
    operations.length === 0 || operations.includes(matched.operation),
    kinds.length === 0 || kinds.some((kind) => isKind(kind, matched)),
    isNamed(resources, matched.name),
    isIn(textsOf(at(resources, 'namespaces')), matched.namespace.name),
    at(resources, 'annotations') === undefined ? true : unknown,
    selectsWild(at(resources, 'selector'), matched.labels),
    at(resources, 'namespaceSelector') === undefined ||
      (!isNamespace && selectsWild(at(resources, 'namespaceSelector'), matched.namespace)),
    // Who writes an object is not known.
    ['roles', 'clusterRoles', 'subjects'].some((key) => itemsOf(at(filter, key)).length > 0) ? unknown : true,
  ]);
}

/** `Pod`, `v1/Pod`, `apps/v1/Deployment`, with wildcards; what comes after a kind is a subresource. */
function isKind(text: string, { group, version, kind }: Matched): boolean {
  const parts = text.split('/');
  const first = parts[0] ?? '';
  const isVersion = (part: string) => part === '*' || /^v\d/.test(part);
  if (parts.length === 1) return matchesWildcard(text, kind);
  if (parts.length === 2 && isVersion(first))
    return matchesWildcard(first, version) && matchesWildcard(parts[1] ?? '', kind);
  if (parts.length !== 3 || !isVersion(parts[1] ?? '')) return false;
  return (
    matchesWildcard(first, group) && matchesWildcard(parts[1] ?? '', version) && matchesWildcard(parts[2] ?? '', kind)
  );
}

function isNamed(resources: unknown, name: string | undefined): Known {
  const single = textOf(at(resources, 'name'));
  const names = textsOf(at(resources, 'names'));
  return allOf([single ? isIn([single], name) : true, isIn(names, name)]);
}

function isIn(patterns: readonly string[], name: string | undefined): Known {
  if (patterns.length === 0 || patterns.includes('*')) return true;
  return name === undefined ? unknown : patterns.some((pattern) => matchesWildcard(pattern, name));
}

/** Values of selectors may be patterns; keys that are, are not known here. */
function selectsWild(selector: unknown, labels: SeenLabels): Known {
  const keys = Object.keys(mapOf(at(selector, 'matchLabels')) ?? {});
  return keys.some(isWildcard) ? unknown : selects(selector, labels, matchesWildcard);
}
