/** A value of which nothing is known, not even whether it is there. */
export const unknown: unique symbol = Symbol('unknown');
/** The value of an expression that fails. */
export const fault: unique symbol = Symbol('fault');

/** A value that an expression of a policy works with. Parts of it may be unknown. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | ValueMap
  | Optional
  | typeof unknown
  | typeof fault;

/** A map. An open one may have more keys than are listed; of some keys it may be known that they are not there. */
export class ValueMap {
  readonly #entries: ReadonlyMap<string, Value | undefined>;
  readonly isOpen: boolean;

  /** @param entries a key with `undefined` is not there */
  constructor(entries: Iterable<readonly [string, Value | undefined]>, isOpen = false) {
    this.#entries = new Map(entries);
    this.isOpen = isOpen;
  }

  /** An open map. */
  static open(entries: Readonly<Record<string, Value | undefined>>): ValueMap {
    return new ValueMap(Object.entries(entries), true);
  }

  /** The value of a key; undefined where there is none. */
  get(key: string): Value | undefined {
    return this.isOpen && !this.#entries.has(key) ? unknown : this.#entries.get(key);
  }

  /** The keys; undefined where there may be others. */
  get keys(): readonly string[] | undefined {
    return this.isOpen ? undefined : this.entries.map(([key]) => key);
  }

  /** The entries that are known to be there. */
  get entries(): readonly (readonly [string, Value])[] {
    return [...this.#entries].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  }

  /** The same map with another value of a key; undefined takes it away. */
  with(key: string, value: Value | undefined): ValueMap {
    return new ValueMap([...this.#entries, [key, value]], this.isOpen);
  }
}

/** An optional value of CEL. */
export class Optional {
  readonly value: Value | undefined;

  constructor(value: Value | undefined) {
    this.value = value;
  }
}

/** Plain data as a value. */
export function valueFrom(plain: unknown): Value {
  if (plain === null || plain === undefined) return null;
  if (typeof plain === 'string' || typeof plain === 'boolean' || typeof plain === 'number') return plain;
  if (Array.isArray(plain)) return plain.map(valueFrom);
  if (typeof plain === 'object')
    return new ValueMap(Object.entries(plain).map(([key, each]) => [key, valueFrom(each)]));
  return unknown;
}

/** A value as plain data; undefined where a part of it is not known. */
export function plainOf(value: Value): unknown {
  if (value === unknown || value === fault || value instanceof Optional) return undefined;
  if (isList(value)) {
    const items = value.map(plainOf);
    return items.includes(undefined) ? undefined : items;
  }
  if (!(value instanceof ValueMap)) return value;
  const entries = value.entries.map(([key, each]) => [key, plainOf(each)] as const);
  return value.isOpen || entries.some(([, each]) => each === undefined) ? undefined : Object.fromEntries(entries);
}

/** The value, or another one where there is none. */
export function defined(value: Value | undefined, other: Value): Value {
  return value === undefined ? other : value;
}

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether two values are the same, or that this is not known. */
export function sameValue(a: Value, b: Value): Known {
  if (a === unknown || b === unknown) return unknown;
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return false;
    return allOf(a.map((each, index) => sameValue(each, b[index] ?? null)));
  }
  if (a instanceof ValueMap && b instanceof ValueMap) return sameMap(a, b);
  return a === b;
}

function sameMap(a: ValueMap, b: ValueMap): Known {
  const keys = new Set([...a.entries, ...b.entries].map(([key]) => key));
  const same = [...keys].map((key): Known => {
    const one = a.get(key);
    const other = b.get(key);
    if (one === undefined || other === undefined) return one === other;
    return sameValue(one, other);
  });
  return allOf([...same, a.isOpen || b.isOpen ? unknown : true]);
}

/** Truth of a condition: true, false, or not known. */
export type Known = boolean | typeof unknown;

/** Whether all are true: one that is false decides. */
export function allOf(parts: readonly Known[]): Known {
  if (parts.includes(false)) return false;
  return parts.includes(unknown) ? unknown : true;
}

/** Whether any is true: one that is true decides. */
export function anyOf(parts: readonly Known[]): Known {
  if (parts.includes(true)) return true;
  return parts.includes(unknown) ? unknown : false;
}

/** The opposite. */
export function not(part: Known): Known {
  return part === unknown ? unknown : !part;
}
