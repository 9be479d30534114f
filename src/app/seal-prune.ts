import { join } from 'node:path';
import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { sealedFolder } from '../model/sealing/sealed-path.js';
import { type Plan, planOutput } from '../output/plan.js';
import { type Synthesis, type SynthesizeOptions, synthesize } from './synthesize.js';
import { pathOf } from './unneeded-ciphertexts.js';

/** Options of a run that removes ciphertext. */
export interface SealPruneOptions extends Omit<SynthesizeOptions, 'within' | 'now'> {
  /** @default - every pull secret */
  readonly pullSecret?: string | undefined;
}

/** Result of `seal --prune`, before a file is touched. */
export interface SealPruning {
  /** The folder of ciphertext. */
  readonly folder: string;
  readonly changes: Plan;
  /** Files that nothing needs, and that somebody else wrote. */
  readonly foreign: readonly string[];
}

/**
 * Works out which ciphertext can go: what neither a plan nor retired access needs. Throws the stops of a run whose access has
 * not left yet, and `usage` where no output of an earlier run tells whether it has.
 */
export function sealPrune({ pullSecret, ...options }: SealPruneOptions): SealPruning {
  const synthesis = synthesize({ ...options, within: options.clusters ?? [''] });
  const { unneeded, stops } = synthesis;
  if (stops.length > 0) throw new ImagePullError([...stops]);
  if (unneeded.length > 0 && !hasFormer(synthesis)) throw new ImagePullError(unseenOutput);
  const files = unneeded.filter((place) => pullSecret === undefined || place.pullSecret === pullSecret).map(pathOf);
  const folder = join(options.config.base, sealedFolder);
  const changes = planOutput(folder, new Map(), { within: [], former: files });
  const pruned = new Set(changes.prune.map(({ path }) => path));
  return { folder, changes, foreign: files.filter((file) => !pruned.has(file)) };
}

/** Whether an earlier run has left anything in the output folder, or beside workloads. */
function hasFormer({ changes, beside }: Synthesis): boolean {
  return [changes, beside.changes].some(
    ({ replace, unchanged, prune }) => replace.length + unchanged.length + prune.length > 0,
  );
}

const unseenOutput = At.of().refuse(
  'usage',
  'the output folder has no file of an earlier run, so nobody knows whether the access has left',
  'name the folder that synth writes to with --output, or run synth first',
);
