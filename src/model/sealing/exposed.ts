import { holdsToken } from '../problem/credential-mask.js';

/** Finds the parts of a credential that stand in a text where everybody reads it. */
export type Exposure = 'the value of a credential' | 'a token' | 'a private key' | 'a docker config with a password';

/**
 * Whether a credential stands in a text outside of encrypted fields.
 *
 * @param values credentials that are known, as they stand and in base64
 */
export function exposureIn(text: string, values: readonly string[] = []): Exposure | undefined {
  if (values.some((value) => text.includes(value))) return 'the value of a credential';
  const open = withoutCiphertext(text);
  if (/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|AGE-SECRET-KEY-1/.test(open)) return 'a private key';
  if (holdsToken(open)) return 'a token';
  return holdsDockerConfig(open) ? 'a docker config with a password' : undefined;
}

/** The forms in which a password is looked for; a short one stands somewhere by chance. */
export function formsOf(username: string, password: string): string[] {
  if (password.length < shortest) return [];
  const inBase64 = (text: string) => Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
  return [password, JSON.stringify(password).slice(1, -1), inBase64(password), inBase64(`${username}:${password}`)];
}

const shortest = 6;

/** Values of SOPS and of SealedSecrets, and the armor of age. */
const ciphertext =
  /ENC\[AES256_GCM,[^\]]*\]|-----BEGIN AGE ENCRYPTED FILE-----[^-]*-----END AGE ENCRYPTED FILE-----|: A[gQ][A-Za-z0-9+/]{340,}={0,2}/g;

function withoutCiphertext(text: string): string {
  return text.replace(ciphertext, '');
}

/** Docker configs as they stand and in base64, with something in them that opens a registry. */
function holdsDockerConfig(text: string): boolean {
  if (opens(text)) return true;
  for (const [base64] of text.matchAll(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}={0,2}/g))
    if (opens(Buffer.from(base64, 'base64').toString('latin1'))) return true;
  return false;
}

/** An expression of a template in the place of a value opens nothing. */
const opening = /"(?:auth|password|identitytoken|registrytoken)"\s*:\s*"(?!\{\{|")[^"]+"/;

function opens(text: string): boolean {
  return text.includes('"auths"') && opening.test(text);
}
