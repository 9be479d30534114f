import type { ApiObject } from 'cdk8s';
import type { NamespacedPullSecret } from '../../constructs/namespaced-pull-secret.js';
import type { SourceName } from '../../model/vocabulary/picks.js';
import { externalSecret } from './external.js';
import { plaintextSecret } from './plaintext.js';

/** The object that each source writes into a namespace; `existing` writes none. */
export const sourceObjects: Readonly<Partial<Record<SourceName, (at: NamespacedPullSecret) => ApiObject>>> = {
  external: externalSecret,
  plaintext: plaintextSecret,
};
