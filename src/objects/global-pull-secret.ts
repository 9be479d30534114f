import { entriesAnnotation } from '../model/retire/former.js';
import { scopeAnnotations } from '../model/sealing/sealing-scope.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import type { GlobalPullSecret, GlobalSourceName } from '../model/vocabulary/global-pull-secret.js';
import { sealedIn, sopsIn } from '../model/vocabulary/sources.js';
import { inKeyOrder } from './delivery-object.js';
import { globalExternalSpec } from './sources/global-external.js';
import { globalPlaintextData } from './sources/global-plaintext.js';
import { wholeSealedSpec } from './sources/sealed.js';
import { sopsFields } from './sources/sops.js';
import type { ObjectDraft } from './written-object.js';

/** Writes the object that makes the pull secret of every node. Its namespace belongs to OpenShift and is never written. */
export function globalPullSecretObject(cluster: ClusterModel, global: GlobalPullSecret): ObjectDraft {
  const { namespace, name, entries } = global;
  const annotations = entries.length > 0 ? { [entriesAnnotation]: entriesText(global) } : undefined;
  const draft = writers[global.source](cluster, global);
  return {
    ...draft,
    name,
    namespace,
    annotations: draft.annotations || annotations ? { ...draft.annotations, ...annotations } : undefined,
  };
}

type Writer = (cluster: ClusterModel, global: GlobalPullSecret) => Omit<ObjectDraft, 'name' | 'namespace'>;

const writers: Readonly<Record<GlobalSourceName, Writer>> = {
  external: (cluster, global) => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    role: 'globalExternalSecret',
    fields: { spec: () => globalExternalSpec(cluster, global) },
  }),
  sealed: (cluster, global) => {
    const sealed = global.kept && sealedIn(global.kept, cluster.name, global.namespace);
    return {
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      role: 'globalExternalSecret',
      annotations: sealed && scopeAnnotations(sealed.scope),
      fields: { spec: () => sealed && inKeyOrder(wholeSealedSpec(global, sealed, undefined, false)) },
    };
  },
  sops: (cluster, { kept, namespace }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    role: 'globalSecret',
    fields: sopsFields(kept && sopsIn(kept, cluster.name, namespace)),
  }),
  plaintext: (cluster, global) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    role: 'globalSecret',
    fields: {
      data: () => globalPlaintextData(cluster, global),
      type: () => 'kubernetes.io/dockerconfigjson',
    },
  }),
};

function entriesText({ entries }: GlobalPullSecret): string {
  return entries.map(({ pullSecret, key }) => `${pullSecret.name}=${key}`).join(' ');
}
