import type { DeclaredSecret } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { isFoundByCrio } from '../keyring/crio-lookup.js';
import { compareText } from '../names/names.js';
import { isReadBySegments, type Need } from '../needs/need.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { copierOf } from '../reach/copier.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import { isCopied, isOnNodes, originalOf } from '../vocabulary/distributions.js';
import { ciphertextSourceOf } from '../vocabulary/sources.js';
import { KeptCiphertexts, type PlannedCiphertext } from './kept-ciphertexts.js';

/** A pull secret in a namespace, with the registries that are needed there. */
export interface SecretPlan {
  readonly namespace: string;
  readonly pullSecret: string;
  /** Names of registries, in the order of the pull secret. */
  readonly registries: readonly string[];
  /** False where nothing is written: source existing, declared by a manifest, copied, or without its ciphertext. */
  readonly write: boolean;
  /** Its ciphertext. @default - none is kept in Git for it */
  readonly sealed?: PlannedCiphertext['sealed'];
  /** The copier that brings it into this namespace, as messages name it. */
  readonly copiedBy?: string;
  /**
   * True where containers/image reads it, so that no key ends in a slash.
   * @default false
   */
  readonly bySegments?: true;
}

/** The pull secrets of every namespace that needs them, and the source of each that is copied; none that nodes have. */
export function planSecrets(
  inventory: Inventory,
  cluster: ClusterModel,
  needs: readonly Need[],
): { plans: SecretPlan[]; problems: Problem[] } {
  const declared = new Map(inventory.secrets.map((secret) => [`${secret.namespace}/${secret.name}`, secret]));
  const kept = new KeptCiphertexts(cluster);
  const plans = sourcePlans(cluster, kept);
  const sources = new Set(plans.map(keyOf));
  const problems: Problem[] = [];
  for (const [key, { pullSecret, namespace, registries, bySegments }] of byNamespace(needs)) {
    if (isOnNodes(pullSecret)) continue;
    const owner = declared.get(key);
    const isOwned = owner !== undefined && pullSecret.source.name !== 'existing';
    const copied = isCopied(pullSecret);
    if (!isOwned) problems.push(...bySegments.flatMap((need) => unreadKeys(need, copied)));
    if (sources.has(key)) continue;
    // Of a copy it is said also where nothing needs it.
    if (isOwned && !copied) problems.push(declaredElsewhere(owner, key, pullSecret.name));
    const wanted = pullSecret.registries.filter(({ name }) => registries.has(name) || copied);
    const write = pullSecret.source.name !== 'existing' && !copied && !isOwned;
    const isBySegments = bySegments.length > 0 && !copied;
    plans.push({
      namespace,
      pullSecret: pullSecret.name,
      registries: wanted.map((registry) => registry.name),
      ...(write ? writtenSecret(kept, pullSecret, namespace, isBySegments ? segments(wanted) : wanted) : { write }),
      ...(copied && !isOwned && { copiedBy: copierOf(pullSecret) }),
      ...(isBySegments && { bySegments: true }),
    });
  }
  plans.sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.pullSecret, b.pullSecret));
  return { plans, problems: [...problems, ...kept.problems()] };
}

/** Whether a pull secret that this package makes in a namespace can be written. */
export function writtenSecret(
  kept: KeptCiphertexts,
  pullSecret: ClusterPullSecret,
  namespace: string,
  registries: readonly Registry[],
): Pick<SecretPlan, 'write' | 'sealed'> {
  return ciphertextSourceOf(pullSecret) ? kept.planned({ pullSecret, namespace, registries }) : { write: true };
}

function segments(registries: readonly Registry[]): Registry[] {
  return registries.map((registry) => registry.bySegments());
}

/** The one Secret that others are copied from is there whether somebody needs it yet or not. */
function sourcePlans(cluster: ClusterModel, kept: KeptCiphertexts): SecretPlan[] {
  return [...cluster.pullSecrets.values()].flatMap((pullSecret): SecretPlan[] => {
    const { name, registries } = pullSecret;
    const namespace = originalOf(pullSecret);
    if (namespace === undefined) return [];
    const names = registries.map((each) => each.name);
    return [
      { namespace, pullSecret: name, registries: names, ...writtenSecret(kept, pullSecret, namespace, registries) },
    ];
  });
}

interface SecretNeeds {
  readonly namespace: string;
  readonly pullSecret: ClusterPullSecret;
  readonly registries: Set<string>;
  /** The needs of what containers/image reads. */
  readonly bySegments: Need[];
}

function byNamespace(needs: readonly Need[]): Map<string, SecretNeeds> {
  const result = new Map<string, SecretNeeds>();
  for (const need of needs) {
    const { namespace, pullSecret, registries } = need;
    const key = `${namespace}/${pullSecret.name}`;
    const known = result.get(key) ?? { namespace, pullSecret, registries: new Set<string>(), bySegments: [] };
    for (const registry of registries) known.registries.add(registry.name);
    if (isReadBySegments(need)) known.bySegments.push(need);
    result.set(key, known);
  }
  return result;
}

function keyOf({ namespace, pullSecret }: SecretPlan): string {
  return `${namespace}/${pullSecret}`;
}

/**
 * The keys of a need that containers/image would not match: those of copies, which all namespaces share, and such as
 * the spec names.
 */
function unreadKeys({ pullSecret, namespace, registries, why }: Need, copied: boolean): Problem[] {
  // Nobody knows the keys of a Secret that somebody else makes.
  if (pullSecret.source.name === 'existing') return [];
  return registries.flatMap((registry) => {
    const key = copied ? registry.key : registry.segmentKey;
    if (isFoundByCrio(key, `${registry.repository}/image`)) return [];
    const at = 'byHand' in why ? (why.byHand.length > 0 ? { path: why.byHand } : undefined) : why.image.place;
    return At.of(at).find(
      'key-not-for-builds',
      words`pull secret ${pullSecret.name} of namespace ${namespace}: a build does not match its key ${key}`,
      words`registries.${registry.name}.key: ${registry.repository}`,
    );
  });
}

function declaredElsewhere(owner: DeclaredSecret, key: string, pullSecret: string): Problem {
  return At.of(owner.place).find(
    'declared-elsewhere',
    words`${owner.kind} ${key} is declared by a manifest, so pull secret ${pullSecret} is not written there`,
  );
}
