import type { ClusterModel } from '../model/vocabulary/cluster.js';
import { distributionOf, originalOf } from '../model/vocabulary/distributions.js';
import { patcherExcludeAnnotation } from '../model/vocabulary/patcher.js';
import { defaultSourceNamespace } from '../model/vocabulary/picks.js';
import type { MetadataSpec } from '../model/vocabulary/spec.js';
import type { ObjectDraft } from './written-object.js';

const podSecurity = 'pod-security.kubernetes.io/enforce';

/** Writes a Namespace, which is never pruned or deleted. */
export function namespaceObject(name: string, metadata: MetadataSpec): ObjectDraft {
  return { apiVersion: 'v1', kind: 'Namespace', name, role: 'namespace', ...metadata };
}

/** The namespaces of the source Secrets of patchers. */
export function patcherNamespaces({ pullSecrets }: ClusterModel): ReadonlySet<string> {
  return new Set(
    [...pullSecrets.values()].flatMap((each) => (distributionOf(each).skipAnnotation ? (originalOf(each) ?? []) : [])),
  );
}

/**
 * The labels and annotations of the Namespace of a patcher's source Secret: every patcher leaves it out, whatever its
 * settings say, because source and copies have the same name and the program would delete what it copies from. The
 * default namespace is for nothing else, so that its pods can be held to the strictest standard.
 */
export function patcherMetadata(name: string, labels: MetadataSpec['labels'] = {}): MetadataSpec {
  const isStrict = name === defaultSourceNamespace && labels[podSecurity] === undefined;
  return {
    labels: { ...labels, ...(isStrict && { [podSecurity]: 'restricted' }) },
    annotations: { [patcherExcludeAnnotation]: 'true' },
  };
}
