import { CommanderError } from 'commander';
import { ImagePullError } from '../model/problem/problem.js';
import { terminalText } from '../model/problem/shown.js';
import { problemsReport } from '../report/problems.js';
import type { ExitCode, Io } from './io.js';
import { program } from './program.js';

/** Runs a command line and answers with its exit code. Never throws, never prints a stack trace. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const cli = program(io, (result) => {
    code = result;
  });
  try {
    await cli.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, io);
  }
}

function failed(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (ImagePullError.is(error)) {
    io.err(problemsReport(error.problems));
    return 2;
  }
  const { name = 'Error', message = 'unknown' } = (error ?? {}) as Partial<Error>;
  // Only the first line: a message of foreign code may go on with whatever it was given.
  io.err(
    `${terminalText(`unexpected ${name}: ${message.split('\n')[0]?.slice(0, 200)}`)}\nThis is a defect of cdk8s-image-pull: please report it with the command line.\n`,
  );
  return 2;
}
