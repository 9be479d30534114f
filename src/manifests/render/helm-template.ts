import path from 'node:path';
import { plainTree } from '../../model/inventory/tree.js';
import { At } from '../../model/problem/at.js';
import type { Problem } from '../../model/problem/problem.js';
import { type Words, words } from '../../model/problem/shown.js';
import type { HelmTemplate, SetArgument, ValuesSource } from '../../model/topology/rendering.js';
import { type ChartStore, chartIn, type FoundChart, type LackingChart } from './chart-store.js';
import { namingFields } from './kustomization-fields.js';
import { namedIn } from './kustomization-node.js';
import { isInlineText } from './kustomize-configuration.js';
import type { MissingChart } from './outcome.js';
import { packedFile } from './packed-file.js';
import type { FurtherCall, Prepared } from './prepared.js';
import type { RepositoryFiles } from './repository-files.js';
import { writePrivate } from './scratch.js';

/** Looks for the chart and the values of a release, and prepares `helm template`. */
export function prepareHelmTemplate(
  rendering: HelmTemplate,
  files: RepositoryFiles,
  store: ChartStore,
): Prepared & { readonly missingChart?: MissingChart } {
  const { chart } = rendering;
  const found = 'folder' in chart ? ownChart(files, chart.folder) : store.find(chart);
  if (!('path' in found)) {
    const { reached, problems, missing } = found;
    return { reached, problems, ...(missing && { missingChart: missing }) };
  }
  const values = rendering.values.map((each) => valuesOf(each, found, files));
  const sets = (rendering.set ?? []).map((each) => setOf(each, files));
  const given = [...values, ...sets];
  const reached = [
    ...found.reached,
    ...given.flatMap((each) => ('path' in each && each.path !== undefined ? [each.path] : [])),
  ];
  const problems = [
    ...given.flatMap((each) => ('problem' in each ? [each.problem] : [])),
    ...(rendering.postRender ?? []).flatMap((each) => postRenderProblems(each)),
  ];
  if (problems.length > 0) return { reached, problems };
  const flags = [
    `--namespace=${rendering.namespace}`,
    ...(rendering.includeCrds ? ['--include-crds'] : []),
    ...capabilityFlags(rendering),
  ];
  const setFlags = sets.flatMap((each) => ('argument' in each ? [each.argument] : []));
  const label = `helm template ${rendering.release} ${'folder' in chart ? files.shown(found.path) : chart.name}`;
  return {
    reached,
    problems,
    call: {
      renderer: 'helm',
      label,
      says: {
        ...{ flags, set: rendering.set, values: rendering.values, release: rendering.release },
        ...{ chart: files.inRepository(found.path), links: found.links, postRender: rendering.postRender },
      },
      isKnown: true,
      reads: reached,
      write: (scratch) => {
        const laid = values.flatMap((each, index) => {
          if ('path' in each) return [each.path];
          if (!('text' in each)) return [];
          const file = path.join(scratch, `values-${index}.yaml`);
          writePrivate(file, each.text);
          return [file];
        });
        const valuesFlags = laid.map((file) => `--values=${file}`);
        return [...flags, ...valuesFlags, ...setFlags, '--', rendering.release, found.path];
      },
      through: (rendering.postRender ?? []).map((around) => postRenderCall(around, label)),
    },
  };
}

function capabilityFlags({ capabilities: { kubeVersion, apiVersions = [] } = {} }: HelmTemplate): string[] {
  return [
    ...(kubeVersion === undefined ? [] : [`--kube-version=${fullVersion(kubeVersion)}`]),
    ...apiVersions.map((each) => `--api-versions=${each}`),
  ];
}

/** Values as helm is handed them: a file, or the text of one that is to be written. */
type Values = { readonly path: string } | { readonly text: string } | { readonly problem: Problem };

