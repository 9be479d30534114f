import type { CreatedNamespace } from '../applied.js';
import type { Field } from '../field.js';
import type { Trail } from '../trail.js';
import { chartOf } from './chart.js';
import { remoteCluster } from './kustomization.js';
import { releaseValues } from './release-values.js';

/**
 * Follows a HelmRelease. Objects that name no namespace are in that of the release.
 *
 * @see https://github.com/fluxcd/helm-controller/blob/main/api/v2/helmrelease_types.go
 */
export function followHelmRelease(trail: Trail): void {
  const { object } = trail;
  const { spec } = object;
  const chart = chartOf(trail);
  const values = releaseValues(trail);
  if (!chart || trail.missing.length > 0) return;
  const target = spec.get('targetNamespace').text();
  const namespace = target ?? object.namespace;
  const postRender = postRenderers(spec);
  const creates = createdNamespace(spec, namespace);
  trail.apply({
    rendering: {
      by: 'helm',
      chart: chart.source,
      release: spec.get('releaseName').text() ?? (target === undefined ? object.name : `${target}-${object.name}`),
      namespace: namespace ?? 'default',
      values: [...chart.values, ...(values === undefined ? [] : [{ inline: values }])],
      ...(postRender.length > 0 && { postRender }),
    },
    ...(namespace !== undefined && { namespace }),
    destination: remoteCluster(object),
    ...(creates && { creates }),
  });
}

/** The kustomizations that are laid around what helm prints, in order. */
function postRenderers(spec: Field): Readonly<Record<string, unknown>>[] {
  return spec
    .get('postRenderers')
    .items()
    .map((renderer) => renderer.get('kustomize'))
    .filter((kustomize) => kustomize.isGiven)
    .map((kustomize) => kustomize.plain() as Readonly<Record<string, unknown>>);
}

function createdNamespace(spec: Field, name: string | undefined): CreatedNamespace | undefined {
  const isCreated = spec.get('install', 'createNamespace').isTrue();
  return isCreated && name !== undefined ? { name, labels: new Map(), isManaged: false } : undefined;
}
