import { CommanderError } from 'commander';
import type { ExitCode, Io } from './io.js';
import { load } from './load.js';
import { program } from './program.js';

/** Runs a command line and answers with its exit code. Never throws, never prints a stack trace. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const cli = program(io, (result) => {
    code = result;
  });
  try {
    await cli.parseAsync(withoutPassword(argv), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.err(load('./failure.js', 'failureText')(error));
    return 2;
  }
}

/** The arguments up to a password: no part of one is looked at, whatever it looks like. */
function withoutPassword(argv: readonly string[]): string[] {
  const at = argv.findIndex((argument) => /^--password(?:=|$)/.test(argument));
  return at < 0 ? [...argv] : [...argv.slice(0, at), '--password'];
}
