import type { ObjectDraft } from './written-object.js';

/** Input that a service account is written from. */
export interface ListedAccount {
  readonly namespace: string;
  readonly name: string;
  /** The names on its list, in order. */
  readonly list: () => readonly string[];
}

/** Writes the list of a service account, whole: `imagePullSecrets` is one atomic value. */
export function serviceAccountObject({ namespace, name, list }: ListedAccount): ObjectDraft {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    name,
    namespace,
    role: name === 'default' ? 'defaultAccount' : 'account',
    fields: { imagePullSecrets: () => list().map((each) => ({ name: each })) },
  };
}
