import type { Field } from '../field.js';
import type { Reference } from '../kept-object.js';
import type { Variables } from '../rendering.js';
import type { Trail } from '../trail.js';

/**
 * The variables of a Kustomization: those of `substituteFrom` in order, then its own; undefined where there is no
 * `postBuild`. What a Secret holds is not known, but the names of its values may be.
 *
 * @see https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_varsub.go
 */
export function substitution(trail: Trail): Variables | undefined {
  const postBuild = trail.object.spec.get('postBuild');
  if (!postBuild.isGiven) return undefined;
  const values = new Map<string, string>();
  const unknown = new Set<string>();
  let isAnyUnknown = false;
  for (const from of postBuild.get('substituteFrom').items()) {
    const reference = referenceTo(from, trail);
    const isSecret = reference.kind === 'Secret';
    const isOptional = isSecret || from.get('optional').isTrue();
    const found = trail.find(reference, isOptional ? 'optional' : 'needed', from);
    if (isSecret) {
      // A later source covers an earlier one.
      for (const [name] of found?.data.entries() ?? []) values.delete(name);
      for (const [name] of found?.data.entries() ?? []) unknown.add(name);
      isAnyUnknown ||= !found;
    } else for (const [name, value] of found?.data.textMap() ?? []) values.set(name, value);
  }
  for (const [name, value] of postBuild.get('substitute').textMap()) values.set(name, value);
  return { values, unknown: isAnyUnknown ? 'any' : unknown };
}

function referenceTo(from: Field, { object }: Trail): Reference {
  return {
    group: '',
    kind: from.get('kind').text() ?? '',
    name: from.get('name').text() ?? '',
    ...(object.namespace !== undefined && { namespace: object.namespace }),
  };
}
