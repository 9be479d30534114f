import { Document, visit } from 'yaml';
import { escapedText, keyText, needsQuotes, numberText, stringText, yamlOptions } from './yaml-scalar.js';

/** Thrown inside, where a value holds something that only the library writes right. */
const unusual = Symbol('unusual');

/**
 * A value as one YAML document: byte for byte what cdk8s' `Yaml.stringify` gives, many times faster for what
 * manifests are made of, but in quotes wherever Kubernetes would read something else. Whatever is rare (a scalar as document, an object that is used twice and so becomes an
 * alias, an instance of a class, a key of more than 1024 characters) is left to the `yaml` library.
 */
export function toYaml(value: unknown): string {
  if (value === undefined) return '\n';
  if (value === null || typeof value !== 'object') return byLibrary(value);
  try {
    return `${collectionText(value, 0, new Seen())}\n`;
  } catch (reason) {
    if (reason !== unusual) throw reason;
    return byLibrary(value);
  }
}

function byLibrary(value: unknown): string {
  const document = new Document(value, yamlOptions);
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && needsQuotes(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return escapedText(document.toString(yamlOptions));
}

/** The collections of one document. Most documents have a dozen, for which a list beats a set by far. */
class Seen {
  readonly #few: object[] = [];
  #many: Set<object> | undefined;

  /** False if the collection was there already. */
  add(value: object): boolean {
    if (this.#many === undefined) {
      if (this.#few.includes(value)) return false;
      this.#few.push(value);
      if (this.#few.length > 32) this.#many = new Set(this.#few);
      return true;
    }
    if (this.#many.has(value)) return false;
    this.#many.add(value);
    return true;
  }
}

/** Values as one file of several documents, joined as cdk8s joins them. */
export function toYamlDocuments(values: readonly unknown[]): string {
  return values.map(toYaml).join('---\n');
}

function collectionText(value: object, indent: number, seen: Seen): string {
  if (!seen.add(value)) throw unusual;
  if (Array.isArray(value)) return listText(value, indent, seen);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw unusual;
  return mapText(value as Record<string, unknown>, indent, seen);
}

function listText(list: readonly unknown[], indent: number, seen: Seen): string {
  if (list.length === 0) return '[]';
  const separator = `\n${' '.repeat(indent)}- `;
  let text = `- ${valueText(list[0], indent + 2, seen)}`;
  for (let index = 1; index < list.length; index++) text += separator + valueText(list[index], indent + 2, seen);
  return text;
}

function mapText(map: Readonly<Record<string, unknown>>, indent: number, seen: Seen): string {
  const keys = Object.keys(map);
  if (keys.length === 0) return '{}';
  const newline = `\n${' '.repeat(indent)}`;
  let text = '';
  for (const key of keys) {
    const value = map[key];
    const valueAsText = valueText(value, indent + 2, seen);
    if (text !== '') text += newline;
    text += pairKey(key, indent) + (isBlock(value, valueAsText) ? `${newline}  ` : ' ') + valueAsText;
  }
  return text;
}

function pairKey(key: string, indent: number): string {
  const text = keyText(key, indent);
  if (text === undefined) throw unusual;
  return text;
}

/** True for a collection with content: it begins on a line of its own below its key. */
function isBlock(value: unknown, text: string): boolean {
  return typeof value === 'object' && value !== null && text !== '{}' && text !== '[]';
}

function valueText(value: unknown, indent: number, seen: Seen): string {
  switch (typeof value) {
    case 'string':
      return stringText(value, indent);
    case 'object':
      return value === null ? 'null' : collectionText(value, indent, seen);
    case 'undefined':
      return 'null';
    case 'number':
      return numberText(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      throw unusual;
  }
}
