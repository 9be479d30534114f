import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { go } from './go-module.js';
import { cacheFolder } from './paths.js';

/** A folder, or one file, of a published Go module. */
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
    for (const file of yamlFiles(join(Dir, folder))) {
      writeFileSync(join(draft, relative(Dir, file).replaceAll('/', '_')), readFileSync(file));
    }
    renameSync(draft, to);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function yamlFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.yaml')).map((file) => join(path, file));
}
