import { tokenForms } from '../problem/token-forms.js';
import { isPlaceholder } from './placeholder.js';

/** A token in a text, and where it stands. */
export interface FoundToken {
  /** Words for it: `a token of GitHub`. */
  readonly what: string;
  readonly offset: number;
  readonly value: string;
}

/** Finds where a token may begin, quickly: most texts hold none. */
const marks = new RegExp(tokenForms.map(({ mark }) => mark).join('|'), 'g');

const forms = tokenForms.map(({ name, before, mark, rest }) => ({
  name,
  form: new RegExp(`${before === undefined ? '(?<![A-Za-z0-9])' : `(?<=${before})`}${mark}${rest}(?![A-Za-z0-9])`, 'y'),
}));

/** The whole tokens and private keys in a text, by their forms; placeholders are none. */
export function tokensIn(text: string): FoundToken[] {
  return Array.from(text.matchAll(marks), ({ index }) => tokenAt(text, index)).filter((token) => token !== undefined);
}

function tokenAt(text: string, offset: number): FoundToken | undefined {
  for (const { name, form } of forms) {
    form.lastIndex = offset;
    const value = form.exec(text)?.[0];
    if (value !== undefined && isSigned(value)) return isPlaceholder(value) ? undefined : { what: name, offset, value };
  }
  return undefined;
}

/** A JSON Web Token says by which algorithm it is signed; all else is known by its form alone. */
function isSigned(value: string): boolean {
  const [, header] = /^(eyJ[\w-]+)\.eyJ/.exec(value) ?? [];
  return header === undefined || Buffer.from(header, 'base64url').toString('utf8').includes('"alg"');
}
