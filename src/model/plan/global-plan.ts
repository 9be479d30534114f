import type { DeclaredSecret, Inventory } from '../inventory/workload.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { type GlobalPullSecret, globalPullSecretOf } from '../vocabulary/global-pull-secret.js';

/** The global pull secret of a cluster, where the config describes it. */
export interface GlobalPullSecretPlan extends GlobalPullSecret {
  /** False where a manifest of the user declares it. */
  readonly write: boolean;
}

/** Plans the global pull secret (rule of ownership 1). */
export function planGlobalPullSecret(
  { secrets }: Pick<Inventory, 'secrets'>,
  cluster: ClusterModel,
): { plan: GlobalPullSecretPlan | undefined; problems: Problem[] } {
  const document = globalPullSecretOf(cluster);
  if (!document) return { plan: undefined, problems: [] };
  const owner = secrets.find(({ namespace, name }) => namespace === document.namespace && name === document.name);
  return {
    plan: { ...document, write: owner === undefined },
    problems: owner ? [declaredElsewhere(owner, document)] : [],
  };
}

function declaredElsewhere({ kind, place }: DeclaredSecret, { namespace, name }: GlobalPullSecret): Problem {
  return At.of(place).find(
    'declared-elsewhere',
    words`${kind} ${namespace}/${name} is declared by a manifest, so the global pull secret is not written`,
    'remove the manifest, or use source existing and leave globalPullSecret out',
  );
}
