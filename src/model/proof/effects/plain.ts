/** The value at a path of plain data; undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    const map = mapOf(found);
    found = map && Object.hasOwn(map, key) ? map[key] : undefined;
  }
  return found;
}

/** The items of a list of plain data; none for anything else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list of plain data. */
export function textsOf(value: unknown): readonly string[] {
  return itemsOf(value).filter((each) => typeof each === 'string');
}

/** A text of plain data. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A map of plain data; undefined for anything else. */
export function mapOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Whether a word stands anywhere in plain data. */
export function mentions(value: unknown, word: string): boolean {
  if (typeof value === 'string') return value.includes(word);
  if (Array.isArray(value)) return value.some((each) => mentions(each, word));
  return Object.entries(mapOf(value) ?? {}).some(([key, each]) => key.includes(word) || mentions(each, word));
}
