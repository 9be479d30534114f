import type { Tree } from './tree.js';

/** Prefixes of the names of annotations that matter to pulls; one of `kubectl` holds the values of a Secret. */
const prefixes = [
  'argocd.argoproj.io/',
  'cdk8s-image-pull/',
  'fluxcd.controlplane.io/',
  'helm.sh/',
  'kubernetes.io/',
  'kustomize.toolkit.fluxcd.io/',
  'openshift.io/',
  'reflector.v1.k8s.emberstack.com/',
  'replicator.v1.mittwald.de/',
  'sealedsecrets.bitnami.com/',
];

/** The annotations of an object, or of a template for one, that matter to pulls. */
export function keptAnnotations(object: Tree | undefined): { readonly annotations?: ReadonlyMap<string, string> } {
  const all = object?.get('metadata')?.get('annotations')?.entries() ?? [];
  const kept = all.filter(([key]) => prefixes.some((prefix) => key.startsWith(prefix)));
  return kept.length === 0 ? {} : { annotations: new Map(kept.map(([key, value]) => [key, value.string() ?? ''])) };
}
