import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { headerPrefix } from '../../src/output/header.js';
import type { Output } from '../../src/output/output.js';
import type { Plan } from '../../src/output/plan.js';

const made: string[] = [];

/** A folder of its own for one test, with files by path; a path that ends in a slash is an empty folder. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'image-pull-test-'));
  made.push(folder);
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file);
    fs.mkdirSync(file.endsWith('/') ? target : path.dirname(target), { recursive: true });
    if (!file.endsWith('/')) fs.writeFileSync(target, text);
  }
  return folder;
}

/** Removes every folder that {@link folderWith} made. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}

/** Everything below a folder: texts by path, links as `-> target`, empty folders with a slash. */
export function contentsOf(folder: string): Record<string, string> {
  const contents: Record<string, string> = {};
  const walk = (relative: string) => {
    const entries = fs.readdirSync(path.join(folder, relative), { withFileTypes: true });
    if (entries.length === 0 && relative !== '') contents[`${relative}/`] = '';
    for (const entry of entries) {
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (entry.isSymbolicLink()) contents[name] = `-> ${fs.readlinkSync(path.join(folder, name))}`;
      else contents[name] = fs.readFileSync(path.join(folder, name), 'utf8');
    }
  };
  walk('');
  return contents;
}

/** A text as this package writes it. */
export function ours(body: string): string {
  return `${headerPrefix} for a test\n${body}\n`;
}

/** An output of files of ours, by path. */
export function outputOf(bodies: Readonly<Record<string, string>>): Output {
  return new Map(Object.entries(bodies).map(([file, body]) => [file, { path: file, text: ours(body) }]));
}

/** True if the disk holds exactly the output. */
export function isUpToDate(plan: Plan): boolean {
  return plan.create.length + plan.replace.length + plan.prune.length === 0;
}
