import { createDecipheriv, createHash } from 'node:crypto';
import type { SopsEncrypted } from '../../src/sealing/sops.js';

const { armor, Decrypter } = require('age-encryption') as typeof import('age-encryption', { with: {
  'resolution-mode': 'import',
}});

/** Why ciphertext of SOPS does not open. */
export type SopsFault = 'not for this identity' | 'damaged' | 'changed';

/** Decrypts what `encryptSops` gives, and checks that nothing was changed. */
export async function decryptSops(
  key: string,
  { values, sops }: SopsEncrypted,
  identity: string,
): Promise<Readonly<Record<string, string>> | SopsFault> {
  const dataKey = await dataKeyOf(sops, identity);
  if (!dataKey) return 'not for this identity';
  try {
    const texts = Object.entries(values).map(
      ([name, text]) => [name, opened(dataKey, text, `${key}:${name}:`)] as const,
    );
    const mac = opened(dataKey, String(sops.mac), String(sops.lastmodified));
    return mac === macOf(texts.map(([, text]) => text)) ? Object.fromEntries(texts) : 'changed';
  } catch {
    return 'damaged';
  }
}

async function dataKeyOf({ age }: SopsEncrypted['sops'], identity: string): Promise<Buffer | undefined> {
  for (const each of age as readonly { readonly enc: string }[]) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    try {
      return Buffer.from(await decrypter.decrypt(armor.decode(each.enc)));
    } catch {
      // It is for another identity.
    }
  }
  return undefined;
}

/** The checksum over encrypted values alone (sops, MACOnlyEncryptedInitialization). */
function macOf(texts: readonly string[]): string {
  const hash = createHash('sha512').update('8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69', 'hex');
  for (const text of texts) hash.update(text, 'utf8');
  return hash.digest('hex').toUpperCase();
}

function opened(dataKey: Uint8Array, text: string, context: string): string {
  if (text === '') return '';
  const [, data = '', iv = '', tag = ''] = /^ENC\[AES256_GCM,data:(.*),iv:(.+),tag:(.+),type:str\]$/.exec(text) ?? [];
  const decipher = createDecipheriv('aes-256-gcm', dataKey, Buffer.from(iv, 'base64'));
  decipher.setAAD(Buffer.from(context, 'utf8')).setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
}
