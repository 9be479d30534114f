import type { ApiObject } from 'cdk8s';
import { ManifestObject } from '../../constructs/manifest-object.js';
import { metadataOf } from '../../constructs/metadata.js';
import type { NamespacedPullSecret } from '../../constructs/namespaced-pull-secret.js';
import { gitopsAnnotations } from '../../gitops/annotations.js';
import type { ObjectRole } from '../../gitops/object-role.js';
import { compareVersions } from '../../model/names/version.js';
import { hubOf } from '../../model/vocabulary/external-source.js';
import type { MetadataSpec } from '../../model/vocabulary/spec.js';
import { pullSecretExternal } from './external-secret.js';

/** An ExternalSecret that makes the pull secret of a namespace. */
export function externalSecret(at: NamespacedPullSecret): ApiObject {
  const { name, spec } = at.pullSecret;
  const { labels, annotations } = spec.metadata ?? {};
  return new ManifestObject(at.namespace, at.id, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: metadataOf({
      name,
      namespace: at.namespace.name,
      labels,
      annotations: { ...gitopsAnnotations(at.namespace.cluster.model().gitops, roleOf(at)), ...annotations },
    }),
    fields: {
      spec: () =>
        pullSecretExternal(at.pullSecret, {
          registries: at.registries,
          metadata: secretMetadata(at),
          isAlone: at.isSource,
          creationPolicy: ownsSecret(at) ? 'Owner' : 'Orphan',
        }),
    },
  });
}

function roleOf({ isSource, pullSecret }: NamespacedPullSecret): ObjectRole {
  if (isSource) return 'sourceExternalSecret';
  return hubOf(pullSecret.spec) ? 'hubCopy' : 'externalSecret';
}

/** Copies carry the metadata of the Secret that they are made from, so what protects them stands on it. */
function secretMetadata(at: NamespacedPullSecret): MetadataSpec | undefined {
  const { metadata } = at.pullSecret.spec;
  if (!at.isSource) return metadata;
  const protection = gitopsAnnotations(at.namespace.cluster.model().gitops, 'sourceSecret');
  return { ...metadata, annotations: { ...protection, ...metadata?.annotations, ...at.copyAnnotations } };
}

/**
 * Before Kyverno 1.19 a GeneratingPolicy clones ownerReferences too, which dangle in another namespace: the garbage
 * collector then takes the clone (kyverno#15444, kyverno#16716).
 */
function ownsSecret({ isSource, pullSecret, namespace }: NamespacedPullSecret): boolean {
  const { kyverno } = namespace.cluster.model().versions;
  return (
    !isSource ||
    pullSecret.model?.cloneEngine !== 'kyverno' ||
    (kyverno !== undefined && compareVersions(kyverno, '1.19') >= 0)
  );
}
