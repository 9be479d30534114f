import { relative } from 'node:path';
import { makeManifests } from '../../app/made-clusters.js';
import { type Synthesis, synthesize } from '../../app/synthesize.js';
import { type LoadedConfig, loadConfig } from '../../config/load.js';
import { At } from '../../model/problem/at.js';
import { hasFindings, ImagePullError, type Problem } from '../../model/problem/problem.js';
import { sentence, type Words, words } from '../../model/problem/shown.js';
import { readsStdin } from '../../model/vocabulary/reads-stdin.js';
import { unifiedDiff } from '../../output/diff.js';
import { refuseExposed } from '../../output/guard.js';
import { toYamlStream } from '../../output/stream.js';
import { applyPlans } from '../../output/writer.js';
import { accessReport } from '../../report/access.js';
import { checkReport } from '../../report/check.js';
import { acknowledgedReport, coverageReport } from '../../report/coverage.js';
import { declaredNamespacesReport } from '../../report/declared-namespaces.js';
import { firstPodsReport } from '../../report/first-pods.js';
import { imageReport } from '../../report/image-report.js';
import { pendingReport } from '../../report/pending.js';
import { plural, problemsReport } from '../../report/problems.js';
import type { AccessReportOptions, FileOf } from '../../report/row.js';
import { namespaceFiles, type ShownPlan, shownPlan } from '../../report/shown-plan.js';
import type { ExitCode, Io } from '../io.js';
import { outputFolder, shownFolder, shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';

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
export async function synth(options: SynthOptions, io: Io): Promise<ExitCode> {
  refuseTogether(options);
  const config = loadConfig(shownPath(io.cwd, options.config));
  const stdin = readsStdin(config.spec, options.cluster) ? io.stdin() : undefined;
  const absolute = outputFolder(io.cwd, config.base, options.output);
  const shown = relative(io.cwd, absolute) || '.';
  const folder = shownFolder(io.cwd, absolute);
  const clusters = options.cluster;
  const made = await makeManifests(config, workshopOf(io), clusters);
  const synthesis = synthesize({ config, clusters, stdin, made, folder, within: clusters ?? [''], now: options.now });
  if (options.stdout) return printStream(synthesis, config, options, io);

  const { changes, beside, stops, known } = synthesis;
  const blocked = [...changes.problems, ...beside.changes.problems];
  if (blocked.length > 0) throw new ImagePullError(blocked);
  const plan = shownPlan(synthesis, shown, io.cwd);
  const fileOf = namespaceFiles(synthesis, shown, config.base, io.cwd);
  if (options.check) return check(synthesis, plan, fileOf, io);
  if (options.diff) return showDiff(synthesis, plan, io);

  if (!options.now) refuseToPruneEverything(synthesis);
  // What was found may be the very reason why access would leave.
  if (stops.length > 0) return stopped([...synthesis.problems, ...stops], io);
  io.uninterrupted(() =>
    applyPlans(
      [
        { folder, plan: changes },
        { folder: beside.root, plan: beside.changes, isUsers: true },
      ],
      known,
    ),
  );
  return report(synthesis, plan, { fileOf, placeOf: config.placeOf, why: options.why === true }, io);
}

function refuseTogether(options: SynthOptions): void {
  const modes = (['check', 'diff', 'stdout'] as const).filter((mode) => options[mode]);
  if (modes.length > 1) throw usage(words`--${modes.join(' and --')} exclude each other`);
  if (options.stdout && options.output !== undefined) throw usage(words`--stdout and --output exclude each other`);
}

function usage(message: Words): ImagePullError {
  return new ImagePullError(At.of().refuse('usage', message));
}

function printStream(synthesis: Synthesis, { spec }: LoadedConfig, options: SynthOptions, io: Io): ExitCode {
  refuseToPrintSecrets(synthesis);
  // Of the folder only what is retired is in the stream.
  if (spec.retire && synthesis.changes.problems.length > 0) throw new ImagePullError([...synthesis.changes.problems]);
  if (synthesis.plans.length > 1 && !options.cluster && Object.keys(spec.clusters).length > 1) {
    throw usage(words`--stdout would mix the objects of several clusters: pick one with --cluster`);
  }
  refuseExposed(
    [...synthesis.output.values(), ...synthesis.beside.output.values()].map(({ path: shown, text }) => ({
      shown,
      text,
    })),
    synthesis.known,
  );
  io.out(toYamlStream([...synthesis.output.values(), ...synthesis.beside.output.values()]));
  io.err(problemsReport(synthesis.problems));
  return findingsCode(synthesis.problems);
}

function refuseToPrintSecrets({ plans, output, beside }: Synthesis): void {
  const refuse = (what: string): never => {
    throw new ImagePullError(
      At.of().refuse(
        'usage',
        words`--stdout would print a credential: ${what}`,
        'write files with --output, or use source external',
      ),
    );
  };
  const pullSecrets = plans.flatMap(({ cluster }) => [...cluster.pullSecrets.values()]);
  if (pullSecrets.some((each) => each.source.name === 'plaintext')) refuse('a pull secret has source plaintext');
  if (plans.some(({ cluster }) => cluster.globalPullSecret?.current?.plaintext))
    refuse('the global pull secret is read from a file');
  if ([...output.values(), ...beside.output.values()].some((file) => file.secret))
    refuse('a retired pull secret had source plaintext');
}

function check(synthesis: Synthesis, plan: ShownPlan, fileOf: FileOf, io: Io): ExitCode {
  const text = checkReport(synthesis, plan, fileOf);
  io.out(text);
  io.out(firstPodsReport(synthesis.planned, synthesis.changes));
  const problems = [...synthesis.problems, ...synthesis.stops];
  io.err(problemsReport(problems));
  return text === '' ? findingsCode(problems) : 1;
}

function showDiff(synthesis: Synthesis, plan: ShownPlan, io: Io): ExitCode {
  const changes = changedFiles(plan);
  for (const { path, before, after } of changes) io.out(unifiedDiff(path, before, after));
  const edits = pendingReport(synthesis.pending);
  io.out(edits);
  io.err(problemsReport(synthesis.problems));
  return changes.length > 0 || edits !== '' ? 1 : findingsCode(synthesis.problems);
}

interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function changedFiles(plan: ShownPlan): Change[] {
  return [
    ...plan.create.map(({ path, text }) => ({ path, before: undefined, after: text })),
    ...plan.replace.map(({ file, before }) => ({ path: file.path, before, after: file.text })),
    ...plan.prune.map(({ path, before }) => ({ path, before, after: undefined })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** An empty config, or a pattern that went wrong, must not empty the output. */
function refuseToPruneEverything({ total, problems, stops, changes, beside }: Synthesis): void {
  const prune = [...changes.prune, ...beside.changes.prune];
  if (total > 0 || prune.length === 0) return;
  const message = words`nothing is left to write, so all ${plural(prune.length, 'file')} of the output would go`;
  const hint = stops.find((stop) => stop.hint !== undefined)?.hint ?? 'say --now if that is meant';
  throw new ImagePullError([...problems, At.of().refuse('prunes-everything', message, sentence(hint))]);
}

function stopped(problems: readonly Problem[], io: Io): ExitCode {
  io.err(`${problemsReport(problems)}Nothing was written: pods that restart later would miss what leaves.\n`);
  return 1;
}

function report(synthesis: Synthesis, changes: ShownPlan, options: AccessReportOptions, io: Io): ExitCode {
  const { planned, plans, problems, total } = synthesis;
  io.out(accessReport(planned, options));
  io.out(coverageReport(synthesis.coverage, options.why));
  io.out(acknowledgedReport(synthesis.acknowledged, options.why));
  io.out(imageReport(plans));
  const done = [
    [changes.create.length, 'new'],
    [changes.replace.length, 'changed'],
    [changes.prune.length, 'removed'],
    [changes.unchanged.length, 'unchanged'],
  ] as const;
  const written = changes.create.length + changes.replace.length + changes.unchanged.length;
  const text = done.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  io.out(`${plural(total, 'object')} in ${plural(written, 'file')}${text.length > 0 ? `: ${text.join(', ')}` : ''}.\n`);
  io.out(declaredNamespacesReport(planned, changes));
  io.out(firstPodsReport(planned, synthesis.changes));
  const edits = synthesis.pending.length;
  if (edits > 0)
    io.out(
      `${edits === 1 ? '1 reference belongs in a manifest' : `${edits} references belong in manifests`} of yours: run attach.\n`,
    );
  io.err(problemsReport(problems));
  return findingsCode(problems);
}

function findingsCode(problems: readonly Problem[]): ExitCode {
  return hasFindings(problems) ? 1 : 0;
}
