import { join } from 'node:path';
import { makeManifests } from '../../app/made-clusters.js';
import { sealStatus } from '../../app/seal-status.js';
import { loadConfig } from '../../config/load.js';
import { hasFindings } from '../../model/problem/problem.js';
import { readsStdin } from '../../model/vocabulary/reads-stdin.js';
import { problemsReport } from '../../report/problems.js';
import { sealStatusReport } from '../../report/seal-status.js';
import { dayOf } from '../../sealing/certificate.js';
import type { ExitCode, Io } from '../io.js';
import { shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';

/** The options of `seal --status` and `seal --prune`. */
export interface SealedOptions {
  readonly config: string;
  readonly cluster?: readonly string[];
}

/** Says what is sealed, and what is missing, stale, not needed or due; of all that the exit code speaks. */
export async function status(
  pullSecret: string | undefined,
  { config: file, cluster: clusters }: SealedOptions,
  io: Io,
): Promise<ExitCode> {
  const config = loadConfig(shownPath(io.cwd, file));
  const stdin = readsStdin(config.spec, clusters) ? io.stdin() : undefined;
  const made = await makeManifests(config, workshopOf(io), clusters);
  const folder = join(config.base, 'dist');
  const { rows, problems } = sealStatus({ config, clusters, stdin, made, folder, pullSecret, today: dayOf(io.now()) });
  io.out(sealStatusReport(rows));
  io.err(problemsReport(problems));
  return hasFindings(problems) || problems.some(({ code }) => code === 'rotation-due') ? 1 : 0;
}
