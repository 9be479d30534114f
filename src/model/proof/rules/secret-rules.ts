import { pullSecretTypes } from '../../docker-config/pull-secret-data.js';
import type { DeclaredSecret } from '../../inventory/declared-object.js';
import { At } from '../../problem/at.js';
import { sentence, type Words, words } from '../../problem/shown.js';
import { isGlobalPullSecret } from '../../vocabulary/global-pull-secret.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { pullSecretsOf } from './declared-secrets.js';
import { isOnly } from './engines.js';
import { listedSecrets } from './listed-secrets.js';
import { aboutSecret, secretText } from './subjects.js';

/** The API server takes no Secret with more bytes. k8s.io/kubernetes, pkg/apis/core/types.go, MaxSecretSize. */
const maxBytes = 1024 * 1024;

/** Rules about pull secrets as they are declared: a row for each. */
export const secretRules: readonly ProofRule[] = [
  {
    code: 'pull-secret-broken',
    about: ['Secret'],
    check: (state) =>
      pullSecretsOf(state)
        .filter(
          ({ secret, content }) =>
            content.state === 'broken' && !listedSecrets(state).has(secret) && !isGlobalPullSecret(secret),
        )
        .map(({ secret, content }) =>
          aboutSecret(secret, At.of(secret.place).find('pull-secret-broken', sentence(content.reason ?? ''))),
        ),
  },
  {
    code: 'pull-secret-too-large',
    about: ['Secret'],
    check: (state) =>
      pullSecretsOf(state)
        .filter(({ secret }) => bytesOf(secret) > maxBytes)
        .map(({ secret }) =>
          aboutSecret(
            secret,
            At.of(secret.place).find(
              'pull-secret-too-large',
              words`${secretText(secret)} holds ${bytesOf(secret)} bytes, more than the ${maxBytes} that the API server takes`,
            ),
          ),
        ),
  },
  {
    code: 'secret-declared-twice',
    about: ['Secret'],
    check: (state) =>
      twins(state).map(([first, second]) =>
        aboutSecret(second, At.of(second.place).find('secret-declared-twice', twinText(first, second))),
      ),
  },
  {
    code: 'secret-string-data',
    about: ['Secret'],
    check: (state) =>
      // Flux makes data of it before it applies.
      isOnly(state, 'flux')
        ? []
        : pullSecretsOf(state)
            .filter(({ secret }) => (secret.stringData?.size ?? 0) > 0 && !secret.encrypted)
            .map(({ secret }) =>
              aboutSecret(
                secret,
                At.of(secret.place).warn(
                  'secret-string-data',
                  words`${secretText(secret)} is written as stringData: ${[...(secret.stringData?.keys() ?? [])]}`,
                ),
              ),
            ),
  },
  {
    code: 'dockercfg-in-git',
    about: ['Secret'],
    check: ({ inventory }) =>
      inventory.secrets
        .filter((secret) => isOfOpenShift(secret) && secret.isLive !== true)
        .map((secret) =>
          aboutSecret(
            secret,
            At.of(secret.place).find(
              'dockercfg-in-git',
              words`${secretText(secret)} is one that OpenShift makes for a service account, and keeps for an hour`,
            ),
          ),
        ),
  },
];

/** A Secret that OpenShift makes for a service account. openshift-controller-manager, pkg/internalregistry. */
export function isOfOpenShift({ type, name, annotations }: DeclaredSecret): boolean {
  if (type !== 'kubernetes.io/dockercfg') return false;
  const marks = [...(annotations?.keys() ?? [])];
  return /-dockercfg-[a-z0-9]{5}$/.test(name) || marks.some((key) => key.startsWith('openshift.io/internal-registry-'));
}

function bytesOf({ data, stringData }: DeclaredSecret): number {
  const texts = [...(stringData?.values() ?? [])].map((value) => Buffer.byteLength(value.reveal()));
  const coded = [...(data?.values() ?? [])].map((value) => Buffer.byteLength(value.reveal(), 'base64'));
  return [...texts, ...coded].reduce((sum, size) => sum + size, 0);
}

/** Two objects that make one Secret, which may be of two kinds. */
function twinText(first: DeclaredSecret, second: DeclaredSecret): Words {
  if (first.kind === second.kind) return words`${secretText(second)} is declared twice, with other content each time`;
  return words`${secretText(second)} is Secret ${second.namespace ?? ''}/${second.name}, which ${secretText(first)} declares too, with other content`;
}

/** Pull secrets of one name in one namespace that are not the same, each with the first of them. */
function twins({ inventory }: ProofState): (readonly [DeclaredSecret, DeclaredSecret])[] {
  const firsts = new Map<string, DeclaredSecret>();
  return inventory.secrets.flatMap((secret) => {
    // Objects that name no namespace are not known to be in the same one.
    if (secret.namespace === undefined || !pullSecretTypes.has(secret.type ?? '')) return [];
    if (secret.maker?.creationPolicy === 'Merge') return [];
    const key = `${secret.namespace}/${secret.name}`;
    const first = firsts.get(key);
    if (!first) firsts.set(key, secret);
    return !first || contentText(first) === contentText(secret) ? [] : [[first, secret] as const];
  });
}

/** Everything that two declarations are compared by. Holds values, and is never shown. */
function contentText({ kind, type, maker, encrypted, data, stringData, templateData }: DeclaredSecret): string {
  const values = [data, stringData, templateData].map((each) =>
    [...(each ?? [])].map(([key, value]) => [key, value.reveal()]).sort(),
  );
  return JSON.stringify([kind, type, maker?.name, encrypted, values]);
}
