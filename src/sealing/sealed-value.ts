import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import type { SealingCertificate } from './certificate.js';

/** Each key encrypts one value, so that the nonce need not be random (sealed-secrets, pkg/crypto/crypto.go, HybridEncrypt). */
const nonce = Buffer.alloc(12);

/**
 * Seals a value as sealed-secrets does: with AES-256-GCM under a key that RSA-OAEP encrypts.
 *
 * @param label what the ciphertext is bound to; nothing opens it under another
 */
export function sealValue({ key: publicKey }: SealingCertificate, value: string, label: string): string {
  const key = randomBytes(32);
  const sealedKey = publicEncrypt(
    {
      key: publicKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label, 'utf8'),
    },
    key,
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = [cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([length, sealedKey, ...body]).toString('base64');
}
