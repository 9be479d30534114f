import { relative } from 'node:path';
import { sealPrune } from '../../app/seal-prune.js';
import { terminalText } from '../../model/problem/shown.js';
import { oneLine } from '../../model/problem/terminal-text.js';
import { applyPlan } from '../../output/writer.js';
import { plural } from '../../report/problems.js';
import type { ExitCode, Io } from '../io.js';
import { type SealedOptions, sealedInput } from '../sealed-input.js';

/** Removes ciphertext that nothing needs any more; files of others it names. */
export async function prune(pullSecret: string | undefined, options: SealedOptions, io: Io): Promise<ExitCode> {
  const { folder, changes, foreign } = sealPrune({ ...(await sealedInput(options, io)), pullSecret });
  io.uninterrupted(() => applyPlan(folder, changes));
  const shown = relative(io.cwd, folder) || '.';
  const lines = [
    ...changes.prune.map(({ path }) => `removed ${shown}/${path}`),
    ...foreign.map((path) => `left ${shown}/${path}: another program wrote it, so remove it by hand`),
    `${plural(changes.prune.length, 'file')} removed from ${shown}.`,
  ];
  io.out(lines.map((line) => `${terminalText(oneLine(line))}\n`).join(''));
  return foreign.length > 0 ? 1 : 0;
}
