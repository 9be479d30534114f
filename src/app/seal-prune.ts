import { join } from 'node:path';
import { ImagePullError } from '../model/problem/problem.js';
import { sealedFolder } from '../model/sealing/sealed-path.js';
import { type Plan, planOutput } from '../output/plan.js';
import { type SynthesizeOptions, synthesize } from './synthesize.js';
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
 * not left yet.
 */
export function sealPrune({ pullSecret, ...options }: SealPruneOptions): SealPruning {
  const { unneeded, stops } = synthesize({ ...options, within: options.clusters ?? [''] });
  if (stops.length > 0) throw new ImagePullError([...stops]);
  const files = unneeded.filter((place) => pullSecret === undefined || place.pullSecret === pullSecret).map(pathOf);
  const folder = join(options.config.base, sealedFolder);
  const changes = planOutput(folder, new Map(), { within: [], former: files });
  const pruned = new Set(changes.prune.map(({ path }) => path));
  return { folder, changes, foreign: files.filter((file) => !pruned.has(file)) };
}
