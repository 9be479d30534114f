import { words } from '../../problem/shown.js';
import type { Field } from '../field.js';
import type { KeptObject } from '../kept-object.js';
import { elsewhere, folderOf } from '../locations.js';
import type { ChartSource, ValuesSource } from '../rendering.js';
import { pathBelow } from '../repository-path.js';
import type { Trail } from '../trail.js';
import { referenceOf, sourceRoot, urlOf } from './source-ref.js';

/** A chart, and the files that take the place of its values.yaml. */
export interface ReleaseChart {
  readonly source: ChartSource;
  readonly values: readonly ValuesSource[];
}

/** The chart of a HelmRelease; undefined where it lies elsewhere, or did not come. */
export function chartOf(trail: Trail): ReleaseChart | undefined {
  const { spec } = trail.object;
  const ref = spec.get('chartRef');
  if (!ref.isGiven) return chartOfSpec(trail, spec.get('chart', 'spec'), trail.object);
  const reference = referenceOf(ref, trail.object);
  if (reference.kind === 'ExternalArtifact') {
    const folder = sourceRoot(trail, ref, trail.object);
    return folder === undefined ? undefined : { source: { folder }, values: [] };
  }
  const source = trail.find(reference, 'needed', ref);
  if (!source) return undefined;
  return source.kind === 'HelmChart' ? chartOfSpec(trail, source.spec, source) : artifactChart(trail, source, ref);
}

/** The chart that a HelmChart names, or the template of one in a HelmRelease. */
function chartOfSpec(trail: Trail, spec: Field, owner: KeptObject): ReleaseChart | undefined {
  const ref = spec.get('sourceRef');
  const name = spec.get('chart').text();
  if (name === undefined || !ref.isGiven) {
    trail.say('gitops-object-invalid', spec, 'names no chart', 'write spec.chart.spec with chart and sourceRef');
    return undefined;
  }
  if (ref.get('kind').text() !== 'HelmRepository') {
    const root = sourceRoot(trail, ref, owner);
    const folder = root === undefined ? undefined : folderOf(trail, spec.get('chart'), root);
    return folder === undefined ? undefined : withFiles(trail, { folder }, spec, root);
  }
  const repository = trail.find(referenceOf(ref, owner), 'needed', ref);
  if (!repository) return undefined;
  const version = spec.get('version').scalar();
  const isVersion = version !== undefined && version !== '*';
  return withFiles(trail, { name, ...(isVersion && { version }), repository: urlOf(repository) }, spec, undefined);
}

/** The chart of an OCIRepository: its address with the name of the chart at the end. */
function artifactChart(trail: Trail, { spec }: KeptObject, ref: Field): ReleaseChart | undefined {
  const url = (spec.get('url').text() ?? '').replace(/\/+$/, '');
  const root = trail.view.pathOfUrl(url);
  const folder = root === undefined ? undefined : pathBelow('.', root);
  if (folder !== undefined) return { source: { folder }, values: [] };
  const slash = url.lastIndexOf('/');
  if (!url.startsWith('oci://') || slash < 'oci://'.length) {
    elsewhere(trail, ref, url);
    return undefined;
  }
  const version = spec.get('ref', 'semver').scalar() ?? spec.get('ref', 'tag').scalar();
  return {
    source: { name: url.slice(slash + 1), ...(version !== undefined && { version }), repository: url.slice(0, slash) },
    values: [],
  };
}

/**
 * A chart with its `valuesFiles`. They take the place of values.yaml; helm lays files over it, which is the same where they
 * begin with it.
 */
function withFiles(trail: Trail, source: ChartSource, spec: Field, root: string | undefined): ReleaseChart | undefined {
  const own = 'folder' in source ? pathBelow(source.folder, 'values.yaml') : 'values.yaml';
  const files = spec.get('valuesFiles').items();
  const paths = files.map((file) => pathBelow(root ?? '.', file.text() ?? ''));
  if (files.length > 0 && paths[0] !== own)
    trail.say(
      'engine-needed',
      spec.get('valuesFiles'),
      'has valuesFiles without values.yaml, whose values count here nevertheless',
      'begin the list with the values.yaml of the chart, if its values are harmless',
    );
  const isOptional = spec.get('ignoreMissingValuesFiles').isTrue();
  const values = files.flatMap((field, index): ValuesSource[] => {
    const file = paths[index];
    if (file === undefined || file === own) return [];
    if (root === undefined) return [{ chartFile: file }];
    if (trail.view.isFile(file)) return [{ file }];
    if (!isOptional)
      trail.say('path-missing', field, words`takes values from ${file}, which is no file of this repository`);
    return [];
  });
  return { source, values };
}
