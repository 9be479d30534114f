import { compareText } from '../../names/names.js';
import { words } from '../../problem/shown.js';
import type { Field } from '../field.js';
import type { KeptObject } from '../kept-object.js';
import { isMap } from '../merged-values.js';
import type { RepositoryView } from '../repository-view.js';
import { ExpansionBudget, ExpansionFault } from '../template/expansion-fault.js';
import { GoTemplate, type TemplateDialect } from '../template/go-template.js';
import type { TemplateFunction } from '../template/go-template-functions.js';
import type { Parameters } from '../template/parameters.js';
import type { Trail } from '../trail.js';

const group = 'fluxcd.controlplane.io';
const hint = 'render it, as flux-operator build rset does, and list the result under workloads';
const disabled = `${group}/reconcile`;

/**
 * Follows a ResourceSet of the Flux operator whose inputs stand in it or in a static provider: its objects, once for each
 * set of inputs.
 *
 * @see https://github.com/controlplaneio-fluxcd/flux-operator/blob/main/internal/builder/resourceset.go
 */
export function followResourceSet(trail: Trail): void {
  const { object, view } = trail;
  const { spec } = object;
  const inputs = inputsOf(trail);
  if (!inputs || trail.missing.length > 0) return;
  const steps = spec.get('steps').items();
  const parts = steps.length > 0 ? steps : [spec];
  try {
    const builder = new ResourceSetBuilder(view);
    for (const each of inputs) {
      for (const part of parts) {
        for (const resource of part.get('resources').items()) builder.addResource(resource.plain(), each);
        builder.addText(part.get('resourcesTemplate').text() ?? '', each);
      }
    }
    if (builder.objects.length > 0) trail.apply({ rendering: { by: 'inline', objects: builder.objects } });
  } catch (fault) {
    if (!(fault instanceof ExpansionFault)) throw fault;
    trail.say(fault.code, spec, fault.what, hint);
  }
}

/**
 * The sets of inputs: its own, then those of static providers. Without any the objects are made once. Undefined where a
 * provider asks others.
 */
function inputsOf(trail: Trail): readonly (Parameters | undefined)[] | undefined {
  const { object } = trail;
  const { spec } = object;
  const own = spec
    .get('inputs')
    .items()
    .map((input) => provided(input.plain(), object));
  const from = spec.get('inputsFrom').items();
  const providers = new Map(from.map((each) => [each.get('name').text() ?? '', providerOf(each, trail)]));
  if (trail.missing.length > 0 || [...providers].some(([name, provider]) => name !== '' && !provider)) return undefined;
  const isStatic = [...providers.values()].every((provider) => provider?.spec.get('type').text() === 'Static');
  const isPermuted = from.length > 0 && spec.get('inputStrategy', 'name').text() === 'Permute';
  if (!isStatic || isPermuted) {
    const what = isStatic ? 'permutes the inputs of providers' : 'takes inputs from a provider that asks others';
    trail.say('generator-needs-cluster', spec.get('inputsFrom'), what, hint);
    return undefined;
  }
  const byName = [...providers.values()]
    .flatMap((provider) => provider ?? [])
    .sort((a, b) => compareText(a.name, b.name));
  const all = [...own, ...byName.map((provider) => provided(provider.spec.get('defaultValues').plain(), provider))];
  return all.length > 0 || from.length > 0 ? all : [undefined];
}

function providerOf(from: Field, trail: Trail): KeptObject | undefined {
  const name = from.get('name').text();
  if (name === undefined) return undefined;
  const { namespace } = trail.object;
  const reference = { group, kind: 'ResourceSetInputProvider', name, ...(namespace !== undefined && { namespace }) };
  return trail.find(reference, 'needed', from);
}

/** Inputs with what says where they come from. */
function provided(inputs: unknown, { kind, namespace, name }: KeptObject): Parameters {
  return { ...(isMap(inputs) ? inputs : {}), provider: { apiVersion: `${group}/v1`, kind, name, namespace } };
}

/** Makes objects of templates; one that is there already does not come again. */
class ResourceSetBuilder {
  readonly objects: unknown[] = [];
  readonly #view: RepositoryView;
  readonly #known = new Set<string>();
  readonly #budget = new ExpansionBudget();

  constructor(view: RepositoryView) {
    this.#view = view;
  }

  addResource(resource: unknown, inputs: Parameters | undefined): void {
    this.#add(this.#filled(resource, inputs));
  }

  /** The documents of a text. */
  addText(text: string, inputs: Parameters | undefined): void {
    for (const document of this.#fill(text, inputs).split(/^---(?:\s.*)?$/m)) {
      if (document.trim() === '') continue;
      const object = this.#view.parse(document);
      if (object === undefined) throw ExpansionFault.of('engine-needed', 'has a template whose result is not read');
      this.#add(object);
    }
  }

  #add(object: unknown): void {
    if (!isMap(object)) return;
    const metadata = isMap(object.metadata) ? object.metadata : {};
    if (isMap(metadata.annotations) && metadata.annotations[disabled] === 'disabled') return;
    const apiGroup = String(object.apiVersion ?? '').replace(/\/.*|^[^/]*$/, '');
    const key = JSON.stringify([apiGroup, object.kind, metadata.namespace, metadata.name]);
    if (!this.#known.has(key)) this.objects.push(object);
    this.#known.add(key);
  }

  /** A value of a resource. It is filled as a text of YAML, so that a number can come out of a text. */
  #filled(value: unknown, inputs: Parameters | undefined): unknown {
    if (typeof value === 'string') return value.includes('<<') ? this.#scalar(value, inputs) : value;
    if (Array.isArray(value)) return value.map((item) => this.#filled(item, inputs));
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.#fill(key, inputs), this.#filled(item, inputs)]),
    );
  }

  #scalar(text: string, inputs: Parameters | undefined): unknown {
    const filled = this.#fill(text, inputs);
    if (!isPlain(text)) return filled;
    const value = this.#view.parse(filled);
    if (isMap(value) || Array.isArray(value) || filled.includes('\n'))
      throw ExpansionFault.of('engine-needed', words`has the template ${text}, which makes more than one value`);
    return value ?? filled;
  }

  #fill(text: string, inputs: Parameters | undefined): string {
    return this.#budget.spend(text.includes('<<') ? new GoTemplate(text, dialectOf(inputs)).fill({}) : text);
  }
}

/** Whether YAML writes a text without quotes, so that what is filled in decides what it is. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9<./]/.test(text) && !/: |:$| #|\n/.test(text);
}

function dialectOf(inputs: Parameters | undefined): TemplateDialect {
  const functions = new Map<string, TemplateFunction>([['inputs', () => ({ value: inputs })]]);
  return { delimiters: { open: '<<', close: '>>' }, isStrict: true, functions };
}
