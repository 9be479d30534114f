import { type Document, isMap, isNode, isPair, isScalar, type LineCounter, type Node } from 'yaml';
import { frameOf } from '../model/frame.js';
import type { ModelPath, Place, Problem } from '../model/problem.js';

/** Finds the places of a config file for model paths. */
export class Positions {
  readonly #file: string;
  readonly #text: string;
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(file: string, text: string, document: Document, lines: LineCounter) {
    this.#file = file;
    this.#text = text;
    this.#document = document;
    this.#lines = lines;
  }

  /** The place of the last part of the path that the file has: a key for what is inside a map, else the item. */
  placeOf(path: ModelPath): Place {
    return this.placeAt(offsetOf(this.#document.contents, path) ?? 0);
  }

  /** The place of an offset. */
  placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line, column: col };
  }

  /** The problem with its place and frame. Lines that hold a password show none of it. */
  locate(problem: Problem): Problem {
    if (problem.place || !problem.path) return problem;
    const place = this.placeOf(problem.path);
    const { path: _path, ...rest } = problem;
    const frame = problem.path.includes('plaintext') ? undefined : this.frameAt(place);
    return { ...rest, place, ...(frame !== undefined && { frame }) };
  }

  /** The frame of a place. */
  frameAt(place: Place): string | undefined {
    return frameOf(maskPasswords(this.#text), place.line, place.column);
  }
}

/** Whatever follows `plaintext:`, or a key that may hold a credential, on the same line. */
function maskPasswords(text: string): string {
  return text.replace(/((?:plaintext|pass\w*|auth|token|secret)["']?\s*:\s*)[^\n]*/gi, '$1***');
}

function offsetOf(node: unknown, path: ModelPath): number | undefined {
  let at: unknown = node;
  let offset = startOf(at);
  for (const part of path) {
    const next = stepInto(at, part);
    if (!next) break;
    offset = next.offset ?? offset;
    at = next.value;
  }
  return offset;
}

function stepInto(node: unknown, part: string | number): { value: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
    );
    return pair && { value: pair.value, offset: startOf(pair.key) };
  }
  if (isNode(node) && 'items' in node && typeof part === 'number') {
    const item = (node.items as Node[])[part];
    return item && { value: item, offset: startOf(item) };
  }
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
