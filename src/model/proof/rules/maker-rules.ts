import { pullSecretTypes } from '../../docker-config/pull-secret-data.js';
import type { DeclaredSecret } from '../../inventory/declared-object.js';
import { compareVersions } from '../../names/version.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { isOnly } from './engines.js';
import { listedSecrets } from './listed-secrets.js';
import { aboutSecret, secretText } from './subjects.js';

/** Rules about the objects that pull secrets are made from: a row for each. */
export const makerRules: readonly ProofRule[] = [
  {
    code: 'external-secret-untyped',
    about: ['Secret'],
    check: (state) =>
      untyped(state, 'ExternalSecret').map((secret) =>
        aboutSecret(
          secret,
          At.of(secret.place).find(
            'external-secret-untyped',
            words`${secretText(secret)} ${secret.maker?.hasTemplate ? 'has a template that states no type' : 'has no template'}: Secret ${secret.name} becomes Opaque`,
          ),
        ),
      ),
  },
  {
    code: 'sealed-secret-untyped',
    about: ['Secret'],
    check: (state) =>
      untyped(state, 'SealedSecret').map((secret) =>
        aboutSecret(
          secret,
          At.of(secret.place).find(
            'sealed-secret-untyped',
            words`${secretText(secret)} has no template that states a type: the Secret becomes Opaque`,
          ),
        ),
      ),
  },
  {
    code: 'external-secret-not-served',
    about: ['Secret'],
    check: (state) =>
      externalOnes(state)
        .filter(({ maker }) => isServed(maker?.apiVersion ?? '', state.cluster.versions.externalSecrets) === false)
        .map((secret) =>
          aboutSecret(
            secret,
            At.of(secret.place).find(
              'external-secret-not-served',
              words`${secretText(secret)} is of ${secret.maker?.apiVersion}, which External Secrets ${state.cluster.versions.externalSecrets} does not serve`,
            ),
          ),
        ),
  },
  {
    code: 'external-secret-version-old',
    about: ['Secret'],
    check: (state) =>
      (state.cluster.versions.externalSecrets === undefined ? externalOnes(state) : [])
        .filter(({ maker }) => /\/v1(alpha|beta)\d+$/.test(maker?.apiVersion ?? ''))
        .map((secret) =>
          aboutSecret(
            secret,
            At.of(secret.place).warn(
              'external-secret-version-old',
              words`${secretText(secret)} is of ${secret.maker?.apiVersion}`,
            ),
          ),
        ),
  },
  {
    code: 'immutable-secret-rotates',
    about: ['Secret'],
    check: (state) =>
      [...rotating(state)].map((secret) =>
        aboutSecret(
          secret,
          At.of(secret.place).warn(
            'immutable-secret-rotates',
            words`${secretText(secret)} makes a Secret that cannot change, and ${secret.kind === 'ExternalSecret' ? 'its store does' : 'it is copied'}`,
          ),
        ),
      ),
  },
  {
    code: 'sops-needs-plugin',
    about: ['Secret'],
    check: (state) =>
      !isOnly(state, 'argocd')
        ? []
        : state.inventory.secrets
            .filter(({ kind, encrypted, type }) => kind === 'Secret' && encrypted && pullSecretTypes.has(type ?? ''))
            .map((secret) =>
              aboutSecret(
                secret,
                At.of(secret.place).warn(
                  'sops-needs-plugin',
                  words`${secretText(secret)} is ciphertext of SOPS, which Argo CD applies as it stands`,
                ),
              ),
            ),
  },
];

/** The objects of a kind whose Secret a pod lists and that state no type for it. */
export function untyped(state: ProofState, kind: DeclaredSecret['kind']): DeclaredSecret[] {
  return [...listedSecrets(state)].filter((secret) => secret.kind === kind && isUntyped(secret));
}

/** Whether the Secret of an object is of no type because the object states none. */
export function isUntyped({ kind, type, maker }: DeclaredSecret): boolean {
  return kind !== 'Secret' && !type && maker?.creationPolicy !== 'Merge' && maker?.creationPolicy !== 'None';
}

/** The ExternalSecrets that make pull secrets. */
function externalOnes(state: ProofState): DeclaredSecret[] {
  const listed = listedSecrets(state);
  return state.inventory.secrets.filter(
    (secret) => secret.kind === 'ExternalSecret' && (pullSecretTypes.has(secret.type ?? '') || listed.has(secret)),
  );
}

/** Undefined where no version is stated. external-secrets, release notes of 0.16 and 0.17. */
function isServed(apiVersion: string, version: string | undefined): boolean | undefined {
  if (version === undefined) return undefined;
  return apiVersion.endsWith('/v1') ? compareVersions(version, '0.16') >= 0 : compareVersions(version, '0.17') < 0;
}

function rotating({ pods, inventory }: ProofState): ReadonlySet<DeclaredSecret> {
  const copied = pods.flatMap(({ list, namespace }) =>
    list.names.flatMap(({ secret }) => {
      const { declared } = secret;
      return declared?.isImmutable && declared.namespace !== namespace ? [declared] : [];
    }),
  );
  const made = inventory.secrets.filter(
    ({ kind, isImmutable, type }) => kind === 'ExternalSecret' && isImmutable && pullSecretTypes.has(type ?? ''),
  );
  return new Set([...made, ...copied]);
}
