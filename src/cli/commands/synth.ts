import { join, relative, resolve } from 'node:path';
import { leavingAccess } from '../../app/leaving.js';
import { type Synthesis, synthesize } from '../../app/synthesize.js';
import { type LoadedConfig, loadConfig } from '../../config/load.js';
import { ImagePullError, type ModelPath, type Problem, severityOf } from '../../model/problem/problem.js';
import { unifiedDiff } from '../../synth/diff.js';
import { type Plan, planOutput } from '../../synth/plan.js';
import { toYamlStream } from '../../synth/stream.js';
import { applyPlan } from '../../synth/writer.js';
import { accessReport, imageReport, type PlaceOf, pendingEdits } from '../formats/access.js';
import { checkReport, editsReport } from '../formats/check.js';
import { plural, problemsReport } from '../formats/problems.js';
import type { ExitCode, Io } from '../io.js';

/** The options of `synth`. */
export interface SynthOptions {
  readonly config: string;
  readonly output?: string;
  readonly cluster?: readonly string[];
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly stdout?: boolean;
  readonly why?: boolean;
  readonly now?: boolean;
}

/** Renders the config and writes what changed, or shows it. */
export function synth(options: SynthOptions, io: Io): ExitCode {
  refuseTogether(options);
  const config = loadConfig(resolveShown(io.cwd, options.config));
  const stdin = readsStdin(config, options.cluster) ? io.stdin() : undefined;
  const synthesis = synthesize({ config, clusters: options.cluster, stdin });
  if (options.stdout) return printStream(synthesis, config, options, io);

  const absolute = options.output === undefined ? join(config.base, 'dist') : resolve(io.cwd, options.output);
  const shown = relative(io.cwd, absolute) || '.';
  // Messages name the folder as the user would.
  const folder = io.cwd === process.cwd() ? shown : absolute;
  const plan = planOutput(folder, synthesis.output, { within: options.cluster ?? [''] });
  if (plan.problems.length > 0) throw new ImagePullError([...plan.problems]);
  if (options.check) return check(synthesis, plan, shown, io);
  if (options.diff) return showDiff(plan, shown, synthesis, io);

  const stop = options.now ? [] : stops(synthesis, plan);
  // What was found may be the very reason why access would leave.
  if (stop.length > 0) return stopped([...synthesis.problems, ...stop], io);
  io.uninterrupted(() => applyPlan(folder, plan));
  const placeOf = (path: ModelPath) => config.locate({ code: 'usage', message: '', path }).place;
  return report(synthesis, plan, shown, options, placeOf, io);
}

function refuseTogether(options: SynthOptions): void {
  const modes = (['check', 'diff', 'stdout'] as const).filter((mode) => options[mode]);
  if (modes.length > 1) throw usage(`--${modes.join(' and --')} exclude each other`);
  if (options.stdout && options.output !== undefined) throw usage('--stdout and --output exclude each other');
}

function usage(message: string): ImagePullError {
  return new ImagePullError({ code: 'usage', message });
}

/** A relative path is shown as it was given; it is read from the working folder. */
function resolveShown(cwd: string, file: string): string {
  return cwd === process.cwd() ? file : resolve(cwd, file);
}

function readsStdin({ spec }: LoadedConfig, clusters: readonly string[] | undefined): boolean {
  const wanted = Object.entries(spec.clusters).filter(([name]) => !clusters || clusters.includes(name));
  const all = [...(spec.workloads ?? []), ...wanted.flatMap(([, cluster]) => cluster.workloads ?? [])];
  return all.some(
    (entry) => (typeof entry === 'string' ? entry : 'path' in entry ? entry.path : entry.rendered) === '-',
  );
}

function printStream(synthesis: Synthesis, { spec }: LoadedConfig, options: SynthOptions, io: Io): ExitCode {
  if (
    synthesis.plans.some(({ cluster }) => [...cluster.pullSecrets.values()].some((each) => each.source === 'plaintext'))
  ) {
    throw new ImagePullError({
      code: 'usage',
      message: '--stdout would print a credential: a pull secret has source plaintext',
      hint: 'write files with --output, or use source external',
    });
  }
  if (synthesis.plans.length > 1 && !options.cluster && Object.keys(spec.clusters).length > 1) {
    throw usage('--stdout would mix the objects of several clusters: pick one with --cluster');
  }
  io.out(toYamlStream(synthesis.output.values()));
  io.err(problemsReport(synthesis.problems));
  return findingsCode(synthesis.problems);
}

