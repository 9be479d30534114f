import { isMap } from '../merged-values.js';

/** Parameters that an ApplicationSet makes one Application of: by key, for Go templates with maps and lists inside. */
export type Parameters = Readonly<Record<string, unknown>>;

/** A value as Go's `%v` prints it; undefined for what is no scalar. */
export function printed(value: unknown): string | undefined {
  if (typeof value === 'number') return printedNumber(value);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A number of 64 bits with as few digits as it needs, with an exponent from a million on. */
function printedNumber(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 21 && (power < 6 || !Number.isFinite(value))) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** Parameters with what is in maps and lists as keys of their own, joined by dots; values as text. */
export function flattened(parameters: Parameters): Map<string, string> {
  const flat = new Map<string, string>();
  const visit = (value: unknown, key: string) => {
    const parts = Array.isArray(value)
      ? value.map((item, index) => [String(index), item] as const)
      : isMap(value)
        ? Object.entries(value)
        : [];
    if (parts.length === 0) {
      const empty = Array.isArray(value) ? '[]' : isMap(value) ? 'map[]' : '<nil>';
      flat.set(key, printed(value) ?? empty);
    }
    for (const [name, part] of parts) visit(part, key === '' ? name : `${key}.${name}`);
  };
  if (Object.keys(parameters).length > 0) visit(parameters, '');
  return flat;
}

/** Parameters with others laid over them; what is empty covers nothing. */
export function overlaid(below: Parameters, above: Parameters): Parameters {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const before = merged.get(key);
    if (isMap(before) && isMap(value)) merged.set(key, overlaid(before, value));
    else if (!merged.has(key) || !isEmpty(value)) merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** True for what Go takes for the zero value of its type. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}
