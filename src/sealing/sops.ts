import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { encryptedRegex } from '../model/sealing/sops-secret.js';
import { encryptForAge } from './age.js';

/** The texts of a map in a document, encrypted, and the block that says how. */
export interface SopsEncrypted {
  readonly values: Readonly<Record<string, string>>;
  readonly sops: Readonly<Record<string, unknown>>;
}

/** The version of SOPS whose format this is; what is older does not know `mac_only_encrypted` (3.9). */
const formatVersion = '3.9.0';

/** Seed of checksums over encrypted values alone (sops, MACOnlyEncryptedInitialization). */
const macOnlyEncrypted = Buffer.from('8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69', 'hex');

/**
 * Encrypts texts that stand under one key of a document, as SOPS does with age recipients. Nothing else of the document
 * goes into the checksum, so that the same ciphertext may stand beside any metadata.
 */
export async function encryptSops(
  key: string,
  texts: Readonly<Record<string, string>>,
  recipients: readonly string[],
  now: Date,
): Promise<SopsEncrypted> {
  const dataKey = randomBytes(32);
  const lastmodified = `${now.toISOString().slice(0, 19)}Z`;
  const entries = Object.entries(texts).map(([name, text]) => [name, sealed(dataKey, text, `${key}:${name}:`)]);
  const age: { enc: string; recipient: string }[] = [];
  for (const recipient of recipients) age.push({ enc: await encryptForAge(dataKey, recipient), recipient });
  return {
    values: Object.fromEntries(entries),
    sops: {
      age,
      encrypted_regex: encryptedRegex,
      lastmodified,
      mac: sealed(dataKey, macOf(Object.values(texts)), lastmodified),
      mac_only_encrypted: true,
      version: formatVersion,
    },
  };
}

function macOf(texts: readonly string[]): string {
  const hash = createHash('sha512').update(macOnlyEncrypted);
  for (const text of texts) hash.update(text, 'utf8');
  return hash.digest('hex').toUpperCase();
}

/** A text as SOPS writes it (aes/cipher.go); an empty one stays as it is. */
function sealed(dataKey: Uint8Array, text: string, context: string): string {
  if (text === '') return '';
  const iv = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', dataKey, iv).setAAD(Buffer.from(context, 'utf8'));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const [body, nonce, tag] = [data, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64'));
  return `ENC[AES256_GCM,data:${body},iv:${nonce},tag:${tag},type:str]`;
}
