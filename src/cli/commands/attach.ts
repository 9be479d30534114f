import { attach as attachLists } from '../../app/attach.js';
import { makeManifests } from '../../app/made-clusters.js';
import { loadConfig } from '../../config/load.js';
import { severityOf } from '../../model/problem/problem.js';
import { readsStdin } from '../../model/vocabulary/reads-stdin.js';
import { writeManifests } from '../../output/manifest-writer.js';
import { attachCheckReport, attachReport } from '../../report/attach.js';
import { problemsReport } from '../../report/problems.js';
import type { ExitCode, Io } from '../io.js';
import { shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';

/** The options of `attach`. */
export interface AttachOptions {
  readonly config: string;
  readonly check?: boolean;
}

/** Edits the lists in manifests of the user, or says which of them are not what they must be. */
export async function attach({ config: file, check }: AttachOptions, io: Io): Promise<ExitCode> {
  const config = loadConfig(shownPath(io.cwd, file));
  const stdin = readsStdin(config.spec) ? io.stdin() : undefined;
  const workshop = workshopOf(io);
  const made = await makeManifests(config, workshop);
  const attachment = await attachLists({ config, stdin, made, workshop });
  const { root, files, problems, known } = attachment;
  const hasFindings = problems.some((problem) => severityOf(problem) === 'finding');
  if (check) {
    const text = attachCheckReport(attachment);
    io.out(text);
    io.err(problemsReport(problems));
    return text !== '' || hasFindings ? 1 : 0;
  }
  if (files.length > 0) io.uninterrupted(() => writeManifests(root, files, known));
  io.out(attachReport(attachment));
  io.err(problemsReport(problems));
  return hasFindings ? 1 : 0;
}