function valuesOf(source: ValuesSource, chart: FoundChart, files: RepositoryFiles): Values {
  if ('file' in source) return fileOf(files.at(source.file), 'values file', files);
  if ('text' in source) return source;
  // All JSON is YAML.
  if ('inline' in source) return { text: JSON.stringify(source.inline ?? {}) };
  if (files.find(chart.path).is === 'folder')
    return fileOf(path.resolve(chart.path, source.chartFile), 'values file', files);
  const packed = packedFile(files.bytes(chart.path), source.chartFile);
  if (packed !== undefined) return { text: packed };
  return lacks(words`the chart ${files.shown(chart.path)} has no values file ${source.chartFile}`);
}

type SetFlag = { readonly argument: string; readonly path?: string } | { readonly problem: Problem };

function setOf(set: SetArgument, files: RepositoryFiles): SetFlag {
  if (set.flag !== '--set-file') return { argument: `${set.flag}=${set.text}` };
  const file = fileOf(files.at(set.file), 'file', files);
  return 'path' in file ? { argument: `--set-file=${set.name}=${file.path}`, path: file.path } : file;
}

function fileOf(
  at: string,
  what: string,
  files: RepositoryFiles,
): { readonly path: string } | { readonly problem: Problem } {
  const found = files.find(at);
  // Helm takes a list apart at commas.
  if (found.is === 'file' && !found.real.includes(',')) return { path: found.real };
  if (found.is === 'file') return lacks(words`${what} ${files.shown(at)} has a comma in its path`);
  return lacks(
    words`${what} ${files.shown(at)} ${found.is === 'outside' ? 'lies outside of the repository' : 'does not exist'}`,
  );
}

function lacks(message: Words): { readonly problem: Problem } {
  return { problem: At.of().find('rendering-failed', message, 'correct its path') };
}

/** Flux builds a kustomization around what helm prints, which can name no file. */
function postRenderProblems(around: Readonly<Record<string, unknown>>): Problem[] {
  return namedIn(plainTree(around), namingFields)
    .filter(({ names, text }) => names !== 'patch' || !isInlineText(text))
    .map(({ text }) => At.of().find('rendering-failed', words`a post-renderer names ${text}, and it can name no file`));
}

function postRenderCall(around: Readonly<Record<string, unknown>>, label: string): FurtherCall {
  return {
    renderer: 'kustomize',
    label: `${label} | kustomize build`,
    write: (folder, text) => {
      writePrivate(path.join(folder, 'printed.yaml'), text);
      writePrivate(
        path.join(folder, 'kustomization.yaml'),
        JSON.stringify({ ...asTexts(around), resources: ['printed.yaml'] }),
      );
      return ['--', folder];
    },
  };
}

function ownChart(files: RepositoryFiles, folder: string): FoundChart | LackingChart {
  const at = files.at(folder);
  const found = files.find(at);
  if (found.is === 'outside') return lacking(words`chart ${files.shown(at)} lies outside of the repository`);
  if (found.is === 'file' && at.endsWith('.tgz')) return { path: found.real, reached: [found.real], links: [] };
  if (found.is !== 'folder') return lacking(words`there is no chart ${files.shown(at)}`);
  return chartIn(files, found.real);
}

function lacking(message: Words): LackingChart {
  return { reached: [], problems: [At.of().find('chart-invalid', message, 'correct the path')] };
}

/** Flux takes patches as values where a kustomization has texts. */
function asTexts(around: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const { patchesStrategicMerge: merges, patchesJson6902: patches, ...others } = around;
  return {
    ...others,
    ...(Array.isArray(merges) && { patchesStrategicMerge: merges.map(text) }),
    ...(Array.isArray(patches) && {
      patchesJson6902: patches.map((each: Record<string, unknown>) => ({ ...each, patch: text(each.patch) })),
    }),
  };
}

/** A version with all three numbers: what charts see of one with two differs between releases of helm. */
function fullVersion(version: string): string {
  return /^v?\d+\.\d+$/.test(version) ? `${version}.0` : version;
}
