import { SecretValue } from '../docker-config/secret-value.js';
import { base64Pieces } from './base64-piece.js';
import { openingValues } from './docker-config-text.js';
import { KnownCredentials } from './known-credentials.js';
import { tokensIn } from './token-text.js';

/** A credential that stands in a text where everybody reads it. */
export interface Exposure {
  /** Words for it: `a token of GitHub`. */
  readonly what: string;
  /** Where it begins in the text; of what is in base64, where that begins. */
  readonly offset: number;
  readonly value: SecretValue;
}

/**
 * The credentials that stand in a text outside of encrypted fields: those that are known, tokens by their form, private
 * keys, and docker configs that open a registry; as they stand, in strings of JSON, and in base64. Ciphertext, public keys,
 * digests, templates and placeholders are none.
 */
export function exposuresIn(text: string, known: KnownCredentials = KnownCredentials.none): Exposure[] {
  const found = new Map<string, Exposure>();
  const look = (part: string, offset?: number) => {
    for (const { what, value, offset: own } of partsIn(part, known)) {
      const exposure = { what, offset: offset ?? own, value: SecretValue.of(value) };
      const key = `${exposure.offset} ${value}`;
      if (!found.has(key)) found.set(key, exposure);
    }
  };
  look(text);
  for (const { offset, decoded } of base64Pieces(text)) look(decoded, offset);
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

function partsIn(text: string, known: KnownCredentials): { what: string; offset: number; value: string }[] {
  return [
    ...known.in(text).map((each) => ({ ...each, what: 'the value of a credential' })),
    ...tokensIn(text),
    ...openingValues(text).map((each) => ({ ...each, what: 'a docker config with a password' })),
  ];
}
