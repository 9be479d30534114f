import { entriesAnnotation } from '../model/retire/former.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import type { GlobalPullSecret } from '../model/vocabulary/global-pull-secret.js';
import { globalExternalSpec } from './sources/global-external.js';
import { globalPlaintextData } from './sources/global-plaintext.js';
import type { ObjectDraft } from './written-object.js';

/** Writes the object that makes the pull secret of every node. Its namespace belongs to OpenShift and is never written. */
export function globalPullSecretObject(cluster: ClusterModel, global: GlobalPullSecret): ObjectDraft {
  const { namespace, name, entries } = global;
  const annotations = entries.length > 0 ? { [entriesAnnotation]: entriesText(global) } : undefined;
  return global.source === 'external'
    ? {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        name,
        namespace,
        role: 'globalExternalSecret',
        annotations,
        fields: { spec: () => globalExternalSpec(cluster, global) },
      }
    : {
        apiVersion: 'v1',
        kind: 'Secret',
        name,
        namespace,
        role: 'globalSecret',
        annotations,
        fields: {
          data: () => globalPlaintextData(cluster, global),
          type: () => 'kubernetes.io/dockerconfigjson',
        },
      };
}

function entriesText({ entries }: GlobalPullSecret): string {
  return entries.map(({ pullSecret, key }) => `${pullSecret.name}=${key}`).join(' ');
}
