/** A map of plain data. */
export type PlainMap = Readonly<Record<string, unknown>>;

/** The value where it is a map, else an empty one. */
export function mapOf(value: unknown): PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PlainMap) : {};
}

/** The value where it is a map of texts, else undefined; one that is absent is empty. */
export function textsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const texts = mapOf(value);
  const isTexts = (value === undefined || texts === value) && Object.values(texts).every(isText);
  return isTexts ? (texts as Readonly<Record<string, string>>) : undefined;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
