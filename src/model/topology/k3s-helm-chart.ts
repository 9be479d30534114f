import { words } from '../problem/shown.js';
import type { Field } from './field.js';
import { elsewhere } from './locations.js';
import type { ChartSource, SetArgument, ValuesSource } from './rendering.js';
import type { Trail } from './trail.js';

/**
 * Follows a HelmChart of k3s and RKE2, with the HelmChartConfig of its name.
 *
 * @see https://docs.k3s.io/add-ons/helm
 */
export function followK3sHelmChart(trail: Trail): void {
  const { object } = trail;
  const { spec } = object;
  const chart = chartOf(trail);
  const { name, namespace } = object;
  const config = trail.find(
    { group: 'helm.cattle.io', kind: 'HelmChartConfig', name, ...(namespace !== undefined && { namespace }) },
    'optional',
    spec,
  );
  if (!chart || trail.missing.length > 0) return;
  for (const each of [spec, ...(config ? [config.spec] : [])]) sayUnread(trail, each);
  const target = spec.get('targetNamespace').text() ?? namespace;
  trail.apply({
    rendering: {
      by: 'helm',
      chart,
      release: name,
      namespace: target ?? 'default',
      values: [...ownValues(spec), ...(config ? ownValues(config.spec) : [])],
      set: setArguments(spec),
    },
    ...(target !== undefined && { namespace: target }),
    ...(spec.get('createNamespace').isTrue() &&
      target !== undefined && { creates: { name: target, labels: new Map(), isManaged: false } }),
  });
}

/** Values of the object come before those of its text, as the job of k3s lays them. */
function ownValues(spec: Field): ValuesSource[] {
  const values = spec.get('values');
  const text = spec.get('valuesContent').text();
  return [...(values.isMap ? [{ inline: values.plain() }] : []), ...(text === undefined ? [] : [{ text }])];
}

function setArguments(spec: Field): SetArgument[] {
  return spec
    .get('set')
    .entries()
    .flatMap(([name, value]) => {
      const flag = value.text() === undefined ? '--set' : '--set-string';
      return [{ flag, text: `${name}=${(value.scalar() ?? '').replace(/(?<!\\),/g, '\\,')}` } as const];
    });
}

function chartOf(trail: Trail): ChartSource | undefined {
  const { spec } = trail.object;
  const field = spec.get('chart');
  const chart = field.text();
  const repo = spec.get('repo').text();
  const stated = spec.get('version').scalar();
  const version = stated === undefined ? {} : { version: stated };
  if (chart === undefined || spec.get('chartContent').isGiven) {
    trail.say('engine-needed', field, 'holds its chart itself');
    return undefined;
  }
  if (repo !== undefined) return { name: chart, ...version, repository: repo };
  const [, repository, name] = /^(oci:\/\/.+)\/([^/]+)$/.exec(chart) ?? [];
  if (repository !== undefined && name !== undefined) return { name, ...version, repository };
  const [, folder, archive, packed] = /^(https?:\/\/.+)\/([^/]+?)-(v?\d[^/]*)\.tgz$/.exec(chart) ?? [];
  if (folder !== undefined && archive !== undefined && packed !== undefined)
    return { name: archive, version: packed, repository: folder };
  elsewhere(trail, field, chart);
  return undefined;
}

function sayUnread(trail: Trail, spec: Field): void {
  for (const secret of spec.get('valuesSecrets').items())
    trail.say(
      'values-unknown',
      secret,
      words`takes values from Secret ${secret.get('name').text() ?? ''}, which nobody reads here`,
      'keep what images, names and namespaces are made of in valuesContent',
    );
}
