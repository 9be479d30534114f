import type { DeliveryPurpose } from '../../model/policies/delivery-names.js';
import type { ClusterPullSecret } from '../../model/spec/cluster.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { clonePolicies } from './kyverno.js';

/** The objects that bring a pull secret into namespaces, and what they are called after. */
export interface CopyingObjects {
  readonly purpose: DeliveryPurpose;
  readonly writer: DeliveryWriter;
}

/** What copies a pull secret; undefined where the annotations of its source Secret are all there is, or nothing copies. */
export function copyingObjects({ cloneEngine }: ClusterPullSecret): CopyingObjects | undefined {
  return cloneEngine && { purpose: 'clone', writer: clonePolicies[cloneEngine] };
}
