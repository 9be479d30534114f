import { isMap, type Values } from './merged-values.js';

/** The steps to a value: keys of maps, and places in lists. */
export type ValuePath = readonly (string | number)[];

/** A list of helm is no longer. */
const maxIndex = 65_536;

/** The steps of a path of `--set`, such as `a.b[0].c`; undefined for one in which something is escaped. */
export function valuePath(text: string): ValuePath | undefined {
  if (!/^[^.=,[\]{}\\]+(?:\[\d+\])*(?:\.[^.=,[\]{}\\]+(?:\[\d+\])*)*$/.test(text)) return undefined;
  const steps = [...text.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index));
  return steps.some((step) => typeof step === 'number' && step > maxIndex) ? undefined : steps;
}

/** Values with another one at a path; what is on the way and no map or list makes room. */
export function withValueAt(values: Values, path: ValuePath, value: unknown): Values {
  return placed(values, path, value) as Values;
}

function placed(below: unknown, [step, ...rest]: ValuePath, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(below) ? [...below] : [];
    while (list.length <= step) list.push(null);
    list[step] = placed(list[step], rest, value);
    return list;
  }
  const map = new Map(isMap(below) ? Object.entries(below) : []);
  map.set(step, placed(map.get(step), rest, value));
  return Object.fromEntries(map);
}

/** Whether there is a list in values on the way of a path: one that helm changes where it stands. */
export function leadsThroughList(values: Values, path: ValuePath): boolean {
  let found: unknown = values;
  for (const step of path) {
    if (typeof step === 'number') return Array.isArray(found);
    found = isMap(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return false;
}

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * The value that helm makes of a text behind `--set path=`: numbers and words have their type, unless they are in quotes.
 * Undefined for a text that it takes apart.
 */
export function setValue(text: string): { readonly value: unknown } | undefined {
  if (/[,=[\]{}\\\n]/.test(text)) return undefined;
  if (/^(['"]).*\1$/s.test(text)) return { value: text.replace(/^['"]+|['"]+$/g, '') };
  if (words.has(text)) return { value: words.get(text) };
  return { value: /^(?:0|-?[1-9]\d*)$/.test(text) ? Number(text) : text };
}
