// npm run test:engines [-- --quick | --all | --all=argocd | --all=flux] [patterns of test files]
// Builds the engines that the cache has not, runs the tests of the tier, and says what ran. UPDATE_GOLDEN=1 renews the
// record of what GitOps engines do.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { asked } from './arguments.js';
import { type BuildResult, buildAll, lacksEngine } from './build-all.js';
import { formsIn, parts } from './engine.js';
import { engines, unavailable } from './engines/index.js';
import {
  byTest,
  contradictions,
  readResults,
  recordFile,
  renewed,
  resultsIn,
  resultTables,
  textOf,
} from './results.js';
import { openRunFolder } from './run-folder.js';
import { partVariable, readRan, runVariable, writeOffer } from './session.js';
import { summary } from './summary.js';
import { ended, stopCommands } from './toolchain/command.js';

const { form, part, patterns } = asked(process.argv.slice(2));
const say = (line: string) => process.stdout.write(`${line}\n`);
const otherParts = part ? parts.filter((each) => each !== part) : [];
/** The signal that ended the run before its time. */
let stopped: NodeJS.Signals | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // What runs ends first; then this process tidies up.
  process.on(signal, () => {
    stopped = signal;
    stopCommands(signal);
  });
}

async function jest(folder: string): Promise<number> {
  const roots = (part ? [form] : formsIn(form)).map((each) => `--roots=${join('build/engines', each)}`);
  const others = otherParts.map((each) => `--testPathIgnorePatterns=/all/${each}/`);
  const flags = [...roots, ...others, '--config', 'jest.engines.config.js'];
  const program = ['node_modules/jest/bin/jest.js', ...flags, ...patterns];
  const child = spawn(process.execPath, program, {
    stdio: 'inherit',
    env: { ...process.env, [runVariable]: folder, ...(part && { [partVariable]: part }) },
  });
  return (await ended(child)) === 0 ? 0 : 1;
}

async function test(results: readonly BuildResult[], folder: string): Promise<number> {
  if (stopped) return 1;
  writeOffer(
    folder,
    Object.fromEntries(results.flatMap((each) => ('built' in each ? [[each.engine.name, each.built]] : []))),
  );
  const code = await jest(folder);
  // The tests of the other engines have run; the run is no success all the same.
  return lacksEngine(results) ? 1 : code;
}

/** Engines of the other part, and why they did not run. */
function notAsked(): Record<string, string> {
  const left = engines.filter((each) => each.part !== undefined && otherParts.includes(each.part));
  return Object.fromEntries(left.map(({ name }) => [name, `this run is --all=${part}`]));
}

/** Prints what was measured. False where it is not what the record says. */
function sayResults(folder: string): boolean {
  const [record, results] = [resultsIn(recordFile), readResults(folder)];
  for (const [test, each] of byTest(results)) say(`${test}\n\n${resultTables(each)}\n`);
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(recordFile, textOf(renewed(record, results)));
    return true;
  }
  const other = contradictions(record, results);
  if (other.length > 0) say(`Not as recorded; UPDATE_GOLDEN=1 renews the record:\n${other.join('\n')}\n`);
  return other.length === 0;
}

async function main(): Promise<number> {
  const { folder, close } = openRunFolder();
  try {
    const wanted = engines.filter((each) => each.part === undefined || !otherParts.includes(each.part));
    const results = await buildAll(wanted, form, say, () => stopped !== undefined);
    const code = await test(results, folder);
    const isAsRecorded = sayResults(folder);
    say(summary(results, readRan(folder), form === 'quick' ? {} : { ...unavailable, ...notAsked() }));
    return stopped ? 128 + constants.signals[stopped] : isAsRecorded ? code : 1;
  } finally {
    close();
  }
}

main().then((code) => {
  process.exitCode = code;
});
