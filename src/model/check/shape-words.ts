import { type Words, words } from '../problem/shown.js';
import { type JsonSchema, resolved } from '../vocabulary/json-schema.js';

/** The types of values in messages. */
export const typeText = {
  string: 'text',
  object: 'a mapping',
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
} as const;

/** The type of a value, in the words of JSON Schema; undefined for what JSON does not have. */
export function kindOf(value: unknown): keyof typeof typeText | undefined {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return undefined;
  if (Array.isArray(value)) return 'array';
  return (typeof value) in typeText ? (typeof value as keyof typeof typeText) : undefined;
}

/** The type of a value in words. */
export function kindText(value: unknown): string {
  const kind = kindOf(value);
  if (kind) return typeText[kind];
  return value === null ? 'nothing' : typeof value === 'number' ? String(value) : typeof value;
}

/**
 * The forms of a union in words, such as `serviceAccount, podTemplate or { podPolicy: kyverno | native, apiVersion }`.
 */
export function formsText(forms: readonly JsonSchema[]): string {
  const texts = forms.flatMap((form) => form.enum ?? [formText(form)]);
  return [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter(Boolean).join(' or ');
}

function formText({ type, items, properties, required = [] }: JsonSchema): string {
  if (items) return `a list of ${itemsText(items)}`;
  if (!properties) return typeText[type ?? 'object'];
  const keys = [...new Set([...required, ...Object.keys(properties)])];
  return `{ ${keysText(keys, (key) => (required.includes(key) ? valueText(properties[key] ?? {}) : ''))} }`;
}

function itemsText(items: JsonSchema): string {
  const { type, items: inner } = resolved(items);
  return inner ? `lists of ${itemsText(inner)}` : typeText[type ?? 'object'];
}

/** Words for what stands behind a key that makes a form what it is: its values, or its keys. */
function valueText(schema: JsonSchema): string {
  const { enum: values, properties } = resolved(schema);
  if (values) return `: ${values.join(' | ')}`;
  return properties ? `: { ${keysText(Object.keys(properties), () => '')} }` : '';
}

const mostKeys = 4;

function keysText(keys: readonly string[], shown: (key: string) => string): string {
  const texts = keys.slice(0, mostKeys).map((key) => `${key}${shown(key)}`);
  return [...texts, ...(keys.length > mostKeys ? ['…'] : [])].join(', ');
}

/** The word of the vocabulary that a text was probably meant to be, as a question. */
export function closest(text: unknown, known: readonly string[]): Words | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined;
  const [best] = known
    .map((word) => ({ word, distance: distanceOf(text.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, distance }) => distance <= Math.max(1, word.length / 4))
    .sort((a, b) => a.distance - b.distance);
  return best && words`did you mean ${best.word}?`;
}

/** How many letters must be put in, taken away or changed, two that stand side by side being swapped at once. */
function distanceOf(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost, swap));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
