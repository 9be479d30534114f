import type { SourceName } from '../../model/vocabulary/sources.js';
import { externalSecret } from './external.js';
import { plaintextSecret } from './plaintext.js';
import { sealedSecret } from './sealed.js';
import type { SecretWriter } from './secret-writer.js';
import { sopsSecret } from './sops.js';

/** The writer of each source's object in a namespace; `existing` writes none. */
export const secretWriters: Readonly<Partial<Record<SourceName, SecretWriter>>> = {
  external: externalSecret,
  sealed: sealedSecret,
  sops: sopsSecret,
  plaintext: plaintextSecret,
};
