import type { ApiObject } from 'cdk8s';
import type { SourceName } from '../../model/spec/picks.js';
import type { NamespacedPullSecret } from '../namespaced-pull-secret.js';
import { externalSecret } from './external.js';
import { plaintextSecret } from './plaintext.js';

/** The object that each source writes into a namespace; `existing` writes none. */
export const sourceObjects: Readonly<Partial<Record<SourceName, (at: NamespacedPullSecret) => ApiObject>>> = {
  external: externalSecret,
  plaintext: plaintextSecret,
};
