import { type DockerConfigEntry, sameCredential, shownKey } from '../../docker-config/docker-config-entry.js';
import { keyRemarks } from '../../docker-config/docker-config-key-remarks.js';
import type { DeclaredSecret } from '../../inventory/declared-object.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import type { ClusterSecret } from '../cluster-secrets.js';
import type { ProofRule } from '../rule.js';
import { contentOf } from '../secret-content.js';
import type { ProofState } from '../state.js';
import { entriesOf } from './declared-secrets.js';
import { perState } from './per-state.js';
import { isSeenWhole } from './seen-whole.js';
import { aboutAccount, aboutPod, aboutSecret, accountText, secretText } from './subjects.js';
import { type ListedSecret, listedByOwner } from './used-entries.js';

/** Credentials that nothing needs: a row for each. Where something was not seen, nobody knows that. */
export const leastPrivilegeRules: readonly ProofRule[] = [
  {
    code: 'credential-unneeded',
    about: ['service account', 'workload'],
    check: (state) =>
      listedByOwner(state)
        .filter((each) => isIdle(state, each))
        .map(({ listed, pod }) => {
          const { account, from } = pod.list;
          if (from === 'account' && account)
            return aboutAccount(
              account,
              At.of(account.pullSecretsPlace ?? account.place).find(
                'credential-unneeded',
                words`${accountText(account)} lists ${listed.name}, and no image of its pods matches an entry of it`,
              ),
            );
          return aboutPod(
            pod,
            At.of(pod.workload.pullSecrets.place ?? pod.workload.place).find(
              'credential-unneeded',
              words`${workloadText(pod.workload)} lists ${listed.name}, and none of its images matches an entry of it`,
            ),
          );
        }),
  },
  {
    code: 'entry-unneeded',
    about: ['Secret'],
    check: (state) =>
      [...usedSecrets(state)].flatMap(([secret, used]) =>
        idleEntries(used).map(({ key }) =>
          aboutSecret(
            secret,
            At.of(secret.place).find(
              'entry-unneeded',
              words`${secretText(secret)}: no image of the pods that list it matches its entry ${shownKey(key)}`,
            ),
          ),
        ),
      ),
  },
];

/** Whether nothing that was seen has use for a pull secret on a list that somebody wrote. */
function isIdle(state: ProofState, { listed, pod, keys, isKnown }: ListedSecret): boolean {
  const { secret, by } = listed;
  if (keys.size > 0 || !isKnown || (by !== 'pod' && by !== 'account')) return false;
  if (secret.state !== 'read' && secret.state !== 'keys-known') return false;
  if (secret.declared && secret.state !== 'read' && contentOf(secret.declared).hasOthers) return false;
  return pod.list.from === 'pod' ? pod.workload.isLive !== true : isSeenWhole(state, pod.namespace);
}

/** The entries of a Secret, and the keys of those that are used. */
interface UsedEntries {
  readonly entries: readonly DockerConfigEntry[];
  readonly keys: Set<string>;
}

/** The declared Secrets of which some entries are used, and of which all that list them is known. */
const usedSecrets = perState((state: ProofState): ReadonlyMap<DeclaredSecret, UsedEntries> => {
  const used = new Map<DeclaredSecret, UsedEntries>();
  const unclear = new Set<DeclaredSecret>();
  for (const { listed, pod, keys, isKnown } of listedByOwner(state)) {
    const { declared, state: found, content }: ClusterSecret = listed.secret;
    if (!declared) continue;
    if (!isKnown || found !== 'read' || !isSeenWhole(state, pod.namespace)) unclear.add(declared);
    const known = used.get(declared) ?? { entries: entriesOf(content), keys: new Set<string>() };
    used.set(declared, known);
    for (const key of keys) known.keys.add(key);
  }
  return new Map([...used].filter(([secret, { keys }]) => keys.size > 0 && !unclear.has(secret)));
});

/** The entries that no image matches, but for those that give no more than one that is used, or nothing at all. */
function idleEntries({ entries, keys }: UsedEntries): DockerConfigEntry[] {
  const used = entries.filter(({ key }) => keys.has(key));
  return entries.filter(
    (entry) =>
      !keys.has(entry.key) &&
      !entry.blank &&
      !used.some((each) => sameCredential(each, entry)) &&
      keyRemarks(entry).every(({ code }) => code === 'docker-config-prefix'),
  );
}
