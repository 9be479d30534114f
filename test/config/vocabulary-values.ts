import fc from 'fast-check';
import { type JsonSchema, resolved } from '../../src/model/vocabulary/json-schema.js';

/** Every text of a generated value that is free to be any. */
export const marker = 'hunter2';

const names = fc.constantFrom('a', 'team-b', 'toString', 'hasOwnProperty', '1');

/** Values that a schema takes. */
export function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const {
    type,
    const: only,
    enum: values,
    anyOf,
    items,
    properties,
    required = [],
    additionalProperties,
  } = resolved(schema);
  if (anyOf) return fc.oneof(...anyOf.map(valuesOf));
  if (only !== undefined) return fc.constant(only);
  if (values) return fc.constantFrom(...values);
  if (items) return fc.array(valuesOf(items), { maxLength: 2 });
  if (type === 'string') return fc.constant(marker);
  if (type === 'number') return fc.integer();
  if (type === 'boolean') return fc.boolean();
  if (additionalProperties) return fc.dictionary(names, valuesOf(additionalProperties), { maxKeys: 2 });
  const keys = Object.entries(properties ?? {}).map(([key, each]) => [key, valuesOf(each)] as const);
  return fc.record(Object.fromEntries(keys), { requiredKeys: [...required] });
}

export type Path = readonly (string | number)[];

/** The paths of everything in a value. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value) ? value.map((each, index) => [index, each] as const) : Object.entries(value);
  return [path, ...inner.flatMap(([key, each]) => pathsIn(each, [...path, key]))];
}

/** What stands at a path. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((at: unknown, key) => (at as Record<string, unknown>)[key], value);
}

/** A copy of the value with something else at a path. */
export function withValue(value: unknown, path: Path, other: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return other;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = withValue(copy[key], rest, other);
  return copy;
}
