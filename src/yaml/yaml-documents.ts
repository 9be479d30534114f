import { forbiddenCharacter } from './characters.js';
import type { TreeNode } from './nodes.js';
import type { Source } from './source.js';
import { YamlError } from './yaml-error.js';
import { parseYaml, type YamlReading } from './yaml-parser.js';
import { type YamlPiece, yamlPieces } from './yaml-pieces.js';

/**
 * Reads the documents of a text of YAML one by one, so that only one of them is in memory: the roots of those that can
 * be read, and what is wrong.
 */
export function* yamlDocuments(source: Source): Generator<TreeNode | YamlError> {
  for (const piece of yamlPieces(source.lines.text)) {
    try {
      const { root, lost } = readingOf(source, piece);
      yield* lost;
      if (root) yield root;
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      yield error;
    }
  }
}

function readingOf(source: Source, { from, end, flaw }: YamlPiece): YamlReading {
  if (flaw !== undefined) throw new YamlError('behind "---" only a comment can stand', flaw);
  const { text } = source.lines;
  const forbidden = forbiddenCharacter(text, from, end);
  if (forbidden !== undefined) throw new YamlError('YAML cannot hold this control character', forbidden);
  const isMarked = text.charCodeAt(from) === 0xfeff;
  return parseYaml(source, isMarked ? from + 1 : from, end);
}
