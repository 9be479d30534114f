import { isByEntry, type SealedSecretCiphertext } from '../../model/sealing/sealed-secret.js';
import { scopeAnnotations } from '../../model/sealing/sealing-scope.js';
import type { ClusterModel, ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import type { SecretName } from '../../model/vocabulary/global-pull-secret.js';
import { sealedIn } from '../../model/vocabulary/sources.js';
import type { MetadataSpec } from '../../model/vocabulary/spec.js';
import { inKeyOrder } from '../delivery-object.js';
import { sealedDockerConfig } from './sealed-template.js';
import { mayBeOwned, secretMetadata } from './secret-metadata.js';
import type { SecretHome, SecretWriter } from './secret-writer.js';

/**
 * Writes the SealedSecret of a namespace: the ciphertext as it is kept in Git, under the metadata that this run gives. Of
 * entries that are sealed one by one those are placed that are needed.
 */
export const sealedSecret: SecretWriter = (cluster, pullSecret, home) => {
  const { namespace, isSource } = home;
  const sealed = sealedIn(pullSecret.source, cluster.name, namespace);
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    name: pullSecret.name,
    namespace,
    role: isSource ? 'sourceExternalSecret' : 'externalSecret',
    annotations: sealed && scopeAnnotations(sealed.scope),
    fields: { spec: () => sealed && inKeyOrder(sealedSpec(cluster, pullSecret, home, sealed)) },
  };
};

function sealedSpec(
  cluster: ClusterModel,
  pullSecret: ClusterPullSecret,
  { namespace, isSource, registries }: SecretHome,
  sealed: SealedSecretCiphertext,
): Record<string, unknown> {
  const head = { name: pullSecret.name, namespace };
  const metadata = secretMetadata(cluster, pullSecret, isSource);
  const isOwned = mayBeOwned(cluster, pullSecret, isSource);
  if (!isByEntry(sealed)) return wholeSealedSpec(head, sealed, metadata, isOwned);
  const placed = registries().filter(({ name }) => Object.hasOwn(sealed.encryptedData, name));
  return {
    encryptedData: Object.fromEntries(placed.map(({ name }) => [name, sealed.encryptedData[name]])),
    template: { ...templateOf(head, sealed, metadata, isOwned), data: sealedDockerConfig(placed) },
  };
}

/** The spec of a SealedSecret whose docker config is sealed as a whole; a template that it came with is kept. */
export function wholeSealedSpec(
  head: SecretName,
  sealed: SealedSecretCiphertext,
  metadata: MetadataSpec | undefined,
  isOwned: boolean,
): Record<string, unknown> {
  const { encryptedData, templateData } = sealed;
  const data = Object.keys(templateData).length > 0 ? { data: templateData } : {};
  return { encryptedData, template: { ...templateOf(head, sealed, metadata, isOwned), ...data } };
}

/**
 * The annotations of a Secret that stays when its SealedSecret goes. The controller writes another value of one that it
 * does not own only where an annotation says that it may (sealed-secrets, pkg/controller/controller.go, unseal).
 */
export const unownedAnnotations: Readonly<Record<string, string>> = {
  'sealedsecrets.bitnami.com/managed': 'true',
  'sealedsecrets.bitnami.com/skip-set-owner-references': 'true',
};

/** The Secret that the controller makes. */
function templateOf(
  { name, namespace }: SecretName,
  { scope }: SealedSecretCiphertext,
  { labels, annotations }: MetadataSpec = {},
  isOwned: boolean,
): Record<string, unknown> {
  const all = { ...annotations, ...scopeAnnotations(scope), ...(!isOwned && unownedAnnotations) };
  return {
    metadata: { ...(Object.keys(all).length > 0 && { annotations: all }), ...(labels && { labels }), name, namespace },
    type: 'kubernetes.io/dockerconfigjson',
  };
}
