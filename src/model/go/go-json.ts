import { JsonReader } from './go-json-reader.js';
import type { JsonSyntaxError, JsonValue } from './json-value.js';

/**
 * Reads one JSON document as Go's `encoding/json` (version 1, `scanner.go` and `decode.go`) does: the same texts are
 * accepted, with the same errors for the others; what is not UTF-8, and surrogates without their half, become U+FFFD.
 */
export function readJson(text: string | Uint8Array): { readonly value: JsonValue } | JsonSyntaxError {
  return new JsonReader(typeof text === 'string' ? Buffer.from(text, 'utf8') : text).read();
}

/** The words of Go for a value of the wrong kind, such as `json: cannot unmarshal string into Go value of type int`. */
export function typeErrorText(value: JsonValue, goType: string, field?: string): string {
  const target = field === undefined ? 'Go value' : `Go struct field ${field}`;
  return `json: cannot unmarshal ${value.kind} into ${target} of type ${goType}`;
}

/** The field a key stands for: Go ignores case, also of the two letters outside ASCII that fold to `s` and `k`. */
export function fieldNamed<Name extends string>(key: string, names: readonly Name[]): Name | undefined {
  const exact = names.find((name) => name === key);
  if (exact !== undefined) return exact;
  const folded = foldName(key);
  return names.find((name) => foldName(name) === folded);
}

/**
 * The error of `json.Unmarshal` into a `map[string]interface{}` for a document; undefined if it is content. The literal
 * of a number that is too large is masked, everything else is in the words of Go.
 */
export function objectError(text: string | Uint8Array): string | undefined {
  const result = readJson(text);
  if ('error' in result) return result.error;
  const { value } = result;
  if (value.kind === 'null') return undefined;
  if (value.kind !== 'object') return typeErrorText(value, 'map[string]interface {}');
  return hasHugeNumber(value) ? 'json: cannot unmarshal number *** into Go value of type float64' : undefined;
}

function foldName(name: string): string {
  return name
    .replace(/\u017F/g, 'S')
    .replace(/\u212A/g, 'K')
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

// With a list of its own, because a document may nest deeper than the stack.
function hasHugeNumber(root: JsonValue): boolean {
  const pending = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (value.kind === 'number' && !Number.isFinite(Number(value.text))) return true;
    if (value.kind === 'array') for (const item of value.items) pending.push(item);
    if (value.kind === 'object') for (const [, member] of value.members) pending.push(member);
  }
  return false;
}
