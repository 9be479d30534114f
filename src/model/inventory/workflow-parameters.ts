import type { Tree } from './tree.js';

/**
 * Values that variables stand for: `inputs.parameters.image`, `item.tag`. A variable that cannot be followed is not in
 * it.
 */
type Values = ReadonlyMap<string, string>;

/** More than anybody writes, and few enough to follow. */
const maxValues = 1000;
const variable = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * The values of parameters in one Argo workflow, as its own manifest gives them: arguments of the workflow, of steps
 * and tasks, items of loops, defaults. Argo substitutes them in the same way (argo-workflows util/template,
 * workflow/controller).
 */
export class WorkflowParameters {
  readonly #spec: Tree;
  readonly #templates: readonly Tree[];
  readonly #known = new Map<string, readonly Values[] | undefined>();

  constructor(spec: Tree) {
    this.#spec = spec;
    this.#templates = spec.get('templates')?.items() ?? [];
  }

  /**
   * Every text that a text with variables can become in a template; undefined where that cannot be said.
   *
   * @param template the name of the template; an inline one has none, and knows the arguments of the workflow alone
   */
  texts(text: string, template: string | undefined): readonly string[] | undefined {
    const all = template === undefined ? [this.#ofWorkflow()] : this.#valuesOf(template);
    const texts = new Set<string>();
    for (const values of all ?? []) {
      const replaced = replace(text, values);
      if (replaced === undefined) return undefined;
      texts.add(replaced);
    }
    return texts.size > 0 ? [...texts] : undefined;
  }

  /** One map for each way in which the template is called; undefined where it calls itself, or in too many ways. */
  #valuesOf(name: string): readonly Values[] | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    this.#known.set(name, undefined);
    const all = this.#callsOf(name);
    const values = all && all.length <= maxValues ? all : undefined;
    this.#known.set(name, values);
    return values;
  }

  #callsOf(name: string): Values[] | undefined {
    const template = this.#templates.find((each) => each.get('name')?.string() === name);
    if (!template) return undefined;
    const all = this.#isEntry(name) ? this.#called(this.#spec, template, this.#ofWorkflow()) : [];
    for (const caller of this.#templates) {
      for (const call of callsIn(caller).filter((each) => each.get('template')?.string() === name)) {
        const outer = this.#valuesOf(caller.get('name')?.string() ?? '');
        if (!outer) return undefined;
        for (const item of outer.flatMap((values) => itemsOf(call, values))) {
          all.push(...this.#called(call, template, item));
          if (all.length > maxValues) return undefined;
        }
      }
    }
    return all;
  }

  #isEntry(name: string): boolean {
    return ['entrypoint', 'onExit'].some((key) => this.#spec.get(key)?.string() === name);
  }

  #ofWorkflow(): Values {
    const values = new Map<string, string>();
    for (const [name, text] of parametersOf(this.#spec.get('arguments')))
      if (text !== undefined) values.set(`workflow.parameters.${name}`, text);
    return values;
  }

  /**
   * The values inside of a template that is called so; one map for each text of an `enum`, where nothing else is said.
   */
  #called(call: Tree, template: Tree, outer: Values): Values[] {
    const given = new Map(parametersOf(call.get('arguments')));
    let all: Map<string, string>[] = [new Map([...outer].filter(([name]) => name.startsWith('workflow.')))];
    for (const input of template.get('inputs')?.get('parameters')?.items() ?? []) {
      const name = input.get('name')?.string() ?? '';
      const argument = given.has(name) ? given.get(name) : (textOf(input.get('value')) ?? textOf(input.get('default')));
      const text = argument === undefined ? undefined : replace(argument, outer);
      const choices = text !== undefined ? [text] : given.has(name) ? [] : textsOf(input.get('enum'));
      if (choices.length === 0) continue;
      all = all.flatMap((values) => choices.map((choice) => new Map(values).set(`inputs.parameters.${name}`, choice)));
      if (all.length > maxValues) return all;
    }
    return all;
  }
}

/** Everything in a template that calls one: steps, tasks, and their hooks. */
function callsIn(template: Tree): Tree[] {
  const steps = (template.get('steps')?.items() ?? []).flatMap((group) => group.items());
  const tasks = template.get('dag')?.get('tasks')?.items() ?? [];
  return [...steps, ...tasks].flatMap((call) => [
    call,
    ...(call.get('hooks')?.entries() ?? []).map(([, hook]) => hook),
  ]);
}

/** The values at a call, once for each item of its loop. */
function itemsOf(call: Tree, values: Values): Values[] {
  const loop = call.get('withItems')?.items();
  if (loop) return loop.map((item) => withItem(values, plain(item)));
  const text = call.get('withParam')?.string();
  const list = text === undefined ? undefined : listIn(replace(text, values));
  return list ? list.map((item) => withItem(values, item)) : [values];
}

function listIn(json: string | undefined): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return Array.isArray(value) && value.length <= maxValues ? value : undefined;
  } catch {
    return undefined;
  }
}

function withItem(values: Values, item: unknown): Values {
  const all = new Map(values);
  if (typeof item === 'string') all.set('item', item);
  if (typeof item !== 'object' || item === null) return all;
  for (const [key, value] of Object.entries(item)) if (typeof value === 'string') all.set(`item.${key}`, value);
  return all;
}

function plain(item: Tree): unknown {
  return item.string() ?? Object.fromEntries(item.entries().map(([key, value]) => [key, value.string()]));
}

/** Names with their values; undefined for one that only the run knows. */
function parametersOf(list: Tree | undefined): [string, string | undefined][] {
  return (list?.get('parameters')?.items() ?? []).map((each) => [
    each.get('name')?.string() ?? '',
    each.get('valueFrom') ? undefined : textOf(each.get('value')),
  ]);
}

function textsOf(list: Tree | undefined): string[] {
  return (list?.items() ?? []).flatMap((item) => item.string() ?? []);
}

function textOf(tree: Tree | undefined): string | undefined {
  return tree?.string();
}

function replace(text: string, values: Values): string | undefined {
  let isWhole = true;
  const replaced = text.replace(variable, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) isWhole = false;
    return value ?? '';
  });
  return isWhole ? replaced : undefined;
}
