import type { Tree } from '../model/inventory/tree.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { sentence, words } from '../model/problem/shown.js';
import { JsonError, parseJson } from './json-parser.js';
import { type Source, sourceOf, type TreeNode } from './nodes.js';
import { TextPool } from './text.js';
import { yamlDocuments } from './yaml-documents.js';
import { YamlError } from './yaml-error.js';

const deepestList = 8;

/** Kind that a list gives to its items: items of a RoleBindingList are RoleBindings and need not say so. */
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
    for (const _value of parseJson(sourceOf(manifest)));
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
  readonly #source: Source;
  readonly #take: ObjectTaker;
  readonly #problems: Problem[] = [];

  constructor(manifest: ManifestText, take: ObjectTaker, pool: TextPool) {
    this.#source = sourceOf(manifest, pool);
    this.#take = take;
  }

  read(): Problem[] {
    if (mayBeJson(this.#source.lines)) {
      const error = this.#readJson();
      if (!error) return this.#problems;
      if (isJsonFile(this.#source.lines)) {
        this.#invalid(new YamlError(`not valid JSON: ${error.message}`, error.offset));
        return this.#problems;
      }
    }
    for (const document of yamlDocuments(this.#source)) {
      if (document instanceof YamlError) this.#invalid(document);
      else this.#root(document);
    }
    return this.#problems;
  }

  #readJson(): JsonError | undefined {
    const roots: TreeNode[] = [];
    try {
      roots.push(...parseJson(this.#source));
    } catch (error) {
      if (error instanceof JsonError) return error;
      throw error;
    }
    for (const root of roots) this.#root(root);
    return undefined;
  }

  #root(root: TreeNode): void {
    if (root.kind !== 'null') this.#object(root, {}, 0);
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
    this.#problem(
      At.of(place).find(
        'manifest-not-an-object',
        tree.kind === 'map' ? words`this is no Kubernetes object: it has ${lack}` : 'this is no Kubernetes object',
      ),
    );
  }

  #invalid({ code, message, offset }: YamlError): void {
    const { lines } = this.#source;
    const mayBeTemplate = code === 'manifest-invalid' && lines.text.includes('{{');
    const hint = mayBeTemplate ? 'if this is a template, render it and read the result' : undefined;
    this.#problem(At.of(lines.place(offset)).find(code, sentence(message), hint));
  }

  #problem(problem: Problem): void {
    this.#problems.push(problem);
  }
}
