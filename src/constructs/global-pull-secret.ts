import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { gitopsAnnotations } from '../gitops/annotations.js';
import { entriesAnnotation } from '../model/retire/former.js';
import {
  type GlobalPullSecret,
  globalPullSecretFile,
  globalPullSecretOf,
} from '../model/vocabulary/global-pull-secret.js';
import { globalExternalSpec } from '../objects/sources/global-external.js';
import { globalPlaintextData } from '../objects/sources/global-plaintext.js';
import type { Cluster } from './cluster.js';
import { ManifestObject } from './manifest-object.js';
import { metadataOf } from './metadata.js';

const id = 'Resource';

/**
 * Makes the object of the global pull secret, once it is known that there is one, and keeps the list of its entries. Its
 * namespace belongs to OpenShift and is never written.
 *
 * @returns undefined where the cluster describes none, or where the app declares it elsewhere
 */
export function refreshGlobalPullSecret(cluster: Cluster): ApiObject | undefined {
  const global = globalPullSecretOf(cluster.model());
  if (!global || isHeld(cluster, global)) return undefined;
  const scope = globalPullSecretScope(cluster);
  const object = (scope.node.tryFindChild(id) as ApiObject | undefined) ?? objectOf(cluster, scope, global);
  if (global.entries.length > 0) object.metadata.addAnnotation(entriesAnnotation, entriesText(global));
  return object;
}

/** Takes the object back, where another stands for it. */
export function withoutGlobalPullSecret(cluster: Cluster): void {
  globalPullSecretScope(cluster).node.tryRemoveChild(id);
}

/** Where the object of the global pull secret is a child. */
export function globalPullSecretScope(cluster: Cluster): Construct {
  return cluster.chart('sources', globalPullSecretFile);
}

function objectOf(cluster: Cluster, scope: Construct, { namespace, name, source }: GlobalPullSecret): ApiObject {
  const isExternal = source === 'external';
  // Pull secrets that are made later go into it, too.
  const latest = () => globalPullSecretOf(cluster.model()) as GlobalPullSecret;
  return new ManifestObject(scope, id, {
    ...(isExternal
      ? { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' }
      : { apiVersion: 'v1', kind: 'Secret' }),
    metadata: metadataOf({
      name,
      namespace,
      annotations: gitopsAnnotations(cluster.model().gitops, isExternal ? 'globalExternalSecret' : 'globalSecret'),
    }),
    fields: isExternal
      ? { spec: () => globalExternalSpec(cluster.model(), latest()) }
      : {
          data: () => globalPlaintextData(cluster.model(), latest()),
          type: () => 'kubernetes.io/dockerconfigjson',
        },
  });
}

function isHeld({ foreign }: Cluster, { namespace, name }: GlobalPullSecret): boolean {
  return ['Secret', 'ExternalSecret', 'SealedSecret'].some((kind) => foreign.find(kind, namespace, name));
}

function entriesText({ entries }: GlobalPullSecret): string {
  return entries.map(({ pullSecret, key }) => `${pullSecret.name}=${key}`).join(' ');
}
