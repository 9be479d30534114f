import { words } from '../../problem/shown.js';
import type { Field } from '../field.js';
import { elsewhere } from '../locations.js';
import type { Capabilities, ChartSource, HelmTemplate, SetArgument, ValuesSource } from '../rendering.js';
import type { Source } from './source.js';
import { valueFile, valueFiles } from './value-files.js';

/**
 * A chart as Argo CD renders it: files of values, then values of the Application, then its parameters.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/reposerver/repository/repository.go helmTemplate()
 */
export function helmTemplate(context: Source, chart: ChartSource): HelmTemplate {
  const { source, trail, namespace } = context;
  const helm = source.get('helm');
  const capabilities = statedCapabilities(helm);
  return {
    by: 'helm',
    chart,
    release: helm.get('releaseName').text() ?? trail.object.name,
    namespace: helm.get('namespace').text() ?? namespace ?? 'default',
    values: [...valueFiles(context), ...ownValues(helm)],
    set: [...parameters(helm, context), ...fileParameters(helm, context)],
    includeCrds: !helm.get('skipCrds').isTrue(),
    ...(capabilities && { capabilities }),
  };
}

/** Capabilities that the Application states in place of those of its cluster. */
function statedCapabilities(helm: Field): Capabilities | undefined {
  const kubeVersion = helm.get('kubeVersion').scalar();
  const apiVersions = helm.get('apiVersions').texts();
  if (kubeVersion === undefined && apiVersions.length === 0) return undefined;
  return { ...(kubeVersion !== undefined && { kubeVersion }), ...(apiVersions.length > 0 && { apiVersions }) };
}

/** `valuesObject`, or else the text of `values`. */
function ownValues(helm: Field): ValuesSource[] {
  const object = helm.get('valuesObject');
  if (object.isGiven) return [{ inline: object.plain() }];
  const text = helm.get('values').text();
  return text === undefined ? [] : [{ text }];
}

/** The last of several parameters with one name counts; those that are texts come after the others. */
function parameters(helm: Field, { substitute }: Source): SetArgument[] {
  const byFlag = { '--set': new Map<string, string>(), '--set-string': new Map<string, string>() };
  for (const parameter of helm.get('parameters').items()) {
    const flag = parameter.get('forceString').isTrue() ? '--set-string' : '--set';
    byFlag[flag].set(parameter.get('name').text() ?? '', parameter.get('value').scalar() ?? '');
  }
  return (['--set', '--set-string'] as const).flatMap((flag) =>
    [...byFlag[flag]].map(([name, value]) => ({ flag, text: `${name}=${setValue(substitute(value))}` })),
  );
}

/** A comma ends a value to helm, but not in a list in braces. */
function setValue(value: string): string {
  return value.startsWith('{') && value.endsWith('}') ? value : value.replace(/(?<!\\),/g, '\\,');
}

function fileParameters(helm: Field, context: Source): SetArgument[] {
  return helm
    .get('fileParameters')
    .items()
    .flatMap((parameter) => {
      const path = parameter.get('path');
      const found = valueFile(path.text() ?? '', context);
      const name = parameter.get('name').text() ?? '';
      if ('file' in found && context.trail.view.isFile(found.file))
        return [{ flag: '--set-file', name, file: found.file }];
      if ('url' in found) elsewhere(context.trail, path, found.url);
      else
        context.trail.say(
          'path-missing',
          path,
          words`sets ${name} to the text of ${path.text() ?? ''}, which is no file of this repository`,
        );
      return [];
    });
}
