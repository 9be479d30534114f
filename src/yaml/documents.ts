import type { Tree } from '../model/inventory/tree.js';
import type { Problem } from '../model/problem/problem.js';
import { JsonError, jsonValues } from './json-parse.js';
import { jsonTree } from './json-tree.js';
import { Lines } from './lines.js';
import { TextPool } from './text.js';
import { checkDocument } from './yaml-check.js';
import { yamlDocuments } from './yaml-parse.js';
import { yamlTree } from './yaml-tree.js';

const deepestList = 8;

/** What a list says about its items: items of a RoleBindingList are RoleBindings and need not say so. */
export interface ItemHint {
  readonly apiVersion?: string;
  readonly kind?: string;
}

/** Takes one Kubernetes object; the tree is only good until it returns. Gives back what is wrong with the object. */
export type ObjectTaker = (object: Tree, hint: ItemHint) => readonly Problem[];

/** A text that holds manifests. */
export interface ManifestText {
  /** As it shall stand in messages. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads the objects of a text, one after the other, lists taken apart. Empty documents are skipped.
 *
 * @returns every problem of the text: `manifest-invalid`, `manifest-alias`, `manifest-not-an-object` and what the
 * taker gives back, none with text of the file, where a credential may stand
 */
export function readDocuments(manifest: ManifestText, take: ObjectTaker, pool = new TextPool()): Problem[] {
  return new DocumentReader(manifest, take, pool).read();
}

/** True for a text that is read as JSON, whatever the name of its file. */
export function isJsonText(manifest: ManifestText): boolean {
  if (isJsonFile(manifest)) return true;
  if (!mayBeJson(manifest)) return false;
  try {
    for (const _value of jsonValues(manifest.text));
    return true;
  } catch (error) {
    if (error instanceof JsonError) return false;
    throw error;
  }
}

function isJsonFile({ file }: ManifestText): boolean {
  return /\.json$/i.test(file);
}

// What begins with a brace may be JSON whatever the name of the file; a .json file cannot be anything else.
function mayBeJson(manifest: ManifestText): boolean {
  return isJsonFile(manifest) || /^\s*\{/.test(manifest.text);
}

class DocumentReader {
  readonly #lines: Lines;
  readonly #take: ObjectTaker;
  readonly #pool: TextPool;
  readonly #problems: Problem[] = [];

  constructor({ file, text }: ManifestText, take: ObjectTaker, pool: TextPool) {
    this.#lines = new Lines(file, text);
    this.#take = take;
    this.#pool = pool;
  }

  read(): Problem[] {
    if (mayBeJson(this.#lines)) {
      const error = this.#readJson();
      if (!error) return this.#problems;
      if (isJsonFile(this.#lines)) {
        this.#invalid(error.message, error.offset, 'JSON');
        return this.#problems;
      }
    }
    this.#readYaml();
    return this.#problems;
  }

  #readJson(): JsonError | undefined {
    const trees: Tree[] = [];
    try {
      for (const value of jsonValues(this.#lines.text)) trees.push(jsonTree(value, this.#lines, this.#pool));
    } catch (error) {
      if (error instanceof JsonError) return error;
      throw error;
    }
    for (const tree of trees) if (tree.kind !== 'null') this.#object(tree, {}, 0);
    return undefined;
  }

  #readYaml(): void {
    for (const { offset, contents, error } of yamlDocuments(this.#lines.text)) {
      if (error) {
        this.#invalid(error.message, error.offset, 'YAML');
      } else if (contents) {
        const { aliases, flaw } = checkDocument(contents);
        if (flaw)
          this.#problem({ code: flaw.code, message: flaw.message, place: this.#lines.place(offset + flaw.offset) });
        else {
          const tree = yamlTree(contents, { lines: this.#lines, offset, aliases, pool: this.#pool });
          if (tree.kind !== 'null') this.#object(tree, {}, 0);
        }
      }
    }
  }

  #object(tree: Tree, hint: ItemHint, depth: number): void {
    const kind = tree.get('kind')?.string() || hint.kind;
    const apiVersion = tree.get('apiVersion')?.string() || hint.apiVersion;
    if (!kind || !apiVersion) return this.#notAnObject(tree, kind ? 'no apiVersion' : 'no kind');
    const items = kind.endsWith('List') ? tree.get('items') : undefined;
    if (items?.kind === 'null') return;
    if (items?.kind !== 'list') {
      for (const problem of this.#take(tree, hint)) this.#problem(problem);
    } else if (depth === deepestList) {
      this.#notAnObject(tree, `more than ${deepestList} lists around it`);
    } else {
      const itemHint = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
      for (const item of items.items()) this.#object(item, itemHint, depth + 1);
    }
  }

  #notAnObject(tree: Tree, lack: string): void {
    const place = tree.place();
    this.#problem({
      code: 'manifest-not-an-object',
      message: tree.kind === 'map' ? `this is no Kubernetes object: it has ${lack}` : 'this is no Kubernetes object',
      ...(place && { place }),
      hint: 'leave the file out with a "!pattern", if it is not a manifest',
    });
  }

  #invalid(message: string, offset: number, format: 'JSON' | 'YAML'): void {
    this.#problem({
      code: 'manifest-invalid',
      message: `not valid ${format}: ${message}`,
      place: this.#lines.place(offset),
      ...(this.#lines.text.includes('{{') && { hint: 'if this is a template, render it and read the result' }),
    });
  }

  #problem(problem: Problem): void {
    this.#problems.push(problem);
  }
}
