import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';

type Age = typeof import('age-encryption', { with: { 'resolution-mode': 'import' }});

/** The package that speaks age: an optional peer, loaded by those alone who use SOPS. */
function loadAge(): Age {
  try {
    return require('age-encryption') as Age;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new ImagePullError(At.of().refuse('age-missing', 'SOPS ciphertext for age recipients needs age-encryption'));
  }
}

/** Encrypts a few bytes for recipients, as text in armor. */
export async function encryptForAge(bytes: Uint8Array, recipient: string): Promise<string> {
  const { armor, Encrypter } = loadAge();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(bytes));
}

/** Why a text is no recipient: a sentence that goes on after what it is, and shows nothing of an identity. */
export function recipientError(text: string): string | undefined {
  if (/AGE-SECRET-KEY-/i.test(text)) return 'is an identity, which is private: whoever reads it decrypts everything';
  if (/^(?:ssh-|-----)/.test(text)) return 'is a key of SSH; recipients of age are supported, age1…';
  if (!/^age1[a-z0-9]{20,}$/.test(text)) return String(words`is no recipient of age, which begins with age1`);
  try {
    const { Encrypter } = loadAge();
    new Encrypter().addRecipient(text);
    return undefined;
  } catch (error) {
    if (ImagePullError.is(error)) throw error;
    return 'is no recipient of age: a letter of it is wrong, or some are missing';
  }
}
