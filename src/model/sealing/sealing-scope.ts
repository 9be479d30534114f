/** The scopes of SealedSecrets, the narrowest first. */
export const sealingScopes = ['strict', 'namespace-wide', 'cluster-wide'] as const;

/** Where a ciphertext of a SealedSecret can be opened. */
export type SealingScope = (typeof sealingScopes)[number];

type Texts = Readonly<Record<string, string>>;

const prefix = 'sealedsecrets.bitnami.com/';

/** The annotations that say a scope; the controller reads those of the SealedSecret, kubeseal those of its template. */
export const scopeAnnotationKeys: readonly string[] = [`${prefix}namespace-wide`, `${prefix}cluster-wide`];

/** The annotations of an object of a scope. */
export function scopeAnnotations(scope: SealingScope): Texts {
  return scope === 'strict' ? {} : { [prefix + scope]: 'true' };
}

/** The scope that annotations say; the wider one counts (sealed-secrets, sealedsecret_expansion.go, SecretScope). */
export function scopeOf(annotations: Readonly<Record<string, unknown>>): SealingScope {
  const isSet = (scope: SealingScope) => annotations[prefix + scope] === 'true';
  return sealingScopes.toReversed().find(isSet) ?? 'strict';
}

/** Label that a ciphertext is bound to: the label of RSA-OAEP (sealedsecret_expansion.go, EncryptionLabel). */
export function sealingLabel(scope: SealingScope, namespace: string, name: string): string {
  if (scope === 'cluster-wide') return '';
  return scope === 'namespace-wide' ? namespace : `${namespace}/${name}`;
}
