import type { ApiObject } from 'cdk8s';
import { compareText } from '../model/names/names.js';

/** Kinds in the order in which a reader, and a plain `kubectl apply -f`, needs them; others follow by name. */
const kinds = ['Namespace', 'Secret', 'ExternalSecret', 'SealedSecret', 'ServiceAccount', 'RoleBinding'];

/** The objects of a file in a stable order: by kind, then name. */
export function inFileOrder(objects: readonly ApiObject[]): ApiObject[] {
  return [...objects].sort(
    (a, b) => rankOf(a) - rankOf(b) || compareText(a.kind, b.kind) || compareText(a.name, b.name),
  );
}

function rankOf(object: ApiObject): number {
  const rank = kinds.indexOf(object.kind);
  return rank < 0 ? kinds.length : rank;
}

/** What makes an object the same for the API server: group, kind, namespace and name. */
export function identityOf(object: ApiObject): string {
  return [object.apiGroup, object.kind, object.metadata.namespace ?? '', object.name].join('/');
}
