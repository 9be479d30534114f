import { type Document, type ParsedNode, parseAllDocuments, parseDocument, Schema, type YAMLParseError } from 'yaml';
import { yamlMessage } from './yaml-messages.js';

// All scalars stay text: what they are to Kubernetes is decided where they are read (plain-scalar.ts). That spares
// the pattern of every type for every scalar. Keys that occur twice are found by checkDocument, in linear time.
const options = {
  version: '1.1',
  schema: new Schema({ schema: 'failsafe', resolveKnownTags: false }),
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** One document of a file. */
export interface YamlDocument {
  /** Where its piece of text begins in the file; positions of nodes count from there. */
  readonly offset: number;
  /** Its root; null for an empty document. */
  readonly contents: ParsedNode | null;
  /** What the parser could not read, without any text of the file. */
  readonly error?: { readonly message: string; readonly offset: number };
}

/**
 * Parses the documents of a text one by one, so that only one of them is in memory. Markers at the beginning of a
 * line are markers wherever they stand (YAML 1.1, c-forbidden); only directives, which speak of what follows, need
 * the text in one piece.
 */
export function* yamlDocuments(text: string): Generator<YamlDocument> {
  for (const [start, end] of yamlPieces(text)) yield* pieceDocuments(text, start, end);
}

/** Where the pieces of a text begin and end that can be parsed by themselves. */
export function yamlPieces(text: string): Iterable<readonly [number, number]> {
  return hasDirectives(text) ? [[0, text.length]] : pieces(text);
}

/** Parses the documents of one piece; of several only where the text has directives. */
export function* pieceDocuments(text: string, start: number, end: number): Generator<YamlDocument> {
  const piece = text.slice(start, end);
  const parse = hasDirectives(piece) ? () => parseAllDocuments(piece, options) : () => [parseDocument(piece, options)];
  for (const document of attempt(parse)) yield described(document, start, piece);
}

function hasDirectives(text: string): boolean {
  return text.startsWith('%') || text.includes('\n%');
}

// Without the flag `m`, for which a line also begins after characters that YAML takes for text.
function* pieces(text: string): Generator<readonly [number, number]> {
  let start = 0;
  for (const marker of text.matchAll(/(?:^|\n)(?:---|\.\.\.)(?=[ \t\r\n]|$)/g)) {
    const at = marker.index + marker[0].length - 3;
    const line = text.indexOf('\n', at) + 1;
    // What ends a document belongs to it; what begins one belongs to the next.
    const end = text[at] === '-' ? at : line || text.length;
    if (end > start) yield [start, end];
    start = end;
  }
  if (start < text.length) yield [start, text.length];
}

type Parsed = Pick<Document.Parsed, 'contents' | 'errors'> | 'exhausted';

// The parser answers most of its own exhaustion with an error of the document, but not all.
function attempt(parse: () => Iterable<Document.Parsed>): Iterable<Parsed> {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) return ['exhausted'];
    throw error;
  }
}

function described(document: Parsed, offset: number, piece: string): YamlDocument {
  if (document === 'exhausted')
    return { offset, contents: null, error: { message: yamlMessage('RESOURCE_EXHAUSTION'), offset } };
  const error = worst(document.errors);
  if (!error) return { offset, contents: document.contents };
  // What is missing at the end is missing behind the last word, not in front of the next document.
  const at = Math.min(error.pos[0], piece.trimEnd().length);
  return { offset, contents: null, error: { message: yamlMessage(error.code), offset: offset + at } };
}

// One mistake often brings others with it: the first is told.
function worst(errors: readonly YAMLParseError[]): YAMLParseError | undefined {
  return errors.find((error) => error.code === 'RESOURCE_EXHAUSTION') ?? errors[0];
}
