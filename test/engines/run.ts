// npm run test:engines [-- --quick | --all] [patterns of test files]
// Builds the engines that the cache has not, runs the tests of the tier, and says what ran.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { type BuildResult, buildAll, lacksEngine } from './build-all.js';
import { type Form, formsIn } from './engine.js';
import { engines, unavailable } from './engines/index.js';
import { readResults, resultTables } from './results.js';
import { openRunFolder } from './run-folder.js';
import { readRan, runVariable, writeOffer } from './session.js';
import { summary } from './summary.js';
import { ended, stopCommands } from './toolchain/command.js';

const args = process.argv.slice(2);
const form: Form = (['quick', 'all'] as const).find((each) => args.includes(`--${each}`)) ?? 'full';
const patterns = args.filter((arg) => !['--quick', '--all'].includes(arg));
const say = (line: string) => process.stdout.write(`${line}\n`);
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
  const roots = formsIn(form).map((each) => `--roots=${join('build/engines', each)}`);
  const program = ['node_modules/jest/bin/jest.js', ...roots, '--config', 'jest.engines.config.js', ...patterns];
  const child = spawn(process.execPath, program, {
    stdio: 'inherit',
    env: { ...process.env, [runVariable]: folder },
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

async function main(): Promise<number> {
  const { folder, close } = openRunFolder();
  try {
    const results = await buildAll(engines, form, say, () => stopped !== undefined);
    const code = await test(results, folder);
    const measured = resultTables(readResults(folder));
    if (measured !== '') say(`${measured}\n`);
    say(summary(results, readRan(folder), form === 'quick' ? {} : unavailable));
    return stopped ? 128 + constants.signals[stopped] : code;
  } finally {
    close();
  }
}

main().then((code) => {
  process.exitCode = code;
});
