/** A thing with one property more, which no way of printing shows and no copy by spread takes along. */
export function withUnprinted<Thing extends object, Key extends string, Value>(
  thing: Thing,
  key: Key,
  value: Value,
): Thing & Readonly<Record<Key, Value>> {
  return Object.defineProperty(thing, key, { value }) as Thing & Readonly<Record<Key, Value>>;
}
