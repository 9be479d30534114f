import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './toolchain/paths.js';

const runs = join(cacheFolder, 'runs');

/** A folder for everything that one run writes. It is named by the process, so that a later run removes what a killed one left. */
export function openRunFolder(): { readonly folder: string; close(): void } {
  mkdirSync(runs, { recursive: true });
  for (const entry of readdirSync(runs)) {
    if (!isRunning(Number(entry))) remove(join(runs, entry));
  }
  const folder = join(runs, String(process.pid));
  mkdirSync(folder);
  return { folder, close: () => remove(folder) };
}

/** The processes of a run are killed with it; one that is just ending may still write. */
function remove(folder: string): void {
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
