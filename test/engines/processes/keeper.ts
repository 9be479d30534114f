import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Running } from '../engine.js';

/**
 * Runs a program until standard input ends, then kills it. Whatever happens to the process that holds the other end,
 * the program does not outlive it. Its data are thrown away, so it need not end in good order.
 */
const keep = `
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
{ cat <&3 >/dev/null; kill -KILL "$program"; } 2>/dev/null &
keeper=$!
exec 3<&-
wait "$program"
code=$?
kill "$keeper" 2>/dev/null
exit "$code"
`;

/** What to run and where its log goes. */
export interface KeptProps {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The folder of its log and the one it runs in. */
  readonly folder: string;
  /** @default - the last element of the program */
  readonly name?: string;
}

/** A program that runs in the background, in a session of its own, and never outlives this process. */
export class Kept implements Running {
  /** As {@link end}, once it ends. */
  readonly ended: Promise<string>;
  readonly #keeper: ChildProcess;
  readonly #log: string;
  #end: string | undefined;
  /** The program's name, as that of its log. */
  readonly name: string;

  private constructor({ program, args, env, folder, name = program.split('/').at(-1) ?? program }: KeptProps) {
    this.name = name;
    this.#log = join(folder, `${name}.log`);
    const log = openSync(this.#log, 'a');
    this.#keeper = spawn('sh', ['-c', keep, 'sh', program, ...args], {
      cwd: folder,
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['pipe', log, log],
    });
    closeSync(log);
    this.#keeper.stdin?.on('error', () => {});
    this.ended = new Promise((resolve) => {
      this.#keeper.on('error', (error) => resolve(`${name}: ${error.message}`));
      this.#keeper.on('exit', (code, signal) => resolve(`${name} ended with ${code ?? signal}`));
    }).then((reason) => {
      this.#end = String(reason);
      this.#keeper.stdin?.destroy();
      return this.#end;
    });
  }

  /** Starts a program. */
  static start(props: KeptProps): Kept {
    return new Kept(props);
  }

  /** The program and why it ended; undefined while it runs. */
  get end(): string | undefined {
    return this.#end;
  }

  /** The end of what the program wrote. */
  logTail(length = 3000): string {
    return readFileSync(this.#log, 'utf8').slice(-length);
  }

  /** The most memory that the program has held, in megabytes. */
  peakMemory(): number {
    const shell = this.#keeper.pid ?? 0;
    const children = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ');
    const peaks = children.map(
      (pid) => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0',
    );
    return Math.round(Math.max(...peaks.map(Number)) / 1024);
  }

  async stop(): Promise<void> {
    this.#keeper.stdin?.end();
    await this.ended;
  }
}

/** The first of the programs that ended, and why; undefined while all run. */
export function firstEnd(all: readonly Kept[]): string | undefined {
  return all.find((each) => each.end !== undefined)?.end;
}
