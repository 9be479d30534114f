import { words } from '../../problem/shown.js';
import { isMap } from '../merged-values.js';
import type { RepositoryView } from '../repository-view.js';
import { ExpansionBudget, ExpansionFault } from '../template/expansion-fault.js';
import { GoTemplate, type TemplateDialect } from '../template/go-template.js';
import type { TemplateFunction } from '../template/go-template-functions.js';
import type { Parameters } from '../template/parameters.js';
import type { Trail } from '../trail.js';

const hint = 'render it, as flux-operator build rset does, and list the result under workloads';
const disabled = 'fluxcd.controlplane.io/reconcile';

/**
 * Follows a ResourceSet of the Flux operator whose inputs stand in it: its objects, once for each set of inputs.
 *
 * @see https://github.com/controlplaneio-fluxcd/flux-operator/blob/main/internal/builder/resourceset.go
 */
export function followResourceSet(trail: Trail): void {
  const { object, view } = trail;
  const { spec } = object;
  if (spec.get('inputsFrom').items().length > 0) {
    trail.say(
      'generator-needs-cluster',
      spec.get('inputsFrom'),
      'takes inputs from a provider, which only the cluster asks',
      hint,
    );
    return;
  }
  const steps = spec.get('steps').items();
  const parts = steps.length > 0 ? steps : [spec];
  try {
    const builder = new ResourceSetBuilder(view);
    for (const inputs of inputsOf(trail)) {
      for (const part of parts) {
        for (const resource of part.get('resources').items()) builder.addResource(resource.plain(), inputs);
        builder.addText(part.get('resourcesTemplate').text() ?? '', inputs);
      }
    }
    if (builder.objects.length > 0) trail.apply({ rendering: { by: 'inline', objects: builder.objects } });
  } catch (fault) {
    if (!(fault instanceof ExpansionFault)) throw fault;
    trail.say(fault.code, spec, fault.what, hint);
  }
}

/** The sets of inputs; without any the objects are made once. */
function inputsOf({ object }: Trail): readonly (Parameters | undefined)[] {
  const { namespace, name } = object;
  const provider = { apiVersion: 'fluxcd.controlplane.io/v1', kind: 'ResourceSet', name, namespace };
  const inputs = object.spec
    .get('inputs')
    .items()
    .map((input) => input.plain());
  return inputs.length === 0 ? [undefined] : inputs.map((input) => ({ ...(isMap(input) ? input : {}), provider }));
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
    const group = String(object.apiVersion ?? '').replace(/\/.*|^[^/]*$/, '');
    const key = JSON.stringify([group, object.kind, metadata.namespace, metadata.name]);
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
