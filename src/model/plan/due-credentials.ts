import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { dueOn } from '../sealing/due.js';
import { ciphertextSourceOf } from '../vocabulary/sources.js';
import type { AccessPlan } from './access-plan.js';

/** The day on which a credential of a plan expires. */
interface Expiry {
  readonly pullSecret: string;
  readonly expires: string;
}

/** Findings about credentials of a plan that expire soon, or have expired: by what is recorded and what the config says. */
export function dueCredentials(plan: AccessPlan, today: string): Problem[] {
  return expiries(plan).flatMap(({ pullSecret, expires }) => {
    const { rotateBefore } = plan.cluster.pullSecrets.get(pullSecret)?.spec ?? {};
    const due = dueOn(today, expires, rotateBefore);
    if (due === 'fine') return [];
    const what = due === 'expired' ? 'expired' : 'expires';
    return [
      At.of({ path: ['pullSecrets', pullSecret] }).find(
        'rotation-due',
        words`${plan.cluster.name}: the credential of pull secret ${pullSecret} ${what} on ${expires}`,
      ),
    ];
  });
}

/** The earliest day of each pull secret for which there is one. */
function expiries(plan: AccessPlan): Expiry[] {
  const { cluster, secrets } = plan;
  return [...cluster.pullSecrets.values()].flatMap((pullSecret) => {
    const source = ciphertextSourceOf(pullSecret);
    const homes = source ? secrets.filter((each) => each.pullSecret === pullSecret.name && each.isSealed) : [];
    const recorded = homes.flatMap(({ namespace, registries }) => {
      const found = source?.ciphertexts.find(cluster.name, namespace);
      if (!found || !('ciphertext' in found)) return [];
      return registries.flatMap((registry) => found.ciphertext.records.get(registry)?.expires ?? []);
    });
    const [expires] = [...recorded, ...(pullSecret.spec.expires === undefined ? [] : [pullSecret.spec.expires])].sort();
    return expires === undefined ? [] : [{ pullSecret: pullSecret.name, expires }];
  });
}
