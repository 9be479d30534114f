import { words } from '../../problem/shown.js';
import type { Field } from '../field.js';
import { nameOf, type Reference } from '../kept-object.js';
import { isMap, mergedValues, type Values } from '../merged-values.js';
import type { Trail } from '../trail.js';
import { leadsThroughList, setValue, type ValuePath, valuePath, withValueAt } from '../value-path.js';

/**
 * The values of a HelmRelease: what `valuesFrom` names, in order, then its own. Undefined where there are none.
 *
 * @see https://github.com/fluxcd/pkg/blob/main/chartutil/values.go ChartValuesFromReferences()
 */
export function releaseValues(trail: Trail): Values | undefined {
  const { spec } = trail.object;
  const references = spec.get('valuesFrom').items();
  if (references.length === 0 && !spec.get('values').isGiven) return undefined;
  const own = spec.get('values').plain();
  return references.reduce((values, from) => values.add(from), new ReleaseValues(trail, isMap(own) ? own : {})).result;
}

/** The values of a HelmRelease as far as they were laid over each other. */
class ReleaseValues {
  readonly #trail: Trail;
  #own: Values;
  #below: Values = {};

  constructor(trail: Trail, own: Values) {
    this.#trail = trail;
    this.#own = own;
  }

  get result(): Values {
    return mergedValues(this.#below, this.#own);
  }

  add(from: Field): this {
    const reference = referenceOf(from, this.#trail);
    const target = from.get('targetPath').text();
    const path = target === undefined ? undefined : valuePath(target);
    if (reference.kind === 'Secret') this.#addSecret(from, reference, target, path);
    else {
      const text = this.#text(from, reference);
      if (text !== undefined && target !== undefined) this.#addAt(from, target, path, text);
      else if (text !== undefined) this.#addAll(from, text);
    }
    return this;
  }

  /**
   * Adds the values of a Secret, which are not known: at its path stands what no image, name or namespace can have in
   * it.
   */
  #addSecret(from: Field, reference: Reference, target: string | undefined, path: ValuePath | undefined): void {
    if (path) this.#set(path, `\${${nameOf(reference)}}`);
    else
      this.#trail.say(
        'values-unknown',
        from,
        words`takes ${target === undefined ? 'values' : words`the value ${target}`} from ${nameOf(reference)}, which nobody reads here`,
        'keep what images, names and namespaces are made of under values, or in a ConfigMap',
      );
  }

  #addAt(from: Field, target: string, path: ValuePath | undefined, text: string): void {
    const set = from.get('literal').isTrue() ? { value: text } : setValue(text);
    if (path && set) this.#set(path, set.value);
    else
      this.#trail.say(
        'engine-needed',
        from,
        words`sets ${target} to a value that only helm takes apart`,
        'write it under values, or say literal: true if it is plain text',
      );
  }

  /** The own values are laid over once more at the end, but a list of theirs was changed where it stands. */
  #set(path: ValuePath, value: unknown): void {
    this.#below = withValueAt(this.result, path, value);
    if (leadsThroughList(this.#own, path)) this.#own = withValueAt(this.#own, path, value);
  }

  #addAll(from: Field, text: string): void {
    const values = this.#trail.view.parse(text);
    if (isMap(values)) this.#below = mergedValues(this.#below, values);
    else if (values !== null)
      this.#trail.say(
        'gitops-object-invalid',
        from,
        'takes values from a text that is no map of YAML',
        'mend the text of the ConfigMap',
      );
  }

  /** The text that a reference stands for; undefined where it is not there. */
  #text(from: Field, reference: Reference): string | undefined {
    const isOptional = from.get('optional').isTrue();
    const found = this.#trail.find(reference, isOptional ? 'optional' : 'needed', from);
    const key = from.get('valuesKey').text() ?? 'values.yaml';
    const text = found?.data.textMap().get(key);
    if (found && text === undefined && !isOptional)
      this.#trail.say(
        'reference-missing',
        from,
        words`takes values from ${nameOf(reference)}, which has no key ${key}`,
        'correct valuesKey',
      );
    return text;
  }
}

function referenceOf(from: Field, { object }: Trail): Reference {
  return {
    group: '',
    kind: from.get('kind').text() ?? '',
    name: from.get('name').text() ?? '',
    ...(object.namespace !== undefined && { namespace: object.namespace }),
  };
}
