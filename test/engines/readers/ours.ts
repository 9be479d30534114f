import type { Tree } from '../../../src/model/inventory/tree.js';
import { JsonError, parseJson } from '../../../src/yaml/json-parser.js';
import type { TreeNode } from '../../../src/yaml/nodes.js';
import { sourceOf } from '../../../src/yaml/source.js';
import { textOf } from '../../../src/yaml/text.js';
import { yamlDocuments } from '../../../src/yaml/yaml-documents.js';
import { YamlError } from '../../../src/yaml/yaml-error.js';

/** What we make of a text: the documents that are there, and what is wrong. */
export interface OurReading {
  readonly documents: readonly unknown[];
  readonly problems: readonly string[];
}

/** Reads a text as manifests are read. */
export function ourReading(bytes: Uint8Array): OurReading {
  const text = textOf(bytes);
  if (text === undefined) return { documents: [], problems: ['this is no text'] };
  return jsonReading(text) ?? yamlReading(text);
}

function jsonReading(text: string): OurReading | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return { documents: shapes([...parseJson(sourceOf({ file: 'x', text }))]), problems: [] };
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

function yamlReading(text: string): OurReading {
  const all = [...yamlDocuments(sourceOf({ file: 'x', text }))];
  return {
    documents: shapes(all.flatMap((each) => (each instanceof YamlError ? [] : [each]))),
    problems: all.flatMap((each) => (each instanceof YamlError ? [each.message] : [])),
  };
}

function shapes(roots: readonly TreeNode[]): unknown[] {
  return roots.filter(({ kind }) => kind !== 'null').map(shape);
}

/** A tree as what JSON says: numbers are only known to be some. */
function shape(tree: Tree): unknown {
  if (tree.kind === 'map') return new Map(tree.entries().map(([key, value]) => [key, shape(value)]));
  if (tree.kind === 'list') return tree.items().map(shape);
  if (tree.kind === 'null') return null;
  return tree.string() ?? tree.boolean() ?? { number: true };
}

/** The same of what another reader answers. */
export function shapeOf(value: unknown): unknown {
  if (typeof value === 'number') return { number: true };
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}
