import { tokenForms } from './token-forms.js';

const mask = '***';

/** Anything that may be a token, whole or cut. */
const tokens = new RegExp(
  tokenForms.map(({ before = '(?<![A-Za-z0-9])', mark, masked }) => before + mark + masked).join('|'),
  'g',
);

/** Bounded, as everything here that a long text could make slow. */
const scheme = /[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\//;
const digest = /^[A-Za-z0-9+._-]+:[0-9A-Fa-f]{32,}\b/;
/** Not the optional fields of CEL, such as `.?labels`, nor a comparison behind one. */
const query = /(?<![.[])\?(?=[\w.%~-]+=(?!=))/;

/** A text with the parts masked that may be credentials, word by word. */
export function maskedText(text: string): string {
  return text.replace(tokens, mask).replace(/[^\s"'`<>]+/g, (word) => (/[:?@]/.test(word) ? maskedWord(word) : word));
}

/** A value with the parts masked that may be credentials: all of it is one word, whatever characters a password has. */
export function maskedValue(value: string): string {
  const text = value.replace(tokens, mask);
  return /@|:\/\//.test(text) ? maskedWord(text, true) : maskedText(text);
}

/**
 * True for an address or a path that carries what signs in: a user (but that of SSH), a password, a query or a token.
 * A colon and an `@` are not enough: keys of stores and addresses of Git have them.
 */
export function holdsCredential(text: string): boolean {
  if (text.replace(tokens, mask) !== text || query.test(text)) return true;
  const start = scheme.exec(text);
  if (!start || start.index > 0) return /^[^@]*:[^@]*@/.test(text) && !digest.test(text.slice(text.indexOf('@') + 1));
  const rest = text.slice(start[0].length);
  const isSsh = /^(?:git\+)?ssh:/i.test(text);
  const address = isSsh ? rest.replace(/^[^:/@]*@/, '') : rest;
  return /[@?#]/.test(address) || withoutPort(address, true) !== address;
}

/**
 * A word without the user before an `@`, the query behind a `?` and what stands where a port belongs.
 *
 * @param isWhole nothing stands around the word, so that an address without scheme and password has a user, too
 */
function maskedWord(word: string, isWhole = false): string {
  const start = scheme.exec(word);
  const head = start ? word.slice(0, start.index + start[0].length) : '';
  const rest = withoutUser(word.slice(head.length), start !== null, isWhole);
  return head + withoutPort(withoutQuery(rest, start !== null), start !== null);
}

function withoutUser(rest: string, isUrl: boolean, isWhole: boolean): string {
  const last = rest.lastIndexOf('@');
  const end = digest.test(rest.slice(last + 1)) ? last : rest.length;
  const at = rest.lastIndexOf('@', end - 1);
  if (at < 0 || end === 0) return rest;
  const user = rest.slice(0, at);
  // The account that every Git host has; it is no secret.
  if (user === 'git') return rest;
  const isPath = user.includes('/') && !user.includes(':') && !isUrl;
  const isAddress = isWhole || isUrl || user.includes(':') || rest.includes('/', at);
  return isPath || !isAddress ? rest : `${mask}${rest.slice(at)}`;
}

function withoutQuery(rest: string, isUrl: boolean): string {
  const found = isUrl ? /[?#](?=.)/.exec(rest) : query.exec(rest);
  return found ? `${rest.slice(0, found.index + 1)}${mask}` : rest;
}

/** A host with what stands behind its colon masked, unless that is a port: nothing else belongs there. */
export function withoutPort(rest: string, isUrl: boolean): string {
  const slash = rest.indexOf('/');
  if (slash < 0 && !isUrl) return rest;
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const colon = host.startsWith('[') ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
  if (!isUrl && !/^[\w.-]+:/.test(host)) return rest;
  // `git@host:path` is an address of Git.
  if (colon < 0 || authority.startsWith('git@') || /^:\d{0,5}[.,;:)\]}]*$/.test(host.slice(colon))) return rest;
  return `${authority.slice(0, authority.length - host.length + colon + 1)}${mask}${rest.slice(authority.length)}`;
}
