#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { ImagePullError } from '../model/problem/problem.js';
import type { Io } from './io.js';
import { run } from './run.js';

/**
 * Files are written in one go without giving way to the event loop, so a signal that arrives then is handled only after
 * the last file. Before and after, it ends the process as usual.
 */
function uninterrupted(work: () => void): void {
  let signalled: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    signalled = signal;
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, note);
  work();
  setImmediate(() => {
    for (const signal of signals) process.off(signal, note);
    if (signalled) process.kill(process.pid, signalled);
  });
}

function readStdin(): Uint8Array {
  try {
    return readFileSync(0);
  } catch (error) {
    const isFolder = (error as NodeJS.ErrnoException).code === 'EISDIR';
    throw new ImagePullError({
      code: 'usage',
      message: `standard input ${isFolder ? 'is a folder' : 'cannot be read: it may be closed'}`,
      hint: 'pipe manifests into the command where - stands for standard input',
    });
  }
}

const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: readStdin,
  cwd: process.cwd(),
  uninterrupted,
};

/** A reader that closes the pipe early, such as `head`, is not an error; a full disk is one. */
function onStreamError(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') process.exitCode = 2;
}
process.stdout.on('error', onStreamError);
process.stderr.on('error', onStreamError);

run(process.argv.slice(2), io).then((code) => {
  // Writing may have failed before the run came to its end.
  process.exitCode ??= code;
});
