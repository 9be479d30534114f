import { isMap } from '../merged-values.js';
import type { ExpansionBudget } from './expansion-fault.js';
import { ExpansionFault } from './expansion-fault.js';
import { GoTemplate } from './go-template.js';
import type { Parameters } from './parameters.js';

/** How the texts of an ApplicationSet are filled. */
export interface TemplateEngine {
  /** A text with its parameters filled in. */
  fill(text: string, parameters: Parameters): string;
}

/** The engine that an ApplicationSet asks for. */
export function templateEngine(isGo: boolean, options: readonly string[], budget: ExpansionBudget): TemplateEngine {
  if (!isGo) return { fill: (text, parameters) => budget.spend(fastTemplate(text, parameters)) };
  const dialect = { delimiters: { open: '{{', close: '}}' }, isStrict: options.includes('missingkey=error') };
  const templates = new Map<string, GoTemplate>();
  return {
    fill: (text, parameters) => {
      if (!text.includes('{{')) return text;
      const template = templates.get(text) ?? new GoTemplate(text, dialect);
      templates.set(text, template);
      return budget.spend(template.fill(parameters));
    },
  };
}

/**
 * A text with each `{{ name }}` replaced by the parameter of that name; what no parameter has stays.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/applicationset/utils/utils.go Replace()
 */
function fastTemplate(text: string, parameters: Parameters): string {
  if (!text.split('\n').some(hasTag)) return text;
  if (text.lastIndexOf('{{') > text.lastIndexOf('}}'))
    throw ExpansionFault.of('gitops-object-invalid', 'has a template with "{{" and no "}}" behind it', 'close it');
  return text.replace(/\{\{([\s\S]*?)\}\}/g, (all, tag: string) => {
    const name = tag.trim();
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return name !== '' && typeof value === 'string' ? value : all;
  });
}

function hasTag(line: string): boolean {
  const open = line.indexOf('{{');
  return open >= 0 && line.lastIndexOf('}}') >= open + 2;
}

/** The actions in all texts and keys of a value, without their braces. */
export function actionsIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(/\{\{([\s\S]*?)\}\}/g)].map(([, action = '']) => action);
  if (Array.isArray(value)) return value.flatMap(actionsIn);
  return isMap(value) ? Object.entries(value).flatMap((entry) => entry.flatMap(actionsIn)) : [];
}

/** Every text and key in a value filled; anything else as it is. */
export function filled(value: unknown, parameters: Parameters, engine: TemplateEngine): unknown {
  if (typeof value === 'string') return engine.fill(value, parameters);
  if (Array.isArray(value)) return value.map((item) => filled(item, parameters, engine));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [engine.fill(key, parameters), filled(item, parameters, engine)]),
  );
}
