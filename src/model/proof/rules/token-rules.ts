import { type DockerConfigEntry, shownKey } from '../../docker-config/docker-config-entry.js';
import type { DeclaredSecret } from '../../inventory/declared-object.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { entriesOf, pullSecretsOf } from './declared-secrets.js';
import { perState } from './per-state.js';
import { isOfOpenShift } from './secret-rules.js';
import { aboutSecret, secretText } from './subjects.js';
import { type TokenEnd, tokenEnd } from './token-end.js';

/** Rules about passwords that are tokens: a row for each. What time it is, only the caller says. */
export const tokenRules: readonly ProofRule[] = [
  {
    code: 'credential-expired',
    about: ['Secret'],
    check: (state) =>
      ending(state).flatMap(({ secret, entry, end }) =>
        hasEnded(end, state.now) && 'at' in end
          ? [
              aboutSecret(
                secret,
                At.of(secret.place).find(
                  'credential-expired',
                  words`${secretText(secret)}: the token of ${shownKey(entry.key)} ended at ${end.at.toISOString()}`,
                ),
              ),
            ]
          : [],
      ),
  },
  {
    code: 'token-expires',
    about: ['Secret'],
    check: (state) =>
      ending(state)
        .filter(({ end }) => !hasEnded(end, state.now))
        .map(({ secret, entry, end }) =>
          aboutSecret(
            secret,
            At.of(secret.place).warn(
              'token-expires',
              'at' in end
                ? words`${secretText(secret)}: the token of ${shownKey(entry.key)} ends at ${end.at.toISOString()}`
                : words`${secretText(secret)}: the token of ${shownKey(entry.key)} lasts ${end.lasts}`,
            ),
          ),
        ),
  },
  {
    code: 'token-kind-refused',
    about: ['Secret'],
    check: (state) =>
      readEntries(state)
        .filter(
          ({ entry }) => entry.ringKey?.startsWith('ghcr.io') && entry.password.reveal().startsWith('github_pat_'),
        )
        .map(({ secret, entry }) =>
          aboutSecret(
            secret,
            At.of(secret.place).find(
              'token-kind-refused',
              words`${secretText(secret)}: the password of ${shownKey(entry.key)} is a fine-grained personal access token`,
            ),
          ),
        ),
  },
];

interface SecretEntry {
  readonly secret: DeclaredSecret;
  readonly entry: DockerConfigEntry;
}

/** The entries of Secrets whose values were read, without those that a controller of OpenShift renews. */
const readEntries = perState((state: ProofState): readonly SecretEntry[] =>
  pullSecretsOf(state).flatMap(({ secret, content }) =>
    content.state !== 'read' || isOfOpenShift(secret) ? [] : entriesOf(content).map((entry) => ({ secret, entry })),
  ),
);

const ending = perState((state: ProofState): readonly (SecretEntry & { readonly end: TokenEnd })[] =>
  readEntries(state).flatMap((each) => {
    const end = tokenEnd(each.entry);
    return end ? [{ ...each, end }] : [];
  }),
);

function hasEnded(end: TokenEnd, now: Date | undefined): boolean {
  return now !== undefined && 'at' in end && end.at.getTime() <= now.getTime();
}
