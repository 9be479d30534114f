import type { Field } from '../field.js';
import type { KustomizeBuild } from '../rendering.js';
import { pathBelow } from '../repository-path.js';
import { kustomizeImage } from './kustomize-image.js';
import type { Source } from './source.js';

/**
 * A folder as Argo CD builds it with kustomize: `kustomize edit` writes what the Application says into its kustomization.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/util/kustomize/kustomize.go Build()
 */
export function kustomizeBuild(context: Source, folder: string): KustomizeBuild {
  const around = changesOf(context, folder);
  return { by: 'kustomize', folder, ...(Object.keys(around).length > 0 && { around }) };
}

function changesOf({ source, trail, substitute }: Source, folder: string): Record<string, unknown> {
  const kustomize = source.get('kustomize');
  const changes: Record<string, unknown> = {};
  for (const key of ['namePrefix', 'nameSuffix', 'namespace']) {
    const text = kustomize.get(key).text();
    if (text !== undefined) changes[key] = text;
  }
  const put = (key: string, list: readonly unknown[]) => {
    if (list.length > 0) changes[key] = list;
  };
  put(
    'images',
    kustomize
      .get('images')
      .texts()
      .map((image) => kustomizeImage(substitute(image))),
  );
  put('replicas', kustomize.get('replicas').items().map(replicaOf));
  put('labels', labelsOf(kustomize, substitute));
  put(
    'patches',
    kustomize
      .get('patches')
      .items()
      .map((patch) => patch.plain()),
  );
  const isOptional = kustomize.get('ignoreMissingComponents').isTrue();
  const isThere = (component: string) => trail.view.isFolder(pathBelow(folder, component) ?? '');
  put(
    'components',
    kustomize
      .get('components')
      .texts()
      .filter((component) => !isOptional || isThere(component)),
  );
  const annotations = kustomize.get('commonAnnotations').textMap();
  const isSubstituted = kustomize.get('commonAnnotationsEnvsubst').isTrue();
  if (annotations.size > 0)
    changes.commonAnnotations = Object.fromEntries(
      [...annotations].map(([key, value]) => [key, isSubstituted ? substitute(value) : value]),
    );
  return changes;
}

function replicaOf(replica: Field): unknown {
  return { name: replica.get('name').text(), count: Number(replica.get('count').scalar()) };
}

/** `commonLabels` as a kustomization has them: in selectors and templates, unless they are kept out. */
function labelsOf(kustomize: Field, substitute: (text: string) => string): unknown[] {
  const labels = kustomize.get('commonLabels').textMap();
  if (labels.size === 0) return [];
  const pairs = Object.fromEntries([...labels].map(([key, value]) => [key, substitute(value)]));
  if (!kustomize.get('labelWithoutSelector').isTrue()) return [{ pairs, includeSelectors: true }];
  return [{ pairs, ...(kustomize.get('labelIncludeTemplates').isTrue() && { includeTemplates: true }) }];
}
