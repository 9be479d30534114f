import { join } from 'node:path';
import { makeManifests } from '../app/made-clusters.js';
import { loadConfig } from '../config/load.js';
import { readsStdin } from '../model/vocabulary/reads-stdin.js';
import type { Io } from './io.js';
import { shownPath } from './shown-path.js';
import { workshopOf } from './workshop.js';

/** The options of `seal --status` and `seal --prune`. */
export interface SealedOptions {
  readonly config: string;
  readonly cluster?: readonly string[];
}

/** Reads the config, the manifests and the output folder by which these tell what is needed. */
export async function sealedInput({ config: file, cluster: clusters }: SealedOptions, io: Io) {
  const config = loadConfig(shownPath(io.cwd, file));
  const stdin = readsStdin(config.spec, clusters) ? io.stdin() : undefined;
  const made = await makeManifests(config, workshopOf(io), clusters);
  return { config, clusters, stdin, made, folder: join(config.base, 'dist') };
}
