import { At } from '../../model/problem/at.js';
import { ImagePullError } from '../../model/problem/problem.js';
import { sentence, words } from '../../model/problem/shown.js';
import { type CopySelection, copySelection } from '../../model/reach/copy-selection.js';
import type { DeliveryPurpose } from '../../model/reach/delivery-names.js';
import { policyScope } from '../../model/reach/policy-scope.js';
import type { ClusterModel, ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { type DistributionName, distributionOf, originalOf } from '../../model/vocabulary/distributions.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { clusterExternalSecret } from './cluster-external-secret.js';
import { clonePolicies } from './kyverno.js';
import { patcherObjects } from './patcher.js';
import { reflectorAnnotations } from './reflector.js';
import { replicatorAnnotations } from './replicator.js';

/** The objects that bring a pull secret into namespaces, and what they are called after. */
export interface CopyingObjects {
  readonly purpose: DeliveryPurpose;
  readonly writer: DeliveryWriter;
}

const writers: Readonly<Partial<Record<DistributionName, DeliveryWriter>>> = {
  clusterExternalSecret,
  patcher: patcherObjects,
};

/**
 * Objects that copy a pull secret; undefined where the annotations of its source Secret are all there is, or nothing
 * copies.
 */
export function copyingObjects(pullSecret: ClusterPullSecret): CopyingObjects | undefined {
  const { distribution } = pullSecret;
  const purpose = distributionOf(pullSecret).delivery?.purpose;
  const writer = distribution.name === 'kyverno' ? clonePolicies[distribution.engine] : writers[distribution.name];
  return purpose && writer && { purpose, writer };
}

type Annotations = Readonly<Record<string, string>>;

const annotationWriters: Readonly<Partial<Record<DistributionName, (selection: CopySelection) => Annotations>>> = {
  reflector: reflectorAnnotations,
  replicator: replicatorAnnotations,
};

/**
 * The annotations by which a source Secret tells a tool where it is copied; empty where policies or programs know it
 * themselves. Throws `scope-refused` for a scope that `check` refuses: nothing may be copied further than that.
 */
export function copyAnnotations(pullSecret: ClusterPullSecret, { exclude }: ClusterModel): Annotations {
  const { name, distribution } = pullSecret;
  const original = originalOf(pullSecret);
  const write = annotationWriters[distribution.name];
  if (!write || original === undefined) return {};
  const selection = copySelection(policyScope(pullSecret, [], exclude), original);
  if (!('reason' in selection)) return write(selection);
  const { reason, hint } = selection;
  throw new ImagePullError(At.of().refuse('scope-refused', words`pull secret ${name}: ${reason}`, sentence(hint)));
}
