import { type ChildProcess, spawn } from 'node:child_process';
import { platform } from 'node:os';
import { kill } from 'node:process';
import type { Readable } from 'node:stream';

/** A program to run, and how far it may go. */
export interface ProgramCall {
  /** The absolute path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing else of ours reaches the program. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** The most bytes that it may print, both streams together. */
  readonly mostBytes: number;
  /** Ends the program early. */
  readonly signal?: AbortSignal | undefined;
}

/** How a program ended. */
export type ProgramEnd =
  | { readonly ended: 'well'; readonly stdout: Buffer; readonly stderr: string }
  | { readonly ended: 'badly'; readonly status: string; readonly stderr: string }
  | { readonly ended: 'late' | 'overlong' | 'stopped'; readonly stderr: string }
  | { readonly ended: 'unstarted'; readonly reason: string };

/** As much of what it says about itself is kept. */
const keptOfStderr = 64 * 1024;

/**
 * Runs a program without a shell and without standard input. One that takes too long or prints too much is ended with
 * everything that it has started.
 */
export function runProgram(call: ProgramCall): Promise<ProgramEnd> {
  if (call.signal?.aborted) return Promise.resolve({ ended: 'stopped', stderr: '' });
  let child: ChildProcess;
  try {
    child = spawn(call.program, call.args, {
      cwd: call.cwd,
      env: { ...call.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that it can be ended with its children.
      detached: hasGroups,
      windowsHide: true,
    });
  } catch (error) {
    // An argument with a NUL, or more arguments than the system takes.
    return Promise.resolve({ ended: 'unstarted', reason: codeOf(error) });
  }
  return new Running(child, call).end;
}

const hasGroups = platform() !== 'win32';

class Running {
  readonly end: Promise<ProgramEnd>;
  readonly #child: ChildProcess;
  readonly #output: Buffer[] = [];
  #stderr = Buffer.alloc(0);
  #bytes = 0;
  #resolve!: (end: ProgramEnd) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = () => this.#kill('stopped');
  readonly #call: ProgramCall;

  constructor(child: ChildProcess, call: ProgramCall) {
    this.#child = child;
    this.#call = call;
    this.end = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#timer = setTimeout(() => this.#kill('late'), call.timeoutMs);
    call.signal?.addEventListener('abort', this.#onAbort);
    this.#listen(child.stdout, (chunk) => this.#output.push(chunk));
    this.#listen(child.stderr, (chunk) => {
      const kept = Buffer.concat([this.#stderr, chunk]);
      this.#stderr = kept.subarray(Math.max(0, kept.length - keptOfStderr));
    });
    child.on('error', (error) => this.#settle({ ended: 'unstarted', reason: codeOf(error) }));
    child.on('close', (code, signal) =>
      this.#settle(
        code === 0
          ? { ended: 'well', stdout: Buffer.concat(this.#output), stderr: this.#said() }
          : { ended: 'badly', status: code === null ? `signal ${signal}` : `exit code ${code}`, stderr: this.#said() },
      ),
    );
  }

  #listen(stream: Readable | null, take: (chunk: Buffer) => void): void {
    stream?.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes > this.#call.mostBytes) this.#kill('overlong');
      else take(chunk);
    });
    // What is cut off says so by an error; the end of the program is told anyway.
    stream?.on('error', () => {});
  }

  /** Ends the program and its group. Nobody waits for it: one that ignores everything must not hold up the run. */
  #kill(ended: 'late' | 'overlong' | 'stopped'): void {
    const { pid } = this.#child;
    try {
      if (hasGroups && pid !== undefined) kill(-pid, 'SIGKILL');
      else this.#child.kill('SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#settle({ ended, stderr: this.#said() });
  }

  #settle(end: ProgramEnd): void {
    clearTimeout(this.#timer);
    this.#call.signal?.removeEventListener('abort', this.#onAbort);
    this.#resolve(end);
  }

  #said(): string {
    return this.#stderr.toString('utf8');
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'an error of the system';
}
