import { existsSync } from 'node:fs';
import { configFileName, type LoadedConfig, loadConfig } from '../config/load.js';
import type { Io } from './io.js';
import { shownPath } from './shown-path.js';

/** The config in the working folder, where there is one; one that is named must be there. */
export function configHere(file: string | undefined, io: Io): LoadedConfig | undefined {
  const path = shownPath(io.cwd, file ?? configFileName);
  return file === undefined && !existsSync(path) ? undefined : loadConfig(path);
}
