import { sealStatus } from '../../app/seal-status.js';
import { hasFindings } from '../../model/problem/problem.js';
import { problemsReport } from '../../report/problems.js';
import { sealStatusReport } from '../../report/seal-status.js';
import { dayOf } from '../../sealing/certificate.js';
import type { ExitCode, Io } from '../io.js';
import { type SealedOptions, sealedInput } from '../sealed-input.js';

/** Says what is sealed, and what is missing, stale, not needed or due; of all that the exit code speaks. */
export async function status(pullSecret: string | undefined, options: SealedOptions, io: Io): Promise<ExitCode> {
  const input = await sealedInput(options, io);
  const { rows, problems } = sealStatus({ ...input, pullSecret, today: dayOf(io.now()) });
  io.out(sealStatusReport(rows));
  io.err(problemsReport(problems));
  return hasFindings(problems) || problems.some(({ code }) => code === 'rotation-due') ? 1 : 0;
}
