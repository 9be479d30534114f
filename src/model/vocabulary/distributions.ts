import type { AttachmentName } from './attachments.js';
import { cloneKinds, type KyvernoEngineName } from './engines.js';
import { type PatcherSettings, patcherExcludeAnnotation } from './patcher.js';

/** The names of all distributions. */
export const distributionNames = [
  'perNamespace',
  'clusterExternalSecret',
  'kyverno',
  'reflector',
  'replicator',
  'patcher',
  'globalPullSecret',
] as const;

export type DistributionName = (typeof distributionNames)[number];

/** How a pull secret reaches namespaces, options filled in. `original` is the namespace of the Secret that is copied. */
export type Distribution =
  | { readonly name: 'perNamespace' | 'clusterExternalSecret' | 'globalPullSecret' }
  | { readonly name: 'kyverno'; readonly original: string; readonly engine: KyvernoEngineName }
  | { readonly name: 'reflector' | 'replicator'; readonly original: string }
  | { readonly name: 'patcher'; readonly original: string; readonly settings: PatcherSettings };

/** The purpose of what copies: a policy clones, other objects copy. */
export type CopyPurpose = 'copy' | 'clone';

/** Facts of a distribution. */
export interface DistributionRow {
  /**
   * Who has the pull secret: namespaces by objects of their own, or by copies that something in the cluster makes; or
   * nodes.
   */
  readonly reach: 'objects' | 'copies' | 'nodes';
  /** The copier that brings it there, as messages name it. */
  readonly title: (delivery: string) => string;
  /** The scopes that it can be told: anything; labels and exact names; either names or labels; all but exact names. */
  readonly scope: 'any' | 'labels' | 'namesOrLabels' | 'allBut';
  /** Warning about a scope that is told as a label selector. */
  readonly selectorWarning?: string;
  /** The objects that copy, where there are any. */
  readonly delivery?: CopyDelivery;
  /** The attachment that it leaves no choice of. */
  readonly attachment?: Extract<AttachmentName, 'patcher' | 'node'>;
  /** The prefix of the annotations by which the original tells where it may be copied. */
  readonly annotationPrefix?: string;
  /** The annotation of a namespace that it leaves out, where its value is `true`. */
  readonly skipAnnotation?: string;
}

/** The objects that copy a pull secret, once per cluster. */
export interface CopyDelivery {
  readonly purpose: CopyPurpose;
  /** Undefined where the engine decides. */
  readonly kind?: string;
  /** True where its name becomes the value of a label. */
  readonly isLabel?: true;
}

/** The table of distributions. What writes their objects is in `objects/distributions`. */
export const distributions: Readonly<Record<DistributionName, DistributionRow>> = {
  perNamespace: { reach: 'objects', title: () => 'nothing', scope: 'any' },
  clusterExternalSecret: {
    reach: 'copies',
    title: (delivery) => `ClusterExternalSecret ${delivery}`,
    scope: 'labels',
    delivery: { purpose: 'copy', kind: 'ClusterExternalSecret' },
  },
  kyverno: {
    reach: 'copies',
    title: (delivery) => `policy ${delivery}`,
    scope: 'any',
    delivery: { purpose: 'clone', isLabel: true },
  },
  reflector: {
    reach: 'copies',
    title: () => 'reflector',
    scope: 'namesOrLabels',
    selectorWarning:
      'reflector reads label selectors since kubernetes-reflector#620 (2026); an older one copies nowhere',
    annotationPrefix: 'reflector.v1.k8s.emberstack.com/',
  },
  replicator: {
    reach: 'copies',
    title: () => 'kubernetes-replicator',
    scope: 'namesOrLabels',
    annotationPrefix: 'replicator.v1.mittwald.de/',
  },
  patcher: {
    reach: 'copies',
    title: () => 'imagepullsecret-patcher',
    scope: 'allBut',
    delivery: { purpose: 'copy', kind: 'Deployment', isLabel: true },
    attachment: 'patcher',
    skipAnnotation: patcherExcludeAnnotation,
  },
  globalPullSecret: { reach: 'nodes', title: () => 'the global pull secret', scope: 'any', attachment: 'node' },
};

/** A pull secret with its distribution. */
export interface Distributed {
  readonly distribution: Distribution;
}

/** Looks up the distribution of a pull secret. */
export function distributionOf({ distribution }: Distributed): DistributionRow {
  return distributions[distribution.name];
}

/** The namespace of the one Secret that others are copied from; undefined where there is none. */
export function originalOf({ distribution }: Distributed): string | undefined {
  return 'original' in distribution ? distribution.original : undefined;
}

/** The engine that clones, with distribution kyverno. */
export function cloneEngineOf({ distribution }: Distributed): KyvernoEngineName | undefined {
  return distribution.name === 'kyverno' ? distribution.engine : undefined;
}

/** The kind of the object that copies; undefined where none does. */
export function copyingKind(pullSecret: Distributed): string | undefined {
  const engine = cloneEngineOf(pullSecret);
  return engine ? cloneKinds[engine] : distributionOf(pullSecret).delivery?.kind;
}

/** True where something in the cluster puts a pull secret into namespaces, so that none has an object of its own. */
export function isCopied(pullSecret: Distributed): boolean {
  return distributionOf(pullSecret).reach === 'copies';
}

/** True where a pull secret is on every node, so that no namespace has it and no list names it. */
export function isOnNodes(pullSecret: Distributed): boolean {
  return distributionOf(pullSecret).reach === 'nodes';
}
