import compare from 'semver/functions/compare';
import satisfies from 'semver/functions/satisfies';
import valid from 'semver/functions/valid';
import validRange from 'semver/ranges/valid';
import { At } from '../../model/problem/at.js';
import type { Problem } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import type { ChartSource } from '../../model/topology/rendering.js';
import { readChart } from './chart-folder.js';
import type { MissingChart } from './outcome.js';
import type { FolderEntry, RepositoryFiles } from './repository-files.js';

type PublishedChart = Extract<ChartSource, { name: string }>;

/** A chart that was found, by its path without links: a folder or a packed file. */
export interface FoundChart {
  readonly path: string;
  readonly reached: readonly string[];
  /** Links in it, with what they lead to. */
  readonly links: readonly (readonly [string, string])[];
}

/** A chart that was not found. */
export interface LackingChart {
  readonly problems: readonly Problem[];
  readonly reached: readonly string[];
  readonly missing?: MissingChart;
}

/** The charts of others that lie in the repository. */
export class ChartStore {
  readonly #files: RepositoryFiles;
  readonly #folder: string | undefined;

  /** @param folder where they lie, relative to the root of the repository */
  constructor(files: RepositoryFiles, folder: string | undefined) {
    this.#files = files;
    this.#folder = folder;
  }

  /** The newest chart of the name that the version, or range of versions, takes. */
  find(chart: PublishedChart): FoundChart | LackingChart {
    const { name } = chart;
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) || name.includes('..'))
      return {
        reached: [],
        problems: [At.of().find('chart-invalid', words`${name} is no name of a chart`)],
      };
    const [newest] = this.#candidates(name)
      .filter(({ version }) => isWanted(version, chart.version))
      .sort((a, b) => compare(b.version, a.version) || (a.path < b.path ? -1 : 1));
    if (!newest) return this.#missing(chart);
    if (newest.isFile) return { path: newest.path, reached: [newest.path], links: [] };
    return chartIn(this.#files, newest.path);
  }

  #candidates(name: string): Candidate[] {
    if (this.#folder === undefined) return [];
    const entries = this.#files.entries(this.#files.at(this.#folder));
    return 'reason' in entries ? [] : entries.flatMap((entry) => this.#candidate(entry, name) ?? []);
  }

  #candidate(entry: FolderEntry, name: string): Candidate | undefined {
    const { found } = entry;
    if (found.is === 'file') {
      const version = versionIn(entry.name, name, '.tgz');
      return version === undefined ? undefined : { path: found.real, version, isFile: true };
    }
    const isNamed = entry.name === name || versionIn(entry.name, name, '') !== undefined;
    if (found.is !== 'folder' || !isNamed) return undefined;
    const chart = readChart(this.#files, found.real);
    const version = valid(chart.version);
    return chart.name === name && version !== null ? { path: found.real, version, isFile: false } : undefined;
  }

  #missing(chart: PublishedChart): LackingChart {
    const { name, version, repository } = chart;
    const command = pullCommand(chart, this.#folder ?? 'vendor/charts');
    const wanted = version === undefined ? words`${name}` : words`${name} ${version}`;
    const where =
      this.#folder === undefined ? words`no folder of \`charts\` is named` : words`${this.#folder} does not have it`;
    const hint =
      this.#folder === undefined
        ? words`run \`${command}\`, commit the file, and name the folder: charts: vendor/charts`
        : words`run \`${command}\` and commit the file`;
    return {
      reached: [],
      problems: [
        At.of().find('chart-missing', words`chart ${wanted} of ${repository} was not rendered: ${where}`, hint),
      ],
      missing: { name, repository, ...(version !== undefined && { version }), command },
    };
  }
}

/** The chart in a folder, given without links, if all of it is there. */
export function chartIn(files: RepositoryFiles, folder: string): FoundChart | LackingChart {
  const { reached, links, problems } = readChart(files, folder);
  return problems.length > 0 ? { problems, reached } : { path: folder, reached, links };
}

interface Candidate {
  readonly path: string;
  readonly version: string;
  readonly isFile: boolean;
}

function versionIn(entry: string, name: string, ending: string): string | undefined {
  if (!entry.startsWith(`${name}-`) || !entry.endsWith(ending)) return undefined;
  // A plus sign becomes an underscore where a file is pulled from an OCI registry.
  return valid(entry.slice(name.length + 1, entry.length - ending.length).replace('_', '+')) ?? undefined;
}

function isWanted(version: string, wanted: string | undefined): boolean {
  if (wanted === undefined || wanted === '') return satisfies(version, '*');
  if (valid(wanted) !== null) return compare(version, wanted) === 0;
  // Helm takes a comma for "and".
  const range = validRange(wanted.replaceAll(',', ' '));
  return range !== null && satisfies(version, range);
}

/** The line that fetches a chart, for a shell. */
function pullCommand({ name, version, repository }: PublishedChart, folder: string): string {
  const from = repository.startsWith('oci://')
    ? [`${repository.replace(/\/+$/, '')}/${name}`]
    : [name, '--repo', repository];
  const which = version === undefined || version === '' ? [] : ['--version', version];
  return ['helm', 'pull', ...from, ...which, '-d', folder].map(shellWord).join(' ');
}

function shellWord(text: string): string {
  return /^[A-Za-z0-9._/:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
