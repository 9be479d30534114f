import { imageCondition } from '../../model/reach/image-condition.js';
import type { DeliveryContext } from '../delivery-object.js';
import { celAny } from './cel.js';
import type { CelRule } from './cel-rule.js';

/**
 * At the creation of a pod, because its list cannot be changed later. Its service account's list has been copied by then
 * (kubernetes, plugin/pkg/admission/serviceaccount runs before policies), so that appending takes nothing away.
 */
export function celPods({ cluster, pullSecret }: DeliveryContext): CelRule {
  return {
    resource: 'pods',
    operations: ['CREATE'],
    conditions: [{ name: 'pulls-from-registry', expression: celAny(images, imageCondition(cluster, pullSecret)) }],
    list: 'spec.imagePullSecrets',
  };
}

/** Ephemeral containers come later, when the list is fixed. */
const images = [
  '(object.spec.?containers.orValue([]).map(c, c.?image.orValue(""))',
  ' + object.spec.?initContainers.orValue([]).map(c, c.?image.orValue(""))',
  ' + object.spec.?volumes.orValue([]).map(v, v.?image.?reference.orValue("")))',
].join('');
