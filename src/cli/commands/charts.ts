import { neededCharts } from '../../app/charts.js';
import { loadConfig } from '../../config/load.js';
import { severityOf } from '../../model/problem/problem.js';
import { problemsReport } from '../../report/problems.js';
import type { ExitCode, Io } from '../io.js';
import { shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';

/** Prints the line that fetches each chart which is missing; exit 1 where there is one, or where more may be missing. */
export async function charts(options: { readonly config: string }, io: Io): Promise<ExitCode> {
  const config = loadConfig(shownPath(io.cwd, options.config));
  const { missing, problems } = await neededCharts(config, workshopOf(io));
  io.out(missing.map(({ command }) => `${command}\n`).join(''));
  io.err(problemsReport(problems));
  const isSeen = problems.every((problem) => severityOf(problem) === 'warning');
  if (missing.length === 0 && isSeen) io.err('Every chart of others lies in the repository.\n');
  return missing.length === 0 && isSeen ? 0 : 1;
}
