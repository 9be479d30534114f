import { At } from '../problem/at.js';
import { type ModelPath, type Problem, pathOf } from '../problem/problem.js';
import { sentence, type Words, words } from '../problem/shown.js';
import { type JsonSchema, resolved } from '../vocabulary/json-schema.js';
import { closest, formsText, kindOf, kindText, typeText } from './shape-words.js';

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Problems of the shape of a value: keys that the schema does not have, values of another type or form than it takes, all
 * at once. A key without value is one that is not given. Values are never shown: one of them may be a password.
 */
export function checkShape(value: unknown, schema: JsonSchema, path: ModelPath = []): Problem[] {
  const { type, const: only, enum: values, anyOf, items, ...mapping } = resolved(schema);
  if (value === undefined) return [wrong(path, 'is missing')];
  if (anyOf) return unionProblems(value, anyOf, path);
  if (only !== undefined) return value === only ? [] : [wrong(path, `must be ${only}`)];
  if (values) return values.includes(value as string) ? [] : [wrongValue(value, values, path)];
  if (type && kindOf(value) !== type) return [wrongType(value, type, path)];
  if (items) return (value as unknown[]).flatMap((item, index) => checkShape(item, items, [...path, index]));
  return type === 'object' ? mappingProblems(value as Mapping, mapping, path) : [];
}

function mappingProblems(value: Mapping, schema: JsonSchema, path: ModelPath): Problem[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const known = Object.entries(properties).filter(([key]) => isGiven(value, key) || required.includes(key));
  const others = Object.keys(value).filter((key) => isGiven(value, key) && !Object.hasOwn(properties, key));
  return [
    ...known.flatMap(([key, each]) => checkShape(isGiven(value, key) ? value[key] : undefined, each, [...path, key])),
    ...others.flatMap((key) =>
      additionalProperties
        ? checkShape(value[key], additionalProperties, [...path, key])
        : unknownKey(value, key, Object.keys(properties), path),
    ),
  ];
}

function isGiven(value: Mapping, key: string): boolean {
  return Object.hasOwn(value, key) && value[key] !== undefined;
}

/** A mapping or list is told what is wrong with the form it comes closest to; anything else gets the list of forms. */
function unionProblems(value: unknown, anyOf: readonly JsonSchema[], path: ModelPath): Problem[] {
  const forms = anyOf.map(resolved);
  const answers = forms.filter((form) => isMeant(value, form)).map((form) => checkShape(value, form, path));
  if (answers.some((problems) => problems.length === 0)) return [];
  const [best] = answers.sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  if (best && typeof value === 'object') return best;
  const type = typeof value === 'string' ? '' : `, not ${kindText(value)}`;
  const values = forms.flatMap((form) => form.enum ?? []);
  return [wrong(path, `must be ${formsText(forms)}${type}`, closest(value, values))];
}

/** True for a form of the value's type; of mappings, for those whose required keys it has. */
function isMeant(value: unknown, { type, required = [] }: JsonSchema): boolean {
  return kindOf(value) === type && required.every((key) => isGiven(value as Mapping, key));
}

function depth(problems: readonly Problem[]): number {
  return Math.min(...problems.map((problem) => pathOf(problem).length));
}

/** The key is named, unless it may be a piece of a value: that of a password without quotes is a key of its own. */
function unknownKey(owner: Mapping, key: string, known: readonly string[], path: ModelPath): Problem {
  const isSecret = path.includes('plaintext') || owner[key] === null || /:\/\/|@/.test(key);
  const what = isSecret ? 'has an unknown key here' : words`has no key ${JSON.stringify(key)}`;
  const hint = isSecret ? words`quote a value that holds a comma or a colon` : (closest(key, known) ?? null);
  return At.of({ path: [...path, key] }).refuse('config-unknown-key', words`${nameOf(path)} ${what}`, hint);
}

function wrongValue(value: unknown, values: readonly string[], path: ModelPath): Problem {
  return wrong(path, `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`, closest(value, values));
}

function wrongType(value: unknown, type: NonNullable<JsonSchema['type']>, path: ModelPath): Problem {
  const hint =
    type === 'string' && typeof value === 'number' ? words`quote it, else it is read as a number` : undefined;
  return wrong(path, `must be ${typeText[type]}, not ${kindText(value)}`, hint);
}

function wrong(path: ModelPath, message: string, hint?: Words): Problem {
  return At.of({ path }).refuse('config-wrong-type', words`${nameOf(path)} ${sentence(message)}`, hint ?? null);
}

function nameOf(path: ModelPath): string {
  return path.length > 0 ? path.join('.') : 'the file';
}
