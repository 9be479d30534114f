import type { DeclaredSecret, Inventory } from '../inventory/workload.js';
import { compareText } from '../names/names.js';
import type { Need } from '../needs/need.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { copierOf } from '../reach/copier.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import { isCopied, isOnNodes, originalOf } from '../vocabulary/distributions.js';

/** A pull secret in a namespace, with the registries that are needed there. */
export interface SecretPlan {
  readonly namespace: string;
  readonly pullSecret: string;
  /** Names of registries, in the order of the pull secret. */
  readonly registries: readonly string[];
  /** False where nothing is written: source existing, declared by a manifest, or copied. */
  readonly write: boolean;
  /** What copies it into this namespace, as messages name it. */
  readonly copiedBy?: string;
}

/** The pull secrets of every namespace that needs them, and the source of each that is copied; none that nodes have. */
export function planSecrets(
  inventory: Inventory,
  cluster: ClusterModel,
  needs: readonly Need[],
): { plans: SecretPlan[]; problems: Problem[] } {
  const declared = new Map(inventory.secrets.map((secret) => [`${secret.namespace}/${secret.name}`, secret]));
  const plans = sourcePlans(cluster);
  const sources = new Set(plans.map(keyOf));
  const problems: Problem[] = [];
  for (const [key, { pullSecret, namespace, registries }] of byNamespace(needs)) {
    if (sources.has(key) || isOnNodes(pullSecret)) continue;
    const owner = declared.get(key);
    const isOwned = owner !== undefined && pullSecret.source.name !== 'existing';
    const copied = isCopied(pullSecret);
    // Of a copy it is said also where nothing needs it.
    if (isOwned && !copied) problems.push(declaredElsewhere(owner, key, pullSecret.name));
    plans.push({
      namespace,
      pullSecret: pullSecret.name,
      registries: pullSecret.registries
        .map((registry) => registry.name)
        .filter((name) => registries.has(name) || copied),
      write: pullSecret.source.name !== 'existing' && !copied && !isOwned,
      ...(copied && !isOwned && { copiedBy: copierOf(pullSecret) }),
    });
  }
  plans.sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.pullSecret, b.pullSecret));
  return { plans, problems };
}

/** The one Secret that others are copied from is there whether somebody needs it yet or not. */
function sourcePlans(cluster: ClusterModel): SecretPlan[] {
  return [...cluster.pullSecrets.values()].flatMap((pullSecret): SecretPlan[] => {
    const { name, registries } = pullSecret;
    const namespace = originalOf(pullSecret);
    if (namespace === undefined) return [];
    return [{ namespace, pullSecret: name, registries: registries.map((each) => each.name), write: true }];
  });
}

interface SecretNeeds {
  readonly namespace: string;
  readonly pullSecret: ClusterPullSecret;
  readonly registries: Set<string>;
}

function byNamespace(needs: readonly Need[]): Map<string, SecretNeeds> {
  const result = new Map<string, SecretNeeds>();
  for (const { namespace, pullSecret, registries } of needs) {
    const key = `${namespace}/${pullSecret.name}`;
    const known = result.get(key) ?? { namespace, pullSecret, registries: new Set<string>() };
    for (const registry of registries) known.registries.add(registry.name);
    result.set(key, known);
  }
  return result;
}

function keyOf({ namespace, pullSecret }: SecretPlan): string {
  return `${namespace}/${pullSecret}`;
}

function declaredElsewhere(owner: DeclaredSecret, key: string, pullSecret: string): Problem {
  return At.of(owner.place).find(
    'declared-elsewhere',
    words`${owner.kind} ${key} is declared by a manifest, so pull secret ${pullSecret} is not written there`,
  );
}
