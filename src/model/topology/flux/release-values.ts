import { words } from '../../problem/shown.js';
import type { Field } from '../field.js';
import { nameOf, type Reference } from '../kept-object.js';
import { isMap, mergedValues, type Values } from '../merged-values.js';
import type { Trail } from '../trail.js';
import { isPlainPath, withValueAt } from '../value-path.js';

/**
 * The values of a HelmRelease: what `valuesFrom` names, in order, then its own. What a Secret holds is not known. Undefined
 * where there are none.
 *
 * @see https://github.com/fluxcd/pkg/blob/main/chartutil/values.go ChartValuesFromReferences()
 */
export function releaseValues(trail: Trail): Values | undefined {
  const { spec } = trail.object;
  const own = valuesOf(spec.get('values').plain());
  const references = spec.get('valuesFrom').items();
  if (references.length === 0 && !spec.get('values').isGiven) return undefined;
  let result: Values = {};
  for (const from of references) {
    const text = referencedText(trail, from);
    if (text === undefined) continue;
    const path = from.get('targetPath').text();
    if (path !== undefined) {
      result = mergedValues(result, own);
      if (isPlainPath(path, text, from.get('literal').isTrue()))
        result = withValueAt(result, path, text, from.get('literal').isTrue());
      else sayUnread(trail, from, path);
      continue;
    }
    const values = trail.view.parse(text);
    if (values === undefined || !(values === null || isMap(values))) sayBroken(trail, from);
    else result = mergedValues(result, valuesOf(values));
  }
  return mergedValues(result, own);
}

function valuesOf(value: unknown): Values {
  return isMap(value) ? value : {};
}

/** The text that a reference stands for; undefined where it is not there, or not known. */
function referencedText(trail: Trail, from: Field): string | undefined {
  const reference: Reference = {
    group: '',
    kind: from.get('kind').text() ?? '',
    name: from.get('name').text() ?? '',
    ...(trail.object.namespace !== undefined && { namespace: trail.object.namespace }),
  };
  if (reference.kind === 'Secret') {
    const path = from.get('targetPath').text();
    trail.say(
      'values-unknown',
      from,
      words`takes ${path === undefined ? 'values' : words`the value ${path}`} from ${nameOf(reference)}, which nobody reads here`,
      'keep what images, names and namespaces are made of under values, or in a ConfigMap',
    );
    return undefined;
  }
  const isOptional = from.get('optional').isTrue();
  const found = trail.find(reference, isOptional ? 'optional' : 'needed', from);
  const key = from.get('valuesKey').text() ?? 'values.yaml';
  const text = found?.data.textMap().get(key);
  if (found && text === undefined && !isOptional)
    trail.say(
      'reference-missing',
      from,
      words`takes values from ${nameOf(reference)}, which has no key ${key}`,
      'correct valuesKey',
    );
  return text;
}

function sayUnread(trail: Trail, from: Field, path: string): void {
  trail.say(
    'engine-needed',
    from,
    words`sets ${path} to a value that only helm takes apart`,
    'write it under values, or say literal: true if it is plain text',
  );
}

function sayBroken(trail: Trail, from: Field): void {
  trail.say(
    'gitops-object-invalid',
    from,
    'takes values from a text that is no map of YAML',
    'mend the text of the ConfigMap',
  );
}
