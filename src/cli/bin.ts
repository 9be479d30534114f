#!/usr/bin/env node
import { readFileSync } from 'node:fs';
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

const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: () => readFileSync(0),
  cwd: process.cwd(),
  uninterrupted,
};

// A reader that closes the pipe early, such as `head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

run(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
