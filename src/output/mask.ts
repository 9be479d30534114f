import { Lexer, parseAllDocuments } from 'yaml';
import { headOf } from './purpose-line.js';
import { SecretMask } from './secret-mask.js';

/** Two versions of a file that may be shown. */
export interface MaskedTexts {
  readonly before: string;
  readonly after: string;
}

/**
 * Makes two versions of a file fit to be seen. The text itself is only shown if it holds nothing but objects of the
 * kinds that this package writes, and no comment of somebody else. Any other is parsed and written anew from what may
 * be shown: neither comments nor unusual ways of writing get through. What does not parse, or is of another kind, is
 * not shown at all.
 */
export function maskTexts(before: string, after: string): MaskedTexts {
  const old = masked(before);
  const now = masked(after);
  return { before: old.text(now.values, 'old'), after: now.text(old.values, 'new') };
}

interface Masked {
  /** Values that were masked, by their place; never shown. */
  readonly values: ReadonlyMap<string, string>;
  text(other: ReadonlyMap<string, string>, version: string): string;
}

function masked(text: string): Masked {
  const header = headOf(text);
  const mask = new SecretMask();
  let whole: string;
  try {
    const documents = documentsOf(text);
    if (mask.isOpen(documents) && !hasForeignComment(text)) return { values: new Map(), text: () => text };
    whole = documents.map((value) => mask.document(value)).join('---\n');
  } catch {
    // Aliases without end, or nesting deeper than the stack. The error may hold a part of the text.
    whole = mask.document(undefined);
  }
  return { values: mask.values, text: (other, version) => header + mask.resolve(whole, other, version) };
}

/** The documents of a text, `undefined` for those that are not valid. */
function documentsOf(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent', prettyErrors: false });
  return Array.from(documents, (document): unknown =>
    document.errors.length + document.warnings.length > 0 ? undefined : (document.toJS() ?? null),
  );
}

/** Whether there is a comment besides those at the top that are ours. */
function hasForeignComment(text: string): boolean {
  const body = text.slice(headOf(text).length);
  if (!body.includes('#')) return false;
  let previous = '';
  for (const token of new Lexer().lex(body)) {
    if (token.startsWith('#') && previous !== scalarMark) return true;
    previous = token;
  }
  return false;
}

/** Mark that the lexer puts in front of the text of a scalar. */
const scalarMark = '\x1f';
