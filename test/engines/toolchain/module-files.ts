import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { go } from './go-module.js';
import { cacheFolder } from './paths.js';

/** A folder of a published Go module. */
export interface ModuleFolder {
  readonly module: string;
  readonly version: string;
  readonly folder: string;
}

/** The texts of the YAML files below a folder of a Go module; Go checks the module against its public log of sums. */
export async function moduleYaml(wanted: ModuleFolder): Promise<string[]> {
  const cached = join(cacheFolder, 'files', `${wanted.module}@${wanted.version}`, wanted.folder);
  if (!existsSync(cached)) await download(wanted, cached);
  return readdirSync(cached)
    .sort()
    .map((file) => readFileSync(join(cached, file), 'utf8'));
}

/** Copies texts, because the files of the module cache are read-only, and so would copies be. */
async function download({ module, version, folder }: ModuleFolder, to: string): Promise<void> {
  const { Dir } = JSON.parse(await go(['mod', 'download', '-json', `${module}@${version}`])) as { Dir: string };
  mkdirSync(dirname(to), { recursive: true });
  const draft = mkdtempSync(join(cacheFolder, 'draft-'));
  try {
    const files = readdirSync(join(Dir, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((each) => each.endsWith('.yaml'))) {
      writeFileSync(join(draft, file.replaceAll('/', '_')), readFileSync(join(Dir, folder, file)));
    }
    renameSync(draft, to);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
