import { words } from '../../problem/shown.js';
import type { Field } from '../field.js';
import { nameOf } from '../kept-object.js';
import type { Trail } from '../trail.js';

/**
 * The variables of a Kustomization: those of `substituteFrom` in order, then its own; undefined where there is no
 * `postBuild`. What a Secret holds is not known.
 *
 * @see https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_varsub.go
 */
export function substitution(trail: Trail): ReadonlyMap<string, string> | undefined {
  const postBuild = trail.object.spec.get('postBuild');
  if (!postBuild.isGiven) return undefined;
  const variables = new Map<string, string>();
  const unknown: { readonly from: Field; readonly names: readonly string[] | undefined }[] = [];
  for (const from of postBuild.get('substituteFrom').items()) {
    const isOptional = from.get('optional').isTrue();
    const reference = referenceTo(from, trail);
    const isSecret = reference.kind === 'Secret';
    const found = trail.find(reference, isOptional || isSecret ? 'optional' : 'needed', from);
    if (isSecret) unknown.push({ from, names: found?.data.entries().map(([name]) => name) });
    else for (const [name, value] of found?.data.textMap() ?? []) variables.set(name, value);
  }
  for (const [name, value] of postBuild.get('substitute').textMap()) variables.set(name, value);
  for (const { from, names } of unknown)
    sayUnknown(
      trail,
      from,
      names?.filter((name) => !variables.has(name)),
    );
  return variables;
}

function referenceTo(from: Field, { object }: Trail) {
  return {
    group: '',
    kind: from.get('kind').text() ?? '',
    name: from.get('name').text() ?? '',
    ...(object.namespace !== undefined && { namespace: object.namespace }),
  };
}

function sayUnknown(trail: Trail, from: Field, names: readonly string[] | undefined): void {
  if (names?.length === 0) return;
  const secret = nameOf(referenceTo(from, trail));
  const what = names === undefined ? 'variables' : words`${names}`;
  trail.say(
    'values-unknown',
    from,
    words`takes ${what} from ${secret}, whose values nobody reads here`,
    'give what images, names and namespaces are made of a value in a ConfigMap or under postBuild.substitute',
  );
}
