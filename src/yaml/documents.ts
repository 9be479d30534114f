import { type ObjectTaker, takeObjects } from '../model/inventory/listed-objects.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { sentence } from '../model/problem/shown.js';
import { JsonError, parseJson } from './json-parser.js';
import type { TreeNode } from './nodes.js';
import { type Source, sourceOf } from './source.js';
import { TextPool } from './text.js';
import { yamlDocuments } from './yaml-documents.js';
import { YamlError } from './yaml-error.js';

/** A text that holds manifests. */
export interface ManifestText {
  /** As it shall stand in messages. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads the objects of a text, one after the other, lists taken apart; a tree is only good until the taker returns. Empty
 * documents are skipped.
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
    if (root.kind !== 'null') for (const problem of takeObjects(root, this.#take)) this.#problem(problem);
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