function check(synthesis: Synthesis, plan: Plan, shown: string, io: Io): ExitCode {
  const text = checkReport(plan, synthesis.plans, shown);
  io.out(text);
  io.err(problemsReport(synthesis.problems));
  return text === '' ? findingsCode(synthesis.problems) : 1;
}

function showDiff(plan: Plan, shown: string, synthesis: Synthesis, io: Io): ExitCode {
  for (const { path, before, after } of changes(plan)) io.out(unifiedDiff(`${shown}/${path}`, before, after));
  const edits = editsReport(synthesis.plans);
  io.out(edits);
  io.err(problemsReport(synthesis.problems));
  return changes(plan).length > 0 || edits !== '' ? 1 : findingsCode(synthesis.problems);
}

interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function changes(plan: Plan): Change[] {
  return [
    ...plan.create.map(({ path, text }) => ({ path, before: undefined, after: text })),
    ...plan.replace.map(({ file, before }) => ({ path: file.path, before, after: file.text })),
    ...plan.prune.map(({ path, before }) => ({ path, before, after: undefined })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What a run must not do without being told: empty the output, or take access away in one step. */
function stops({ output, plans, problems }: Synthesis, plan: Plan): Problem[] {
  if (output.size === 0 && plan.prune.length > 0) {
    const message = `nothing is left to write, so all ${plural(plan.prune.length, 'file')} of the output would go`;
    throw new ImagePullError([...problems, { code: 'prunes-everything', message, hint: 'say --now if that is meant' }]);
  }
  const former = [
    ...plan.replace.map(({ file, before }) => ({ path: file.path, text: before })),
    ...plan.prune.map(({ path, before }) => ({ path, text: before })),
  ];
  return leavingAccess(former, plans);
}

function stopped(problems: readonly Problem[], io: Io): ExitCode {
  io.err(`${problemsReport(problems)}Nothing was written: pods that restart later would miss what leaves.\n`);
  return 1;
}

function report(
  synthesis: Synthesis,
  plan: Plan,
  shown: string,
  options: SynthOptions,
  placeOf: PlaceOf,
  io: Io,
): ExitCode {
  const { plans, problems, objects } = synthesis;
  const fileOf = namespaceFiles(objects, shown);
  io.out(accessReport(plans, { fileOf, placeOf, why: options.why === true }));
  io.out(imageReport(plans));
  const total = [...objects.values()].reduce((sum, count) => sum + count, 0);
  const done = [
    [plan.create.length, 'new'],
    [plan.replace.length, 'changed'],
    [plan.prune.length, 'removed'],
    [plan.unchanged.length, 'unchanged'],
  ] as const;
  const text = done.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  io.out(
    `${plural(total, 'object')} in ${plural(objects.size, 'file')}${text.length > 0 ? `: ${text.join(', ')}` : ''}.\n`,
  );
  const edits = pendingEdits(plans);
  if (edits > 0)
    io.out(
      `${edits === 1 ? '1 list belongs' : `${edits} lists belong`} in manifests of yours: the lines above say where.\n`,
    );
  io.err(problemsReport(problems));
  return findingsCode(problems);
}

/** The file of each namespace, wherever its stage and shard put it. */
function namespaceFiles(
  objects: ReadonlyMap<string, number>,
  shown: string,
): (cluster: string, namespace: string) => string {
  const files = new Map<string, string>();
  for (const path of objects.keys()) {
    const parts = path.split('/');
    if (parts[1] === 'namespaces' || parts[1] === 'sources')
      files.set(`${parts[0]}/${parts[parts.length - 1]}`, `${shown}/${path}`);
  }
  return (cluster, namespace) => files.get(`${cluster}/${namespace}.yaml`) ?? '';
}

function findingsCode(problems: readonly Problem[]): ExitCode {
  return problems.some((problem) => severityOf(problem) === 'finding') ? 1 : 0;
}
