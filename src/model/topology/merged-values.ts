/** Values of a chart. */
export type Values = Readonly<Record<string, unknown>>;

/** Values with others laid over them: maps key by key, anything else as a whole. */
export function mergedValues(below: Values, above: Values): Values {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const before = merged.get(key);
    merged.set(key, isMap(before) && isMap(value) ? mergedValues(before, value) : value);
  }
  return Object.fromEntries(merged);
}

/** True for a map of plain data. */
export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
