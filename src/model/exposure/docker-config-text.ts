import { isPlaceholder } from './placeholder.js';

/** A value in a docker config that opens a registry, and where it stands. */
export interface OpeningValue {
  readonly offset: number;
  readonly value: string;
}

/** `auth` of JSON, wherever it stands: what it holds tells whether it is one. */
const authOfJson = /"auth\\{0,8}"\s{0,99}:\s{0,99}\\{0,8}"([A-Za-z0-9+/]{8,16384}={0,2})\\{0,8}"/g;

/** Keys below `auths`, in JSON, in JSON in a string, and in YAML. */
const credentialKey =
  /(?<![\w.-])(auth|password|identitytoken|registrytoken)\\{0,8}["']?\s{0,99}:[ \t]{0,99}\\{0,8}["']?((?:\{\{|[^\s"'\\,{}[\]])[^\s"'\\,}]{0,16384})/g;

const auths = /(?<![\w.-])auths\\{0,8}["']?\s{0,99}:/g;

/** The values in docker configs of a text by which somebody could pull; expressions of templates are none. */
export function openingValues(text: string): OpeningValue[] {
  const found = new Map<number, OpeningValue>();
  for (const { 0: all, 1: value = '', index } of text.matchAll(authOfJson)) {
    const password = passwordIn(value);
    if (password !== undefined) add(index + all.indexOf(value, 5), password);
  }
  for (const [start, end] of regions(text))
    for (const { 0: all, 1: key, 2: value = '', index } of text.slice(start, end).matchAll(credentialKey)) {
      const password = key === 'auth' ? passwordIn(value) : isPlaceholder(value) ? undefined : value;
      if (password !== undefined) add(start + index + all.length - value.length, password);
    }
  return [...found.values()].sort((a, b) => a.offset - b.offset);

  function add(offset: number, value: string): void {
    found.set(offset, { offset, value });
  }
}

/** The password of an `auth`: base64 of a user name and a password, in words. */
function passwordIn(auth: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/.test(auth)) return undefined;
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const password = text.slice(colon + 1);
  const isText = !/[\0-\x08\x0e-\x1f\x7f\ufffd]/.test(text);
  return colon > 0 && isText && password !== '' && !isPlaceholder(password) ? password : undefined;
}

/** A docker config is no larger than a Secret. */
const longest = 1024 * 1024;

/** The parts of a text below `auths`. */
function regions(text: string): [start: number, end: number][] {
  const parts: [number, number][] = [];
  for (const { 0: key, index } of text.matchAll(auths)) {
    // One within another is looked at with it.
    if (index < (parts.at(-1)?.[1] ?? 0)) continue;
    const start = index + key.length;
    const [gap = ''] = /^(?:\s|\\[nrt])*/.exec(text.slice(start, start + 400)) ?? [];
    const isFlow = text[start + gap.length] === '{';
    parts.push([start, isFlow ? flowEnd(text, start + gap.length) : blockEnd(text, index, start)]);
  }
  return parts;
}

/** Behind the brace that closes the one at `start`. */
function flowEnd(text: string, start: number): number {
  const last = Math.min(text.length, start + longest);
  let depth = 0;
  for (let at = start; at < last; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return last;
}

/** Behind the last line that is indented further than the one of the key. */
function blockEnd(text: string, key: number, start: number): number {
  const line = text.lastIndexOf('\n', key) + 1;
  const indent = indentAt(text, line);
  const last = Math.min(text.length, start + longest);
  let end = lineEnd(text, start);
  while (end < last) {
    const next = lineEnd(text, end);
    if (text.slice(end, next).trim() !== '' && indentAt(text, end) <= indent) break;
    end = next;
  }
  return end;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** The column of the key in a line; marks of lists and comments indent, too. */
function indentAt(text: string, line: number): number {
  return /^[\s#-]*/.exec(text.slice(line, line + 400))?.[0].length ?? 0;
}
