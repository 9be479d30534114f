import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Io } from '../src/cli/io.js';
import { run } from '../src/cli/run.js';
import type { Inventory } from '../src/model/inventory/found-inventory.js';
import { InventoryBuilder } from '../src/model/inventory/inventory.js';
import { plainTree } from '../src/model/inventory/tree.js';
import { type ClusterModel, clusterModel } from '../src/model/vocabulary/cluster.js';
import type { ImagePullSpec } from '../src/model/vocabulary/spec.js';
import { findProgram } from '../src/run/find-program.js';

/** The inventory of a YAML text. */
export function inventoryOf(yaml: string): Inventory {
  const builder = new InventoryBuilder();
  for (const document of parseAllDocuments(yaml)) builder.add(plainTree(document.toJS()));
  return builder.build();
}

/** The model of cluster `prod` of a spec without version and clusters. */
export function prod(spec: Partial<ImagePullSpec>, cluster: ImagePullSpec['clusters'][string] = {}): ClusterModel {
  return clusterModel({ version: 1, clusters: { prod: cluster }, ...spec }, 'prod');
}

/** A Deployment on one line. */
export function deployment(namespace: string, name: string, images: readonly string[], podSpec = ''): string {
  const containers = images.map((image, index) => `{ name: c${index}, image: ${JSON.stringify(image)} }`).join(', ');
  return `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: ${namespace} }, spec: { template: { spec: { ${podSpec} containers: [${containers}] } } } }\n`;
}

/** Tests that need something of the machine, skipped with the reason in their title where it is not there. */
export function where(isThere: boolean, title: string, reason: string, tests: () => void): void {
  (isThere ? describe : describe.skip)(isThere ? title : `${reason}, so that these are skipped`, tests);
}

/** Tests that need a program, skipped with the reason in their title where it is not on PATH. */
export function withProgram(name: string, tests: () => void): void {
  where(findProgram(name, process.env.PATH) !== undefined, `with ${name} on PATH`, `${name} is not on PATH`, tests);
}

const temporary: string[] = [];

afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

/** A temporary folder, removed after the tests of the file. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'image-pull-'));
  temporary.push(folder);
  return folder;
}

/** A temporary folder with files in it. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Every file below a folder with its text. */
export function filesOf(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}

/** What a command line printed and answered. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. */
export async function cli(cwd: string, ...argv: string[]): Promise<Ran> {
  return cliWithStdin(cwd, '', ...argv);
}

/** As {@link cli}, with a text on standard input. */
export async function cliWithStdin(cwd: string, stdin: string, ...argv: string[]): Promise<Ran> {
  return ran(cwd, stdin, argv);
}

async function ran(cwd: string, stdin: string, argv: readonly string[], now?: Date): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runWith(cwd, stdin, argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    ...(now && { now: () => now }),
  });
  return { code, out, err };
}

/** As {@link cli}, at another moment. */
export async function cliAt(now: Date, cwd: string, ...argv: string[]): Promise<Ran> {
  return ran(cwd, '', argv, now);
}

/** What a command line prints, as a terminal shows it: both streams in their order. */
export async function printed(cwd: string, ...argv: string[]): Promise<string> {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  await runWith(cwd, '', argv, { out: write, err: write });
  return text;
}

async function runWith(
  cwd: string,
  stdin: string,
  argv: readonly string[],
  own: Pick<Io, 'out' | 'err'> & Partial<Pick<Io, 'now'>>,
) {
  return run(argv, {
    stdin: () => Buffer.from(stdin),
    cwd,
    environment: { PATH: process.env.PATH },
    ask: undefined,
    now: () => new Date(),
    isTerminal: false,
    isColoured: false,
    interrupted: () => () => {},
    uninterrupted: (work) => work(),
    ...own,
  });
}
