import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Engine, Running } from '../engine.js';
import { noteRan, programPath } from '../session.js';
import { GoModule } from '../toolchain/go-module.js';

const goModule = new GoModule('readers');

/** The readers of kubectl and of kustomize, in a program of ours that asks them; {@link Readers} starts it. */
export const readersEngine: Engine = {
  name: 'Readers of kubectl and kustomize (sigs.k8s.io/yaml, kyaml)',
  form: 'quick',
  build: () => goModule.build('sigs.k8s.io/yaml', ['.']),
};

/** What a reader makes of a text: its documents, or why there are none. */
export interface Reading {
  readonly documents?: readonly unknown[] | null;
  readonly error?: string;
}

/** What both make of a text. */
export interface Readings {
  readonly kubectl: Reading;
  readonly kustomize: Reading;
}

/** One process for all texts: a line in, a line out. It ends with its standard input. */
export class Readers implements Running {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  private constructor() {
    this.#process = spawn(programPath('readers'), [], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  static start(): Readers {
    const readers = new Readers();
    noteRan(readersEngine);
    return readers;
  }

  /** Reads one text after the other. */
  async read(bytes: Uint8Array): Promise<Readings> {
    this.#process.stdin.write(`${JSON.stringify({ text: Buffer.from(bytes).toString('base64') })}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('the readers ended');
    return JSON.parse(value) as Readings;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.on('exit', resolve));
    this.#process.stdin.end();
    await ended;
  }
}
