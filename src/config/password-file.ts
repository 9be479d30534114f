import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { sentence, words } from '../model/problem/shown.js';
import { bytesOf } from './named-file.js';

/**
 * The password that a file holds, without the line break at its end. A key of a service account of Google's is JSON over
 * several lines; any other password is one line. No message shows the path: it may be the password, written in its place.
 */
export function readPassword(path: string): string {
  const bytes = bytesOf(path);
  if (typeof bytes === 'string')
    throw refused('what passwordFile names', bytes, 'passwordFile takes the path of a file, relative to the config');
  return passwordIn(bytes, 'what passwordFile names');
}

const longest = 64 * 1024;

/** The password in the bytes of a file or stream. `what` is how a message calls it. */
export function passwordIn(bytes: Uint8Array, what: string): string {
  if (bytes.byteLength > longest)
    throw refused(what, 'is longer than 64 KiB, which no password is', 'a password is one line of text');
  const text = textOf(bytes);
  if (text === undefined) throw refused(what, 'is not UTF-8 text', 'a password is one line of text');
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw refused(what, 'is empty', 'write the password into it');
  if (/[\r\n]/.test(password) && !isJson(password))
    throw refused(
      what,
      'holds several lines',
      'leave the password alone in it, on one line; a docker config is a file',
    );
  return password;
}

function refused(what: string, reason: string, hint: string): ImagePullError {
  return new ImagePullError(At.of().refuse('source-invalid', words`${what} ${reason}`, sentence(hint)));
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
