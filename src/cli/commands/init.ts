import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Discovery } from '../../app/discover.js';
import { initialConfig } from '../../app/init.js';
import type { LeftOut } from '../../app/plain-manifests.js';
import type { RegistryGuess } from '../../app/registry-guess.js';
import { updatedConfig } from '../../app/update-config.js';
import { loadConfig } from '../../config/load.js';
import { unignored } from '../../manifests/git-ignore.js';
import { repositoryOf } from '../../manifests/repository.js';
import { unseenFindings } from '../../model/needs/unseen-findings.js';
import { At } from '../../model/problem/at.js';
import { gatherByFolder } from '../../model/problem/gathered.js';
import { ImagePullError, placeOf } from '../../model/problem/problem.js';
import { terminalText, type Words, words } from '../../model/problem/shown.js';
import { oneLine } from '../../model/problem/terminal-text.js';
import { RegistryIndex } from '../../model/registry/registry.js';
import type { WorkloadsSpec } from '../../model/vocabulary/spec.js';
import { writeManifests } from '../../output/manifest-writer.js';
import { createFile } from '../../output/writer.js';
import { columns } from '../../report/columns.js';
import { plural } from '../../report/problems.js';
import type { ExitCode, Io } from '../io.js';
import { shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';

/** Reads manifests, writes a config that fits them, and says what it saw. */
export async function init(
  paths: readonly string[],
  options: { readonly config: string; readonly update?: boolean },
  io: Io,
): Promise<ExitCode> {
  if (options.update) return update(paths, options.config, io);
  const file = resolve(io.cwd, options.config);
  if (existsSync(file)) {
    throw new ImagePullError(
      At.of().refuse(
        'usage',
        words`${options.config} exists already`,
        'add what is new to it with --update, or name another file with --config',
      ),
    );
  }
  const base = dirname(file);
  if (!existsSync(base)) throw usage(words`the folder ${dirname(options.config)} does not exist`);
  const { discovery, registries, text } = await initialConfig(
    base,
    pathsFrom(base, paths, io),
    options.config,
    workshopOf(io),
  );
  io.err(leftOutText(discovery.leftOut));
  io.err(unseenText(discovery));
  io.out(terminalText(summary(discovery, registries)));
  io.out(terminalText(columns(registries.map((registry) => row(registry, text)))));
  createFile(shownPath(io.cwd, options.config), text);
  io.out(`${terminalText(oneLine(`Wrote ${options.config}. Next: ${nextStep(discovery)}, then run synth.`))}\n`);
  io.err(namespaceNote(discovery.inventory));
  io.err(ignoreNote(base));
  return 0;
}

/** A chart can only be rendered where somebody says as what. */
function nextStep({ charts, inventory }: Discovery): string {
  return charts.length > 0 && inventory.workloads.length === 0
    ? 'name the release and namespace of each chart under workloads, and say where the credentials live'
    : 'say where the credentials live';
}

/** Adds what is new to the config that is there, and says what it added. */
async function update(paths: readonly string[], name: string, io: Io): Promise<ExitCode> {
  if (paths.length > 0) throw usage(words`--update looks at the whole folder of ${name}: leave the paths out`);
  const file = shownPath(io.cwd, name);
  const config = loadConfig(file);
  const before = readFileSync(file, 'utf8');
  const { discovery, text, insertions } = await updatedConfig(config, before, name, workshopOf(io));
  io.err(leftOutText(discovery.leftOut));
  io.err(unseenText(discovery));
  if (insertions.length === 0) {
    io.out(terminalText(`Nothing is new: ${name} stays as it is.\n`));
    return 0;
  }
  const path = resolve(io.cwd, name);
  io.uninterrupted(() => writeManifests(repositoryOf(config.base), [{ file: name, path, before, after: text }]));
  for (const { into, key, value } of insertions)
    io.out(`${terminalText(oneLine(`${into}: ${key === undefined ? '' : `${key}: `}${value}`))}\n`);
  io.out(terminalText(`Added ${plural(insertions.length, 'line')} to ${name}.\n`));
  return 0;
}

/** Paths are given from the working folder, and stand in the config relative to its own. */
function pathsFrom(base: string, paths: readonly string[], io: Io): string[] {
  return (paths.length > 0 ? paths : ['.']).map((path) => {
    const absolute = resolve(io.cwd, path);
    if (!existsSync(absolute)) throw usage(words`${path} does not exist`);
    return relative(base, absolute).split(sep).join('/') || '.';
  });
}

function usage(message: Words): ImagePullError {
  return new ImagePullError(At.of().refuse('usage', message));
}

/** Lists files among the manifests that are none. They are no error: the config leaves them out. */
function leftOutText(leftOut: readonly LeftOut[]): string {
  return leftOut
    .map(
      ({ path, files }) =>
        `left out ${path}: ${files === 1 ? 'it holds' : `${files} files that hold`} no Kubernetes object`,
    )
    .map((line) => `  ${terminalText(oneLine(line))}\n`)
    .join('');
}

/** Counts what may run pods and was not seen. It stays among the workloads: `synth` says what to do about it. */
function unseenText({ unseen, inventory }: Discovery): string {
  const standIns = unseenFindings(inventory, { registryIndex: new RegistryIndex([]) });
  const lines = [...gatherByFolder(unseen), ...standIns].map((problem) => {
    const place = placeOf(problem);
    return `not seen ${place ? `${place.file}: ` : ''}${problem.message}`;
  });
  return [...new Set(lines)].map((line) => `  ${terminalText(oneLine(line))}\n`).join('');
}

function summary({ inventory, workloads, clusters }: Discovery, registries: readonly RegistryGuess[]): string {
  const namespaces = new Set(inventory.workloads.flatMap((workload) => workload.namespace ?? []));
  const images = new Set(inventory.workloads.flatMap((workload) => workload.images.map((image) => image.image)));
  // Values of charts that nobody has rendered name images, too.
  const inValues = registries.reduce((sum, registry) => sum + registry.images, 0);
  const entries = [...workloads, ...clusters.flatMap((cluster) => cluster.workloads)].map(entryText);
  const read = entries.filter((entry) => !entry.startsWith('!'));
  const places = oneLine(read.join(', '));
  // What is rendered has no files to count.
  const files = inventory.files > 0 || places === '' ? plural(inventory.files, 'file') : '';
  return (
    `Read ${[files, places].filter((part) => part !== '').join(' in ')}: ` +
    `${plural(inventory.workloads.length, 'workload')} in ${plural(namespaces.size, 'namespace')}, ` +
    `${plural(Math.max(images.size, inValues), 'image')} from ${registries.length === 1 ? '1 registry' : `${registries.length} registries`}.\n`
  );
}

/** An entry as the summary names it: its path. */
function entryText(entry: WorkloadsSpec): string {
  return typeof entry === 'string' ? entry : (Object.values(entry)[0] as string);
}

function namespaceNote({ workloads }: Discovery['inventory']): string {
  const count = workloads.filter((workload) => workload.namespace === undefined).length;
  if (count === 0) return '';
  const subject = count === 1 ? '1 workload names' : `${count} workloads name`;
  return `${subject} no namespace: list the path as { path: <path>, namespace: <namespace> } under workloads.\n`;
}

/** Advice to keep files with credentials and keys out of Git, where nothing does. */
function ignoreNote(base: string): string {
  const patterns = unignored(base);
  if (patterns.length === 0) return '';
  return `Add to .gitignore what may hold credentials or keys: ${patterns.join(', ')}\n`;
}

function row(registry: RegistryGuess, text: string): string[] {
  const isOf = (line: string) => /^ {2}\S+: \{ registries: \[(.*)\], source/.exec(line)?.[1]?.split(', ');
  const line = text.split('\n').findIndex((each) => isOf(each)?.includes(registry.name)) + 1;
  const remark = {
    private: line > 0 ? `which credential? (line ${line})` : '',
    optional: 'anonymous pulls are rate-limited',
    public: '',
  }[registry.access];
  return [`  ${registry.repository}`, plural(registry.images, 'image'), `access: ${registry.access}`, remark];
}
