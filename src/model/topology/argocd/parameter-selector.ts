import { isMap } from '../merged-values.js';
import { flattened, type Parameters } from '../template/parameters.js';

/** Whether parameters are chosen by the `selector` of a generator, which sees them flat. */
export function isSelected(selector: unknown, parameters: Parameters): boolean {
  return !isMap(selector) || selects(selector, flattened(parameters));
}

/** Whether a selector takes what has these labels; without one everything is taken. */
export function selects(selector: unknown, flat: ReadonlyMap<string, string>): boolean {
  if (!isMap(selector)) return true;
  const labels = isMap(selector.matchLabels) ? Object.entries(selector.matchLabels) : [];
  const expressions: readonly unknown[] = Array.isArray(selector.matchExpressions) ? selector.matchExpressions : [];
  return (
    labels.every(([key, value]) => flat.get(key) === value) &&
    expressions.every((expression) => isMap(expression) && matches(expression, flat))
  );
}

function matches({ key, operator, values }: Parameters, flat: ReadonlyMap<string, string>): boolean {
  const value = flat.get(String(key));
  const isListed = value !== undefined && Array.isArray(values) && values.includes(value);
  switch (operator) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
