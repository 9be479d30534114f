import type { ClusterModel } from '../../model/vocabulary/cluster.js';
import type { GlobalEntry, GlobalPullSecret } from '../../model/vocabulary/global-pull-secret.js';
import { defaultInterval, externalOf, type Store } from '../../model/vocabulary/sources.js';
import type { CurrentExternalSpec } from '../../model/vocabulary/spec.js';
import { dockerConfigTemplate, type TemplateEntry } from './docker-config-template.js';
import { prefixOf, type RemoteRef, remoteRefs, storedEntry } from './external-values.js';
import { mergeTemplate } from './merge-template.js';

const documentKey = 'current';

/**
 * The ExternalSecret that fills the global pull secret. With policy `Merge` the operator changes a Secret that is there,
 * makes none, and never owns it: it stays when the ExternalSecret goes (external-secrets,
 * pkg/controllers/externalsecret/externalsecret_controller.go). A template that fails changes nothing. The additional
 * pull secret of a hosted cluster is made where it is missing, and stays, too.
 */
export function globalExternalSpec({ globalPullSecret = {} }: ClusterModel, global: GlobalPullSecret): unknown {
  const current = globalPullSecret.current?.external;
  const read = global.entries.map(readEntry);
  const all = [...(current ? [{ store: current, refs: [documentRef(current)] }] : []), ...read];
  const entries = read.map(({ entry }) => entry);
  const main = storeRef(all[0]?.store);
  return {
    data: all.flatMap(({ store, refs }) => refs.map((ref) => ({ ...ref, ...sourceOf(storeRef(store), main) }))),
    refreshInterval: globalPullSecret.refreshInterval ?? defaultInterval,
    secretStoreRef: main,
    target: {
      creationPolicy: global.hosted ? 'Orphan' : 'Merge',
      deletionPolicy: 'Retain',
      name: global.name,
      template: {
        data: {
          '.dockerconfigjson': current ? mergeTemplate(documentKey, entries) : dockerConfigTemplate(entries, undefined),
        },
        engineVersion: 'v2',
        type: 'kubernetes.io/dockerconfigjson',
      },
    },
  };
}

/** An entry, and what it reads from which store. */
interface ReadEntry {
  readonly entry: TemplateEntry;
  readonly store: Store;
  readonly refs: readonly RemoteRef[];
}

function readEntry({ pullSecret, registry, key }: GlobalEntry): ReadEntry {
  const { from: store, email } = externalOf(pullSecret);
  if ('generator' in store) throw new RangeError(`pull secret ${pullSecret.name} is read from no store`);
  const entry = { ...storedEntry(registry, store, prefixOf(registry), key), email };
  return { entry, store, refs: remoteRefs(entry, registry, store) };
}

function documentRef({ key, property }: CurrentExternalSpec): RemoteRef {
  return { remoteRef: { key, ...(property !== undefined && { property }) }, secretKey: documentKey };
}

interface StoreRef {
  readonly kind: string;
  readonly name: string;
}

function storeRef(store: Pick<CurrentExternalSpec, 'store' | 'storeKind'> | undefined): StoreRef {
  return { kind: store?.storeKind ?? 'ClusterSecretStore', name: store?.store ?? '' };
}

/** Names the store of what is read from another one than most. */
function sourceOf(store: StoreRef, main: StoreRef): { sourceRef?: { storeRef: StoreRef } } {
  return store.kind === main.kind && store.name === main.name ? {} : { sourceRef: { storeRef: store } };
}
