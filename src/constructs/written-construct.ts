import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { identityOf, type WrittenObject } from '../objects/written-object.js';
import type { ClusterRecord } from './cluster-record.js';
import { ManifestObject } from './manifest-object.js';

/**
 * Makes the construct of an object that is written. cdk8s decides that it is there; the values of its fields come from
 * the plan of everything that was asked of the cluster by the time it is rendered.
 *
 * @param object the object as far as it is known now
 */
export function writtenConstruct(
  scope: Construct,
  id: string,
  record: ClusterRecord,
  object: WrittenObject,
): ApiObject {
  const { apiVersion, kind, metadata } = object;
  const identity = identityOf(object);
  const fields: Record<string, () => unknown> = {};
  for (const key in object.fields) fields[key] = () => (record.object(identity) ?? object).fields[key]?.();
  return new ManifestObject(scope, id, {
    apiVersion,
    kind,
    metadata,
    clusterScoped: metadata.namespace === undefined,
    fields,
  });
}
