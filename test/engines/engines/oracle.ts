import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Engine, Running } from '../engine.js';
import { noteRan, programPath } from '../session.js';
import { GoModule } from '../toolchain/go-module.js';

const goModule = new GoModule('oracle');

/** The kubelet's own code for images and pull secrets, in a program of ours that asks it; {@link Oracle} starts it. */
export const oracleEngine: Engine = {
  name: 'Keyring of the kubelet (k8s.io/kubernetes/pkg/credentialprovider)',
  form: 'quick',
  build: () => goModule.build('k8s.io/kubernetes', ['.']),
};

/** What the oracle is asked; every part is answered by itself. Bytes are base64. */
export interface Question {
  readonly images?: readonly string[];
  readonly secrets?: readonly { readonly name: string; readonly type: string; readonly data: Record<string, string> }[];
  readonly config?: { readonly type: string; readonly text: string };
  /** Those of a credential provider. */
  readonly matchImages?: readonly string[];
  /** Makes that many keyrings of the Secrets, and answers all that they answer. @default 1 */
  readonly repeat?: number;
}

/** What `distribution/reference` and the kubelet make of an image. */
export interface ReferenceAnswer {
  readonly error?: string;
  readonly domain: string;
  readonly path: string;
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** A credential that the kubelet would try. */
export interface CredentialAnswer {
  readonly username: string;
  readonly password: string;
  readonly secret: string;
}

/** An entry of a docker config as the kubelet reads it. */
export interface EntryAnswer {
  readonly key: string;
  readonly username: string;
  readonly password: string;
  readonly email: string;
}

/** What the oracle answers. */
export interface Answer {
  readonly references?: readonly ReferenceAnswer[];
  /** For each image the different lists of credentials that were found; none where the image is no reference. */
  readonly keyring?: {
    readonly error?: string;
    readonly lookups?: readonly (readonly (readonly CredentialAnswer[])[] | null)[];
  };
  /** For each image which of `matchImages` match it. */
  readonly matched?: readonly (readonly boolean[])[];
  /** Entries in the order of their keys' bytes. */
  readonly config?: { readonly error?: string; readonly entries?: readonly EntryAnswer[] };
}

/** One process for all questions: a line in, a line out. It ends with its standard input. */
export class Oracle implements Running {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  private constructor() {
    this.#process = spawn(programPath('oracle'), [], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  static start(): Oracle {
    const oracle = new Oracle();
    noteRan(oracleEngine);
    return oracle;
  }

  /** Asks one question after the other. */
  async ask(question: Question): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('the oracle ended');
    return JSON.parse(value) as Answer;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.on('exit', resolve));
    this.#process.stdin.end();
    await ended;
  }
}
