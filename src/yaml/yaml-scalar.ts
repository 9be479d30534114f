import { Document } from 'yaml';
import { plainScalarKind } from './plain-scalar.js';

/** The options cdk8s gives to the `yaml` library: YAML 1.1 quoting, no folding, undefined kept as null. */
export const yamlOptions = { version: '1.1', keepUndefined: true, lineWidth: 0 } as const;

/** Texts that were asked of the library before. Long ones are not kept, and no more than this many. */
const cacheSize = 8192;
const longestCached = 256;
const longestPlainKey = 1024;

const plainKeys = new Map<string, string>();
const difficult = new Map<string, string>();
const difficultKeys = new Map<string, string>();

/** One document for all questions: making its schema is what costs most in the library. */
const questions = new Document(null, yamlOptions);

/** A string as a value, indented for a collection `indent` columns deep (always even). */
export function stringText(value: string, indent: number): string {
  if (isPlain(value)) return value;
  if (needsQuotes(value)) return quotedText(value);
  if (value.length > longestCached || value.includes('\n')) return askForValue(value, indent);
  // On one line and not at the root, the text does not depend on the depth.
  return cached(difficult, value, () => askForValue(value, 2));
}

/** A number as the library writes it. */
export function numberText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (Number.isNaN(value)) return '.nan';
  return value < 0 ? '-.inf' : '.inf';
}

/**
 * A key with its colon, or undefined if the key needs more than one line. `indent` tells the top level (0), where
 * document markers must be quoted, from the rest.
 */
export function keyText(key: string, indent: number): string | undefined {
  const known = plainKeys.get(key);
  if (known !== undefined) return known;
  if (key.length <= longestPlainKey && isPlain(key)) return remember(plainKeys, key, `${key}:`);
  if (needsQuotes(key)) return key.length <= longestPlainKey ? `${quotedText(key)}:` : undefined;
  const text = cached(difficultKeys, `${indent === 0 ? 't' : 'n'}${key}`, () => askForKey(key, indent));
  return text.startsWith('? ') ? undefined : text;
}

/** Characters that are no text of YAML, or that Go takes for the end of a line. */
const unreadable = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
/** Where a block scalar cannot tell its indentation. */
const isUnclear = /^(?=[\s\S]*\n)[ \n]*(?:\t| [ \n]*$)/;
const unreadables = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** True for a text that Kubernetes would read as something else, while the library may write it without quotes. */
export function needsQuotes(text: string): boolean {
  return plainScalarKind(text) !== 'text' || text === '<<' || unreadable.test(text) || isUnclear.test(text);
}

/** A text in double quotes on one line, with escapes that all readers know. */
function quotedText(text: string): string {
  return escapedText(JSON.stringify(text));
}

/** Escapes what cannot stand even between quotes. */
export function escapedText(text: string): string {
  return text.replace(unreadables, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const unprintable = /[^ -~]/;
const endsPlain = /: | #/;
const numberWithExponent = /^e[-+]?[0-9]+$/i;
const words = /^(?:y|yes|n|no|true|false|on|off|null)$/i;
const longestWord = 5;

/**
 * True only for strings that surely stand as they are at any depth, as key and as value: printable ASCII, a first
 * character that begins neither an indicator nor a number nor a date, nothing that ends a plain scalar, no word of
 * YAML 1.1. False for many that could stand plain too; the library is asked about those.
 */
function isPlain(text: string): boolean {
  const first = text.charCodeAt(0);
  const isLetter = (first >= 97 && first <= 122) || (first >= 65 && first <= 90);
  if (!isLetter && first !== 47 /* / */ && first !== 95 /* _ */) return false;
  const last = text.charCodeAt(text.length - 1);
  if (last === 32 /* space */ || last === 58 /* : */) return false;
  if (text.length <= longestWord && words.test(text)) return false;
  if ((first === 101 || first === 69) /* e, E */ && numberWithExponent.test(text)) return false;
  return !unprintable.test(text) && !endsPlain.test(text);
}

/** Nested lists put a value at any even depth; their dashes take as many columns as the indent. */
function askForValue(value: string, indent: number): string {
  let nested: unknown = value;
  for (let column = 0; column < indent; column += 2) nested = [nested];
  return ask(nested).slice(indent, -1);
}

function askForKey(key: string, indent: number): string {
  const map = Object.fromEntries([[key, 0]]);
  return indent === 0 ? ask(map).slice(0, -3) : ask([map]).slice(2, -3);
}

function ask(value: unknown): string {
  questions.contents = questions.createNode(value) as typeof questions.contents;
  return questions.toString(yamlOptions);
}

function cached(cache: Map<string, string>, key: string, make: () => string): string {
  return cache.get(key) ?? remember(cache, key, make());
}

function remember(cache: Map<string, string>, key: string, text: string): string {
  if (cache.size < cacheSize && key.length <= longestCached) cache.set(key, text);
  return text;
}
