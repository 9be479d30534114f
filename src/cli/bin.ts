#!/usr/bin/env node
import type { Io } from './io.js';
import { load } from './load.js';
import type { PromptTerminal } from './prompt.js';
import { run } from './run.js';

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Files are written in one go without giving way to the event loop, so a signal that arrives then is handled only after
 * the last file. Before and after, it ends the process as usual.
 */
function uninterrupted(work: () => void): void {
  let signalled: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    signalled = signal;
  };
  for (const signal of signals) process.on(signal, note);
  work();
  setImmediate(() => {
    for (const signal of signals) process.off(signal, note);
    if (signalled) process.kill(process.pid, signalled);
  });
}

/** A signal ends the process as usual, after what is to be done first. */
function interrupted(stop: () => void): () => void {
  const keep = () => {
    for (const signal of signals) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    stop();
    keep();
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, end);
  return keep;
}

const opened = new Set<string>();

/** A stream of the process. A reader that closes it early, such as `head`, is not an error; a full disk is one. */
function stream(name: 'stdout' | 'stderr'): NodeJS.WriteStream {
  // A stream costs milliseconds to open, and most runs need one of the two.
  if (!opened.has(name)) {
    opened.add(name);
    process[name].on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') process.exitCode = 2;
    });
  }
  return process[name];
}

/** Whether somebody sees questions and can answer them. */
function isAttended(): boolean {
  return process.stderr.isTTY === true && process.stdin.isTTY === true;
}

const terminal: PromptTerminal = {
  get input() {
    return process.stdin;
  },
  show: (text) => stream('stderr').write(text),
  interrupted,
  interrupt: () => process.kill(process.pid, 'SIGINT'),
};

const io: Io = {
  out: (text) => stream('stdout').write(text),
  err: (text) => stream('stderr').write(text),
  stdin: () => load('./stdin.js', 'readStdin')(),
  get ask() {
    return isAttended() ? (question: string) => load('./prompt.js', 'askHidden')(question, terminal) : undefined;
  },
  cwd: process.cwd(),
  environment: process.env,
  now: () => load('../sealing/clock.js', 'now')(),
  isTerminal: process.stderr.isTTY === true,
  isColoured: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  interrupted,
  uninterrupted,
};

run(process.argv.slice(2), io).then((code) => {
  // Writing may have failed before the run came to its end.
  process.exitCode ??= code;
});
