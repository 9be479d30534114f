import type { Destination } from '../applied.js';
import type { Field } from '../field.js';
import type { KeptObject } from '../kept-object.js';
import { folderOf } from '../locations.js';
import { pathBelow } from '../repository-path.js';
import type { Trail } from '../trail.js';
import { substitution } from './post-build.js';
import { sourceRoot } from './source-ref.js';

/**
 * Follows a Kustomization of Flux: what it says goes into the kustomization of its folder. Objects that name no namespace
 * get none from it but by `targetNamespace`, which kustomize sets.
 *
 * @see https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_generator.go
 */
export function followKustomization(trail: Trail): void {
  const { object } = trail;
  const { spec } = object;
  const root = sourceRoot(trail, spec.get('sourceRef'), object);
  const substitute = substitution(trail);
  if (root === undefined || trail.missing.length > 0) return;
  const folder = folderOf(trail, spec.get('path'), root);
  if (folder === undefined) return;
  const around = changesOf(spec, folder, trail);
  trail.apply({
    rendering: {
      by: 'kustomize',
      folder,
      isFlux: true,
      ...(Object.keys(around).length > 0 && { around }),
      ...(substitute && { substitute }),
    },
    destination: remoteCluster(object),
    ...(!spec.get('decryption').isGiven && { refusesCiphertext: true }),
  });
}

/** The cluster that a kubeconfig leads to, by the name of the Secret or ConfigMap that holds it; else its own. */
export function remoteCluster({ spec, destination }: KeptObject): Destination {
  const kubeConfig = spec.get('kubeConfig');
  const name = kubeConfig.get('secretRef', 'name').text() ?? kubeConfig.get('configMapRef', 'name').text();
  return name === undefined ? destination : { name };
}

function changesOf(spec: Field, folder: string, { view }: Trail): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  const names = { namespace: 'targetNamespace', namePrefix: 'namePrefix', nameSuffix: 'nameSuffix' };
  for (const [key, field] of Object.entries(names)) {
    const text = spec.get(field).text();
    if (text !== undefined) changes[key] = text;
  }
  const isOptional = spec.get('ignoreMissingComponents').isTrue();
  const isThere = (component: string) => view.isFolder(pathBelow(folder, component) ?? '');
  const lists = {
    patches: spec
      .get('patches')
      .items()
      .map((patch) => patch.plain()),
    patchesStrategicMerge: spec
      .get('patchesStrategicMerge')
      .items()
      .map((patch) => JSON.stringify(patch.plain())),
    patchesJson6902: spec.get('patchesJson6902').items().map(jsonPatch),
    components: spec
      .get('components')
      .texts()
      .filter((component) => !isOptional || isThere(component)),
    images: spec
      .get('images')
      .items()
      .map((image) => image.plain()),
    labels: commonLabels(spec.get('commonMetadata', 'labels')),
  };
  for (const [key, list] of Object.entries(lists)) if (list.length > 0) changes[key] = list;
  return changes;
}

function jsonPatch(patch: Field): unknown {
  return { patch: JSON.stringify(patch.get('patch').plain()), target: patch.get('target').plain() };
}

/** Labels of every object, but not of its selectors and templates. Annotations say nothing about pulls. */
function commonLabels(labels: Field): unknown[] {
  return labels.entries().length === 0 ? [] : [{ pairs: Object.fromEntries(labels.textMap()) }];
}
