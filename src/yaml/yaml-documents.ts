import { forbiddenCharacter } from './characters.js';
import type { TreeNode } from './nodes.js';
import type { Source } from './source.js';
import { YamlError } from './yaml-error.js';
import { YamlParser, type YamlReading } from './yaml-parser.js';
import { type YamlPiece, yamlPieces } from './yaml-pieces.js';

/**
 * Reads the documents of a text of YAML one by one, so that only one of them is in memory: the roots of those that can
 * be read, and what is wrong.
 */
export function* yamlDocuments(source: Source): Generator<TreeNode | YamlError> {
  const { text } = source.lines;
  const parser = new YamlParser(source);
  let forbidden = forbiddenCharacter(text, 0);
  for (const piece of yamlPieces(text)) {
    if (forbidden !== undefined && forbidden < piece.from) forbidden = forbiddenCharacter(text, piece.from);
    try {
      const { root, lost } = readingOf(text, piece, parser, forbidden);
      yield* lost;
      if (root) yield root;
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      yield error;
    }
  }
}

function readingOf(
  text: string,
  { from, end, flaw }: YamlPiece,
  parser: YamlParser,
  forbidden: number | undefined,
): YamlReading {
  if (flaw !== undefined) throw new YamlError('behind "---" only a comment can stand', flaw);
  if (forbidden !== undefined && forbidden < end)
    throw new YamlError('YAML cannot hold this control character', forbidden);
  const isMarked = text.charCodeAt(from) === 0xfeff;
  return parser.read(isMarked ? from + 1 : from, end);
}
