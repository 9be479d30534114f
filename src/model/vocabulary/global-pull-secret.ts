import { compareText } from '../names/names.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from './cluster.js';
import { isOnNodes } from './distributions.js';
import { ciphertextSourceOf, resolvedSource, type SealedSource, type SopsSource } from './sources.js';

/** The name and namespace of a Secret. */
export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/** The Secret that OpenShift puts on every node. openshift-docs, "Updating the global cluster pull secret". */
export const globalPullSecretName: SecretName = { namespace: 'openshift-config', name: 'pull-secret' };

/**
 * The Secret whose entries a hosted control plane adds to its own. hypershift,
 * docs/content/how-to/common/global-pull-secret.md.
 */
export const additionalPullSecretName: SecretName = { namespace: 'kube-system', name: 'additional-pull-secret' };

/** True for the name of a Secret that is on every node. */
export function isGlobalPullSecret({ namespace, name }: Partial<SecretName>): boolean {
  return [globalPullSecretName, additionalPullSecretName].some(
    (each) => each.namespace === namespace && each.name === name,
  );
}

/** The file of its object, in the folder of sources. Its namespace may have another file there. */
export const globalPullSecretFile = 'global-pull-secret';

/** An entry of ours in the global pull secret. */
export interface GlobalEntry {
  readonly pullSecret: ClusterPullSecret;
  readonly registry: Registry;
  readonly key: string;
}

/** The sources that can fill it. */
const globalSources = ['external', 'plaintext', 'sealed', 'sops'] as const;

export type GlobalSourceName = (typeof globalSources)[number];

/** The one object that a cluster's global pull secret is made by. */
export interface GlobalPullSecret extends SecretName {
  readonly hosted: boolean;
  readonly source: GlobalSourceName;
  /** The ciphertext that holds the whole of it. */
  readonly kept: SealedSource | SopsSource | undefined;
  /** Sorted by key. */
  readonly entries: readonly GlobalEntry[];
}

/** The global pull secret that is written for a cluster; undefined where none is. */
export function globalPullSecretOf(cluster: ClusterModel): GlobalPullSecret | undefined {
  const { current, hosted = false } = cluster.globalPullSecret ?? {};
  const merged = mergedPullSecrets(cluster);
  const stated = current && globalSources.find((name) => current[name] !== undefined);
  const source = stated ?? (hosted ? merged[0]?.source.name : undefined);
  if (cluster.platform !== 'openshift' || source === undefined || source === 'existing') return undefined;
  const { sealed, sops } = current ?? {};
  const kept = (sealed ?? sops) ? ciphertextSourceOf({ source: resolvedSource({ sealed, sops }) }) : undefined;
  const isKept = source === 'sealed' || source === 'sops';
  if (isKept && !kept) return undefined;
  const name = hosted ? additionalPullSecretName : globalPullSecretName;
  return { ...name, hosted, source, kept, entries: entriesOf(merged) };
}

/** Warning of what to know when a cluster's global pull secret is written for the first time. */
export function ownershipMoves(cluster: string, { namespace, name }: SecretName): Problem {
  return At.of({ path: ['clusters', cluster, 'globalPullSecret'] }).warn(
    'global-pull-secret-owned',
    words`cluster ${cluster}: from now on Git describes all of ${namespace}/${name}; what \`oc set data\`, OpenShift Cluster Manager and the like change there is overwritten`,
    'compare current with what the cluster has before it is applied',
  );
}

/** The pull secrets that are merged into the document; with source existing somebody else does it. */
export function mergedPullSecrets({ pullSecrets }: Pick<ClusterModel, 'pullSecrets'>): ClusterPullSecret[] {
  return [...pullSecrets.values()].filter((each) => isOnNodes(each) && each.source.name !== 'existing');
}

function entriesOf(pullSecrets: readonly ClusterPullSecret[]): GlobalEntry[] {
  return pullSecrets
    .flatMap((pullSecret) =>
      pullSecret.registries.map((registry) => ({ pullSecret, registry, key: registry.segmentKey })),
    )
    .sort((a, b) => compareText(a.key, b.key));
}
