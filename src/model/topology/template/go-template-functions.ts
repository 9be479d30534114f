import { isMap } from '../merged-values.js';
import { isEmpty, printed } from './parameters.js';

/** A function of a template; undefined for arguments that it does not take, or of which the answer is not certain. */
export type TemplateFunction = (values: readonly unknown[]) => { readonly value: unknown } | undefined;

/**
 * The functions of Go and sprig that can be done exactly, and those of Argo CD itself.
 *
 * @see https://github.com/Masterminds/sprig/tree/v3.3.0
 */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['index', ([value, ...keys]) => indexed(value, keys)],
  ['get', of(2, ([map, key]) => entryOf(map, key, ''))],
  [
    'hasKey',
    of(2, ([map, key]) => (isMap(map) && typeof key === 'string' ? { value: Object.hasOwn(map, key) } : undefined)),
  ],
  ['dig', dig],
  ['default', of(2, ([other, value]) => ({ value: isEmpty(value) ? other : value }))],
  ['coalesce', (values) => ({ value: values.find((value) => !isEmpty(value)) })],
  ['empty', of(1, ([value]) => ({ value: isEmpty(value) }))],
  ['ternary', of(3, ([yes, no, test]) => (typeof test === 'boolean' ? { value: test ? yes : no } : undefined))],
  ['not', of(1, ([value]) => ({ value: isEmpty(value) }))],
  ['and', (values) => firstOf(values, isEmpty)],
  ['or', (values) => firstOf(values, (value) => !isEmpty(value))],
  [
    'eq',
    ([first, ...others]) =>
      others.length === 0 ? undefined : ifScalars([first, ...others], () => others.includes(first)),
  ],
  ['ne', of(2, ([first, second]) => ifScalars([first, second], () => first !== second))],
  ['len', of(1, ([value]) => lengthOf(value))],
  ['list', (values) => ({ value: values })],
  ['first', of(1, ([list]) => (Array.isArray(list) ? { value: list[0] } : undefined))],
  ['last', of(1, ([list]) => (Array.isArray(list) ? { value: list.at(-1) } : undefined))],
  ['join', of(2, ([separator, list]) => joined(separator, list))],
  ['splitList', ofTexts(2, ([separator = '', text = '']) => text.split(separator))],
  ['lower', ofTexts(1, ([text = '']) => text.toLowerCase())],
  ['upper', ofTexts(1, ([text = '']) => text.toUpperCase())],
  ['trim', ofTexts(1, ([text = '']) => text.trim())],
  ['nospace', ofTexts(1, ([text = '']) => text.replace(/\s/g, ''))],
  [
    'trimPrefix',
    ofTexts(2, ([prefix = '', text = '']) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  ],
  [
    'trimSuffix',
    ofTexts(2, ([end = '', text = '']) => (text.endsWith(end) ? text.slice(0, text.length - end.length) : text)),
  ],
  ['hasPrefix', ofTexts(2, ([prefix = '', text = '']) => text.startsWith(prefix))],
  ['hasSuffix', ofTexts(2, ([suffix = '', text = '']) => text.endsWith(suffix))],
  ['contains', ofTexts(2, ([part = '', text = '']) => text.includes(part))],
  ['replace', ofTexts(3, ([old = '', other = '', text = '']) => text.replaceAll(old, () => other))],
  ['trunc', of(2, ([length, text]) => truncated(length, text))],
  ['quote', of(1, ([value]) => (isPlainText(value) ? { value: JSON.stringify(value) } : undefined))],
  ['squote', of(1, ([value]) => (typeof value === 'string' ? { value: `'${value}'` } : undefined))],
  ['toString', of(1, ([value]) => asText(value))],
  ['print', of(1, ([value]) => asText(value))],
  ['printf', formatted],
  ['normalize', ofTexts(1, ([text = '']) => normalized(text))],
]);

/** A function of so many values. */
function of(count: number, apply: TemplateFunction): TemplateFunction {
  return (values) => (values.length === count ? apply(values) : undefined);
}

