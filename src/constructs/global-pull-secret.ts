import type { ApiObject } from 'cdk8s';
import { secretKinds } from '../model/inventory/declared-object.js';
import {
  type GlobalPullSecret,
  globalPullSecretFile,
  globalPullSecretOf,
} from '../model/vocabulary/global-pull-secret.js';
import { globalPullSecretObject } from '../objects/global-pull-secret.js';
import { stagePlace } from '../objects/namespace-places.js';
import { written } from '../objects/written-object.js';
import type { ClusterScope } from './scopes.js';
import { writtenConstruct } from './written-construct.js';

const id = 'Resource';

/**
 * Makes the object of the global pull secret, once it is known that there is one, and keeps the list of its entries. Its
 * namespace belongs to OpenShift and is never written.
 */
export function refreshGlobalPullSecret(cluster: ClusterScope): void {
  const model = cluster.model();
  const global = globalPullSecretOf(model);
  if (!global || isHeld(cluster, global)) return;
  const at = stagePlace(cluster, 'sources', globalPullSecretFile);
  const scope = cluster.chartOf(at);
  const object = written(globalPullSecretObject(model, global), at, model.gitops);
  const known = scope.node.tryFindChild(id) as ApiObject | undefined;
  if (!known) writtenConstruct(scope, id, cluster.record, object);
  else
    for (const [key, value] of Object.entries(object.metadata.annotations ?? {}))
      known.metadata.addAnnotation(key, value);
}

function isHeld({ foreign }: ClusterScope, { namespace, name }: GlobalPullSecret): boolean {
  return secretKinds.some((kind) => foreign.find(kind, namespace, name));
}
