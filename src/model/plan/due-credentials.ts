import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { Ciphertext } from '../sealing/ciphertext.js';
import { dueOn } from '../sealing/due.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { globalPullSecretOf } from '../vocabulary/global-pull-secret.js';
import { ciphertextSourceOf } from '../vocabulary/sources.js';

/** The day on which a credential expires. */
interface Expiry {
  readonly pullSecret: string;
  readonly expires: string;
}

/**
 * Problems about credentials of a cluster that expire soon, or have expired: by what is recorded beside their ciphertext, and
 * by what the config says.
 *
 * @param namespacesOf the namespaces for which there is ciphertext of a pull secret
 */
export function dueCredentials(
  cluster: ClusterModel,
  namespacesOf: (pullSecret: string) => readonly string[],
  today: string,
): Problem[] {
  const recorded = [...ownDays(cluster, namespacesOf), ...globalDays(cluster)];
  return [...cluster.pullSecrets.values()].flatMap(({ name, spec }) => {
    const days = recorded.filter(({ pullSecret }) => pullSecret === name).map(({ expires }) => expires);
    const [expires] = [...days, ...(spec.expires === undefined ? [] : [spec.expires])].sort();
    return expires === undefined ? [] : dueProblem(cluster, { pullSecret: name, expires }, today);
  });
}

function dueProblem({ name, pullSecrets }: ClusterModel, { pullSecret, expires }: Expiry, today: string): Problem[] {
  const at = At.of({ path: ['pullSecrets', pullSecret] });
  switch (dueOn(today, expires, pullSecrets.get(pullSecret)?.spec.rotateBefore)) {
    case 'fine':
      return [];
    case 'due':
      return [
        at.warn('rotation-due', words`${name}: the credential of pull secret ${pullSecret} expires on ${expires}`),
      ];
    case 'expired':
      return [
        at.find('rotation-overdue', words`${name}: the credential of pull secret ${pullSecret} expired on ${expires}`),
      ];
  }
}

/** The days of entries that are kept as ciphertext. */
function ownDays(cluster: ClusterModel, namespacesOf: (pullSecret: string) => readonly string[]): Expiry[] {
  return [...cluster.pullSecrets.values()].flatMap((pullSecret) => {
    const source = ciphertextSourceOf(pullSecret);
    const found = source
      ? namespacesOf(pullSecret.name).map((namespace) => source.ciphertexts.find(cluster.name, namespace))
      : [];
    const names = new Set(pullSecret.registries.map(({ name }) => name));
    return found.flatMap((each) =>
      each && 'ciphertext' in each
        ? daysIn(each.ciphertext)
            .filter(({ entry }) => names.has(entry))
            .map(({ expires }) => ({ pullSecret: pullSecret.name, expires }))
        : [],
    );
  });
}

/** The days of our entries in the global pull secret. */
function globalDays(cluster: ClusterModel): Expiry[] {
  const { kept, namespace = '', entries = [] } = globalPullSecretOf(cluster) ?? {};
  const found = kept?.ciphertexts.find(cluster.name, namespace);
  if (!found || !('ciphertext' in found)) return [];
  const days = daysIn(found.ciphertext);
  return entries.flatMap(({ registry, pullSecret }) =>
    days
      .filter(({ entry }) => entry === registry.name)
      .map(({ expires }) => ({ pullSecret: pullSecret.name, expires })),
  );
}

function daysIn({ records }: Ciphertext): { readonly entry: string; readonly expires: string }[] {
  return [...records].flatMap(([entry, { expires }]) => (expires === undefined ? [] : [{ entry, expires }]));
}