/** A function of so many texts, of ASCII only: elsewhere Go counts bytes, or folds letters in another way. */
function ofTexts(count: number, apply: (texts: readonly string[]) => unknown): TemplateFunction {
  return of(count, (values) =>
    values.every((value) => typeof value === 'string' && /^[\x00-\x7f]*$/.test(value))
      ? { value: apply(values as readonly string[]) }
      : undefined,
  );
}

/** A text without characters that Go would write out in quotes. */
function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && /^[\x20-\x7e]*$/.test(value);
}

function entryOf(map: unknown, key: unknown, other: unknown): { value: unknown } | undefined {
  if (!isMap(map) || typeof key !== 'string') return undefined;
  return { value: Object.hasOwn(map, key) ? map[key] : other };
}

/** The first value that passes a test, else the last. */
function firstOf(values: readonly unknown[], test: (value: unknown) => boolean): { value: unknown } | undefined {
  if (values.length === 0) return undefined;
  const index = values.findIndex(test);
  return { value: values.at(index) };
}

/** A name that Kubernetes takes, as Argo CD makes one of any text. */
export function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '');
}

function ifScalars(values: readonly unknown[], test: () => boolean): { value: boolean } | undefined {
  const types = new Set(values.map((value) => typeof value));
  return types.size === 1 && values.every((value) => printed(value) !== undefined) ? { value: test() } : undefined;
}

function indexed(value: unknown, keys: readonly unknown[]): { value: unknown } | undefined {
  if (value === undefined || value === null) return undefined;
  let found: unknown = value;
  for (const key of keys) {
    if (Array.isArray(found) && Number.isInteger(key) && (key as number) in found) found = found[key as number];
    else if (isMap(found) && typeof key === 'string') found = Object.hasOwn(found, key) ? found[key] : undefined;
    else return undefined;
  }
  return { value: found };
}

/** `dig "a" "b" "default" .map`. */
function dig(values: readonly unknown[]): { value: unknown } | undefined {
  const [map, other, ...reversed] = [...values].reverse();
  const keys = reversed.reverse();
  if (!isMap(map) || keys.length === 0) return undefined;
  let found: unknown = map;
  for (const key of keys) {
    if (!isMap(found) || typeof key !== 'string') return undefined;
    if (!Object.hasOwn(found, key)) return { value: other };
    found = found[key];
  }
  return { value: found };
}

function lengthOf(value: unknown): { value: number } | undefined {
  if (Array.isArray(value)) return { value: value.length };
  if (isMap(value)) return { value: Object.keys(value).length };
  return typeof value === 'string' ? { value: Buffer.byteLength(value) } : undefined;
}

function joined(separator: unknown, list: unknown): { value: string } | undefined {
  if (typeof separator !== 'string' || !Array.isArray(list)) return undefined;
  const texts = list.map(printed);
  return texts.includes(undefined) ? undefined : { value: texts.join(separator) };
}

function truncated(length: unknown, text: unknown): { value: string } | undefined {
  if (typeof text !== 'string' || !Number.isInteger(length) || /[^\x00-\x7f]/.test(text)) return undefined;
  const count = length as number;
  return { value: count < 0 ? text.slice(Math.max(0, text.length + count)) : text.slice(0, count) };
}

function asText(value: unknown): { value: string } | undefined {
  const text = printed(value);
  return text === undefined ? undefined : { value: text };
}

/** `printf` with `%s` of texts, `%v` of scalars and `%%`. */
function formatted([format, ...values]: readonly unknown[]): { value: string } | undefined {
  if (typeof format !== 'string') return undefined;
  const left = [...values];
  let isKnown = true;
  const text = format.replace(/%(.?)/gs, (_all, verb: string) => {
    if (verb === '%') return '%';
    const value = left.shift();
    isKnown &&= (verb === 's' && typeof value === 'string') || (verb === 'v' && printed(value) !== undefined);
    return printed(value) ?? '';
  });
  return isKnown && left.length === 0 ? { value: text } : undefined;
}
