import { isMap } from '../merged-values.js';
import type { Parameters } from '../template/parameters.js';
import { filled } from '../template/text-template.js';
import type { GeneratorContext } from './generator-context.js';

/** Parameters with the `values` of their generator, which may hold those parameters. */
export function withValues(parameters: Parameters, values: unknown, { isGo, engine }: GeneratorContext): Parameters {
  if (!isMap(values) || Object.keys(values).length === 0) return parameters;
  const texts = Object.entries(values).map(([key, value]) => [key, filled(value, parameters, engine)] as const);
  if (isGo) return { ...parameters, values: Object.fromEntries(texts) };
  return { ...parameters, ...Object.fromEntries(texts.map(([key, value]) => [`values.${key}`, value])) };
}
