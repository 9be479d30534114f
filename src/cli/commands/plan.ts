import { livePlan } from '../../app/live-plan.js';
import { configFileName, loadConfig } from '../../config/load.js';
import { At } from '../../model/problem/at.js';
import { ImagePullError } from '../../model/problem/problem.js';
import { livePlanJson, livePlanText, needsDecision } from '../../report/live-plan.js';
import { problemsReport } from '../../report/problems.js';
import type { ExitCode, Io } from '../io.js';
import { shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';

/** The options of `plan`. */
export interface PlanCommandOptions {
  readonly live?: string;
  readonly config?: string;
  readonly cluster?: string;
  readonly json?: boolean;
}

/** Says what applying the output would change for the pods of a running cluster. */
export async function plan(options: PlanCommandOptions, io: Io): Promise<ExitCode> {
  const { live: dump, cluster } = options;
  if (dump === undefined)
    throw new ImagePullError(
      At.of().refuse('usage', 'plan needs a dump of the cluster', '--live <file>, or --live - for standard input'),
    );
  const config = loadConfig(shownPath(io.cwd, options.config ?? configFileName));
  const stdin = dump === '-' ? io.stdin() : undefined;
  const planned = await livePlan({ config, base: io.cwd, dump, stdin, cluster, ...workshopOf(io) });
  io.out(options.json ? livePlanJson(planned) : livePlanText(planned));
  io.err(problemsReport(planned.problems));
  return needsDecision(planned.plan) || planned.problems.length > 0 ? 1 : 0;
}
