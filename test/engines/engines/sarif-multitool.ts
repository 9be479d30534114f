import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../engine.js';
import { noteRan, programPath, workFolder } from '../session.js';
import { command } from '../toolchain/command.js';
import { cacheFolder } from '../toolchain/paths.js';

const version = '5.7.0';

/** The multitool of Microsoft's SARIF SDK as npm ships it for Linux; it is installed below the cache. */
export const sarifMultitool: Engine = {
  name: 'sarif-multitool',
  form: 'full',
  async build() {
    const folder = join(cacheFolder, `sarif-multitool-${version}`);
    const program = join(folder, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');
    if (!existsSync(program)) await install(folder);
    // The package forgets to say that it can be run.
    chmodSync(program, 0o755);
    return { version: `v${version}`, programs: { 'sarif-multitool': program } };
  },
};

async function install(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
  await command('npm', ['install', ...options, `@microsoft/sarif-multitool-linux@${version}`]);
}

/** The codes of the rules by which the multitool finds an error in a log. */
export async function sarifErrors(log: string): Promise<string[]> {
  const answer = join(workFolder('sarif'), 'answer.sarif');
  // Without it .NET asks for a library of languages.
  const env = { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  // It ends with 1 where it finds errors, and writes its answer all the same.
  const failure = await command(programPath('sarif-multitool'), ['validate', log, '--output', answer], { env }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!existsSync(answer)) throw failure;
  noteRan(sarifMultitool);
  const { runs } = JSON.parse(readFileSync(answer, 'utf8')) as {
    readonly runs: readonly { readonly results: readonly { readonly ruleId: string; readonly level?: string }[] }[];
  };
  return runs.flatMap(({ results }) => results.filter(({ level }) => level === 'error').map(({ ruleId }) => ruleId));
}
