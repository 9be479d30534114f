/** Everything a command may touch of the process. */
export interface Io {
  /** The answer. */
  readonly out: (text: string) => void;
  /** Problems and progress. */
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Uint8Array;
  /** The folder that paths are relative to. */
  readonly cwd: string;
  /** Runs work that must not be cut in two by a signal. */
  readonly uninterrupted: (work: () => void) => void;
}

/** What a run found: 0 fine, 1 findings or differences, 2 usage or broken input. */
export type ExitCode = 0 | 1 | 2;
