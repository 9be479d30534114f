import path from 'node:path';
import type { Tree } from '../../model/inventory/tree.js';
import { At } from '../../model/problem/at.js';
import type { Problem } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import { sourceOf } from '../../yaml/source.js';
import { yamlDocuments } from '../../yaml/yaml-documents.js';
import { YamlError } from '../../yaml/yaml-error.js';
import type { FolderEntry, RepositoryFiles } from './repository-files.js';

/** A chart that lies in a folder. */
export interface ChartFolder {
  readonly name: string;
  readonly version: string;
  /** Its files and folders, without links. */
  readonly reached: readonly string[];
  /** Links in it, with what they lead to. */
  readonly links: readonly (readonly [string, string])[];
  readonly problems: readonly Problem[];
}

/** As many files may make up a chart. */
const mostFiles = 20_000;

/** Reads what a chart says of itself, and looks whether all of it is there. */
export function readChart(files: RepositoryFiles, folder: string): ChartFolder {
  const tree = yamlFile(files, path.join(folder, 'Chart.yaml'));
  const place = { file: files.shown(path.join(folder, 'Chart.yaml')), line: 1, column: 1 };
  if (!tree)
    return {
      ...{ name: '', version: '', reached: [folder], links: [] },
      problems: [At.of(place).find('chart-invalid', words`${files.shown(folder)} has no Chart.yaml that can be read`)],
    };
  const walk = new ChartWalk(files);
  walk.folder(folder);
  return {
    name: tree.get('name')?.string() ?? '',
    version: tree.get('version')?.string() ?? '',
    reached: [...walk.reached],
    links: walk.links,
    problems: [...walk.problems, ...missingDependencies(files, folder, tree)],
  };
}

/** Lists a chart as helm does, which follows links. */
class ChartWalk {
  readonly reached = new Set<string>();
  readonly links: [string, string][] = [];
  readonly problems: Problem[] = [];

  constructor(private readonly files: RepositoryFiles) {}

  folder(real: string): void {
    if (this.reached.has(real)) return;
    this.reached.add(real);
    const entries = this.files.entries(real);
    if ('reason' in entries) return this.#say(real, words`cannot be read: ${entries.reason}`);
    for (const entry of entries) this.#entry(entry, path.join(real, entry.name));
  }

  #entry({ found }: FolderEntry, at: string): void {
    if (this.reached.size > mostFiles) {
      if (this.reached.size === mostFiles + 1)
        this.#say(at, words`is one of more than ${mostFiles} files, too many for a chart`);
      this.reached.add(at);
      return;
    }
    if ('real' in found && found.real !== at)
      this.links.push([this.files.inRepository(at), this.files.inRepository(found.real)]);
    if (found.is === 'folder') this.folder(found.real);
    else if (found.is === 'file') this.reached.add(found.real);
    else if (found.is === 'outside') this.#say(at, words`leads out of the repository`);
    else
      this.#say(at, words`cannot be read: ${found.is === 'unreadable' ? found.reason : 'there is nothing at its end'}`);
  }

  #say(at: string, message: ReturnType<typeof words>): void {
    const file = this.files.shown(at);
    this.problems.push(
      At.of({ file, line: 1, column: 1 }).find('chart-invalid', words`a part of the chart ${message}`),
    );
  }
}

/** `chart-invalid` for charts that it depends on and that do not lie in it. */
function missingDependencies(files: RepositoryFiles, folder: string, chart: Tree): Problem[] {
  const declared = [chart, yamlFile(files, path.join(folder, 'requirements.yaml'))].flatMap(
    (tree) => tree?.get('dependencies')?.items() ?? [],
  );
  const names = declared.flatMap((each) => each.get('name')?.string() ?? []);
  if (names.length === 0) return [];
  const entries = files.entries(path.join(folder, 'charts'));
  const present =
    'reason' in entries ? [] : entries.map((entry) => presentChart(files, path.join(folder, 'charts'), entry));
  const missing = names.filter((name) => !present.some((isThere) => isThere(name)));
  if (missing.length === 0) return [];
  const hasLock = files.find(path.join(folder, 'Chart.lock')).is === 'file';
  return [
    At.of(declared[0]?.place()).find(
      'chart-invalid',
      words`${files.shown(folder)} depends on ${missing}, which ${missing.length === 1 ? 'is' : 'are'} not in its folder charts`,
      words`run \`helm dependency ${hasLock ? 'build' : 'update'} ${files.shown(folder)}\` and commit what it fetches`,
    ),
  ];
}

function presentChart(
  files: RepositoryFiles,
  charts: string,
  { name, found }: FolderEntry,
): (wanted: string) => boolean {
  if (found.is === 'file') return (wanted) => name.startsWith(`${wanted}-`) && name.endsWith('.tgz');
  const own =
    found.is === 'folder'
      ? yamlFile(files, path.join(charts, name, 'Chart.yaml'))
          ?.get('name')
          ?.string()
      : undefined;
  return (wanted) => own === wanted;
}

/** The first document of a file; undefined where there is none that can be read. */
export function yamlFile(files: RepositoryFiles, at: string): Tree | undefined {
  const found = files.find(at);
  if (found.is !== 'file') return undefined;
  const text = files.text(found.real);
  if (typeof text !== 'string') return undefined;
  const [root] = yamlDocuments(sourceOf({ file: files.shown(at), text }));
  return root === undefined || root instanceof YamlError || root.kind !== 'map' ? undefined : root;
}
