import { join, relative } from 'node:path';
import { makeManifests } from '../../app/made-clusters.js';
import { sealPrune } from '../../app/seal-prune.js';
import { loadConfig } from '../../config/load.js';
import { terminalText } from '../../model/problem/shown.js';
import { oneLine } from '../../model/problem/terminal-text.js';
import { readsStdin } from '../../model/vocabulary/reads-stdin.js';
import { applyPlan } from '../../output/writer.js';
import { plural } from '../../report/problems.js';
import type { ExitCode, Io } from '../io.js';
import { shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';
import type { SealedOptions } from './seal-status.js';

/** Removes ciphertext that nothing needs any more; files of others it names. */
export async function prune(
  pullSecret: string | undefined,
  { config: file, cluster: clusters }: SealedOptions,
  io: Io,
): Promise<ExitCode> {
  const config = loadConfig(shownPath(io.cwd, file));
  const stdin = readsStdin(config.spec, clusters) ? io.stdin() : undefined;
  const made = await makeManifests(config, workshopOf(io), clusters);
  const output = join(config.base, 'dist');
  const { folder, changes, foreign } = sealPrune({ config, clusters, stdin, made, folder: output, pullSecret });
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
