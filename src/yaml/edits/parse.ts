import { type ParsedNode, parseDocument, Schema } from 'yaml';

// All scalars stay text: what they are to Kubernetes is told by the nodes of its reader.
const options = {
  version: '1.1',
  schema: new Schema({ schema: 'failsafe', resolveKnownTags: false }),
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/**
 * The layout of a document, down to its comments. Undefined where the library cannot read it: it is stricter than
 * Kubernetes about indentation.
 */
export function layoutOf(text: string): ParsedNode | undefined {
  try {
    const { contents, errors } = parseDocument(text, options);
    return errors.length === 0 ? (contents ?? undefined) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
