import { withUnprinted } from '../docker-config/unprinted.js';
import type { DeclaredDelivery } from './declared-object.js';
import type { ObjectHead } from './object-head.js';
import type { PodObject } from './pod-object.js';
import { plainOf, type Tree } from './tree.js';

/** The last part of the repository of imagepullsecret-patcher, wherever it is mirrored to. */
const patcher = /(?:^|\/)imagepullsecret-patcher(?:[:@]|$)/;

/** The object of a program that copies pull secrets, as its settings tell it; undefined for any other one. */
export function copyingProgram(object: Tree, { head, pods }: PodObject): DeclaredDelivery | undefined {
  if (head.kind !== 'Deployment' || !pods.some(({ images }) => images.some(({ image }) => patcher.test(image))))
    return undefined;
  return deliveryOf(object, head);
}

/** An object that delivers pull secrets, whole: a credential may stand in it. */
export function deliveryOf(object: Tree, { apiVersion, kind, name, namespace, place }: ObjectHead): DeclaredDelivery {
  const plain = plainOf(object) as Record<string, unknown>;
  const delivery = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }), ...(place && { place }) };
  return withUnprinted(delivery, 'object', plain);
}
