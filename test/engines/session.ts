// What a run of the tier and its tests tell each other: files in the folder of the run.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Built, Engine, Part } from './engine.js';

/** Names the folder of the run for its tests. */
export const runVariable = 'IMAGE_PULL_ENGINES_RUN';

/** Names the part of the form `all` that is run. Without it all of them are. */
export const partVariable = 'IMAGE_PULL_ENGINES_PART';

/** True where tests of this part are run. */
export function isPartOfRun(part: Part): boolean {
  const asked = process.env[partVariable];
  return asked === undefined || asked === part;
}

/** The engines that a run offers to its tests, by name. */
export type Offer = Readonly<Record<string, Built>>;

/** Tells the tests which engines there are. */
export function writeOffer(folder: string, offer: Offer): void {
  writeFileSync(join(folder, 'offer.json'), JSON.stringify(offer));
}

/** The path of a program that an engine of this run brings. */
export function programPath(name: string): string {
  const path = Object.values(offer()).find(({ programs }) => name in programs)?.programs[name];
  if (path === undefined) throw new Error(`No engine of this run brings the program ${name}`);
  return path;
}

/** The path of a program of one engine, where several bring programs of that name. */
export function programOf({ name }: Engine, program: string): string {
  const path = offer()[name]?.programs[program];
  if (path === undefined) throw new Error(`${name} of this run brings no program ${program}`);
  return path;
}

/** A folder for the files of a process; it goes with the run. */
export function workFolder(name: string): string {
  return mkdtempSync(join(runFolder(), `${name}-`));
}

/** Notes for the summary that an engine ran. */
export function noteRan({ name }: Engine): void {
  appendFileSync(join(runFolder(), 'ran'), `${name}\n`);
}

/** The names of the engines that ran. */
export function readRan(folder: string): ReadonlySet<string> {
  const file = join(folder, 'ran');
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []);
}

function offer(): Offer {
  return JSON.parse(readFileSync(join(runFolder(), 'offer.json'), 'utf8')) as Offer;
}

/** The folder of this run. */
export function runFolder(): string {
  const folder = process.env[runVariable];
  if (folder === undefined) throw new Error('These tests need engines: npm run test:engines builds and offers them');
  return folder;
}
