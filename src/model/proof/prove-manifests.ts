import { InventoryBuilder } from '../inventory/inventory.js';
import { takeObjects } from '../inventory/listed-objects.js';
import type { PodKind } from '../inventory/pod-kind.js';
import { PodKindIndex, podKindOf } from '../inventory/pod-kind-index.js';
import { plainTree } from '../inventory/tree.js';
import { unseenFindings } from '../needs/unseen-findings.js';
import type { Problem } from '../problem/problem.js';
import type { ImagePullSpec } from '../vocabulary/spec.js';
import { proveCluster } from './prove.js';
import { nothingSeen, provenCluster, unnamedCluster } from './proven-cluster.js';
import type { ProvenImage } from './verdict.js';

/** Things that {@link prove} cannot read off manifests. */
export interface ProveOptions {
  /**
   * The registries, and the pull secrets that somebody else makes: `cluster.spec()` of a `Cluster`, or an image-pull.yaml.
   * @default - manifests alone
   */
  readonly spec?: ImagePullSpec;
  /** The cluster of the spec that the manifests are of. @default - its first */
  readonly cluster?: string;
  /** The namespace of objects that name none. @default - one that has no name */
  readonly namespace?: string;
}

/** The answer of {@link prove}. */
export interface ManifestProof {
  /** Every image of every container, with its verdict and with what the kubelet tries for it. */
  readonly images: readonly ProvenImage[];
  /** Everything that is wrong, or worth knowing. Never holds a secret value. */
  readonly findings: readonly Problem[];
}

/**
 * Proves which credentials the kubelet will be offered for every image of manifests, and says what is wrong. Pure: no
 * cluster, no registry and no file is asked.
 *
 * Lists are taken apart. What was not seen is a finding, too: an object that is none, one that may hold images and is not
 * understood, manifests without any pod.
 *
 * @param manifests plain objects, as `Testing.synth(chart)` and parsers of YAML give them
 *
 * @example
 * ```ts
 * import { prove } from 'cdk8s-image-pull/model';
 *
 * const { images, findings } = prove([
 *   {
 *     apiVersion: 'v1',
 *     kind: 'Pod',
 *     metadata: { name: 'web', namespace: 'team-a' },
 *     spec: { containers: [{ name: 'web', image: 'registry.k8s.io/pause:3.10' }] },
 *   },
 * ]);
 *
 * if (images[0]?.verdict !== 'anonymous') throw new Error('registry.k8s.io is public');
 * if (findings.length > 0) throw new Error('nothing is wrong with it');
 * ```
 */
export function prove(manifests: readonly unknown[], options: ProveOptions = {}): ManifestProof {
  const { spec = { version: 1, clusters: { [unnamedCluster]: {} } }, namespace } = options;
  const name = options.cluster ?? Object.keys(spec.clusters)[0] ?? unnamedCluster;
  const { kinds, problems } = podKindsOf(spec);
  const builder = new InventoryBuilder(new PodKindIndex(kinds));
  const context = { keepSecretData: true, ...(namespace !== undefined && { namespace }) };
  for (const manifest of manifests)
    problems.push(...takeObjects(plainTree(manifest), (object, hint) => builder.add(object, { ...hint, ...context })));
  const inventory = builder.build();
  const cluster = provenCluster(spec, name, inventory);
  const { images, findings } = proveCluster({ inventory, cluster });
  return {
    images,
    findings: [...problems, ...unseenFindings(inventory, cluster), ...nothingSeen(name, inventory), ...findings],
  };
}

function podKindsOf({ podKinds = [] }: ImagePullSpec): { kinds: PodKind[]; problems: Problem[] } {
  const read = podKinds.map((spec, index) => podKindOf(spec, ['podKinds', index]));
  return {
    kinds: read.flatMap(({ kind }) => kind ?? []),
    problems: read.flatMap(({ problems }) => problems),
  };
}
