import { parseAllDocuments } from 'yaml';
import { isOwnText } from './output.js';
import { SecretMask } from './secret-mask.js';

/** Two versions of a file that may be shown. */
export interface MaskedTexts {
  readonly before: string;
  readonly after: string;
}

/**
 * Takes the values of Secrets out of two versions of a file. A file that mentions no Secret comes back as it is. Any
 * other is parsed and written anew from what may be shown: nothing of the text itself gets through, neither comments
 * nor unusual ways of writing. What does not parse, or is no object, is not shown at all.
 */
export function maskTexts(before: string, after: string): MaskedTexts {
  const old = masked(before);
  const now = masked(after);
  return { before: old.text(now.values, 'old'), after: now.text(old.values, 'new') };
}

interface Masked {
  /** What each masked value was, by its place; never shown. */
  readonly values: ReadonlyMap<string, string>;
  text(other: ReadonlyMap<string, string>, version: string): string;
}

/** A document can only be a Secret if it says so, or spells it with escapes. Most do neither, and need no parser. */
function mayHoldSecret(text: string): boolean {
  return /\bSecret(?:List)?\b/i.test(text) || (text.includes('\\') && text.includes('"'));
}

function masked(text: string): Masked {
  if (!mayHoldSecret(text)) return { values: new Map(), text: () => text };
  const mask = new SecretMask();
  const whole = rendered(text, mask);
  return { values: mask.values, text: (other, version) => mask.resolve(whole, other, version) };
}

function rendered(text: string, mask: SecretMask): string {
  const header = isOwnText(text) ? text.slice(0, text.indexOf('\n') + 1) : '';
  try {
    const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
    const values = Array.from(documents, (document): unknown =>
      document.errors.length > 0 ? undefined : (document.toJS() ?? null),
    );
    return header + values.map((value) => mask.document(value)).join('---\n');
  } catch {
    // Aliases without end, or nesting deeper than the stack. The error may hold a part of the text.
    return header + mask.document(undefined);
  }
}
