import { makeManifests } from '../app/made-clusters.js';
import { loadConfig } from '../config/load.js';
import { readsStdin } from '../model/vocabulary/reads-stdin.js';
import type { Io } from './io.js';
import { outputFolder, shownPath } from './shown-path.js';
import { workshopOf } from './workshop.js';

/** The options of `seal --status` and `seal --prune`. */
export interface SealedOptions {
  readonly config: string;
  readonly cluster?: readonly string[];
  readonly output?: string;
}

/** Reads the config and the manifests by which these tell what is needed, and finds the output folder, which tells what leaves. */
export async function sealedInput({ config: file, cluster: clusters, output }: SealedOptions, io: Io) {
  const config = loadConfig(shownPath(io.cwd, file));
  const stdin = readsStdin(config.spec, clusters) ? io.stdin() : undefined;
  const made = await makeManifests(config, workshopOf(io), clusters);
  return { config, clusters, stdin, made, folder: outputFolder(io.cwd, config.base, output) };
}
