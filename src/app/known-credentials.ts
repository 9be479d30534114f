import { type KnownCredential, KnownCredentials } from '../model/exposure/known-credentials.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { contentOf } from '../model/proof/secret-content.js';
import { credentialsIn, givenCredentials } from '../model/vocabulary/given-credentials.js';
import type { ImagePullSpec } from '../model/vocabulary/spec.js';

/** The credentials that a run was given: by the config, and by the Secrets among the manifests. */
export function knownCredentials(spec: ImagePullSpec, inventories: readonly Inventory[]): KnownCredentials {
  const secrets = new Set(inventories.flatMap((inventory) => inventory.secrets));
  const ofOthers = [...secrets].flatMap((secret) => {
    const { state, config } = contentOf(secret);
    return state === 'read' && config ? credentialsIn(config) : [];
  });
  return KnownCredentials.of([...givenCredentials(spec), ...ofOthers.filter(isNoWord)]);
}

/** Credentials of others may be anything; a word stands elsewhere by chance. */
function isNoWord({ password }: KnownCredential): boolean {
  return password.length >= 12 && !/^[a-z-]+$/i.test(password);
}
