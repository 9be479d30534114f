import { inertType, shownType } from '../docker-config/secret-manifest.js';
import type { DeclaredSecret } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { headText } from '../inventory/object-head.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';

/** A pull secret that is needed in a namespace. */
interface NeededSecret {
  readonly namespace: string;
  readonly pullSecret: string;
}

/**
 * Secrets of manifests that pods are to pull with and that the kubelet passes over because of their type: those on a
 * list of an account or pod, and those named like a pull secret that is needed there. What an ExternalSecret makes of a
 * Secret that others own is not known, so it must state the type.
 */
export function inertSecrets(inventory: Inventory, needed: readonly NeededSecret[]): Problem[] {
  const secrets = inventory.secrets.filter(
    (secret) => (secret.kind !== 'ExternalSecret' || secret.type !== undefined) && inertType(secret.type) !== undefined,
  );
  if (secrets.length === 0) return [];
  const users = usersOf(inventory);
  const wanted = new Set(needed.map(({ namespace, pullSecret }) => `${namespace}/${pullSecret}`));
  return secrets.flatMap((secret) => {
    const key = `${secret.namespace}/${secret.name}`;
    const user = users.get(key);
    return user !== undefined || wanted.has(key) ? [inertProblem(secret, user)] : [];
  });
}

/** Who lists a Secret, the first by name, by namespace and name of the Secret. */
function usersOf({ accounts, workloads }: Inventory): Map<string, string> {
  const users = new Map<string, string>();
  const add = (namespace: string | undefined, names: readonly string[], user: string) => {
    for (const name of names) if (!users.has(`${namespace}/${name}`)) users.set(`${namespace}/${name}`, user);
  };
  for (const account of accounts)
    add(account.namespace, account.pullSecrets, headText({ kind: 'ServiceAccount', ...account }));
  for (const workload of workloads) add(workload.namespace, workload.pullSecrets.names, headText(workload));
  return users;
}

function inertProblem(secret: DeclaredSecret, user: string | undefined): Problem {
  const type = inertType(secret.type) ?? '';
  const what = user === undefined ? 'it has the name of a pull secret that is needed there' : `${user} lists it`;
  return At.of(secret.place).find(
    'secret-type-inert',
    words`${headText(secret)} is of ${shownType(type)}, which the kubelet passes over without a word; ${what}`,
  );
}
