import type { Digest } from './head.js';
import { mapOf } from './plain-map.js';
import { readSealedSecret, type SealedSecretCiphertext } from './sealed-secret.js';
import { readSopsSecret, type SopsCiphertext } from './sops-secret.js';

/** A ciphertext as its file says it: what it is for and how it was made, never what is in it. */
export type Ciphertext = SealedSecretCiphertext | SopsCiphertext;

/**
 * Reads a manifest of `sealed/`: a SealedSecret, or a Secret that SOPS encrypted; or says what is wrong with it, in a
 * sentence that goes on after the name of the file.
 *
 * @param digest compares ciphertexts with their records; without it edits do not show
 */
export function readCiphertext(manifest: unknown, digest?: Digest): Ciphertext | string {
  const object = mapOf(manifest);
  const { kind, sops } = object;
  if (kind === 'SealedSecret') return readSealedSecret(object, digest);
  if (kind !== 'Secret') return 'is neither a SealedSecret nor a Secret that SOPS encrypted';
  if (mapOf(sops) !== sops) return 'is a Secret that nobody encrypted: take it out of Git, and rotate what is in it';
  return readSopsSecret(object, digest);
}
