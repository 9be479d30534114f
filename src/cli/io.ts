/** Everything a command may touch of the process. */
export interface Io {
  /** The answer. */
  readonly out: (text: string) => void;
  /** Problems and progress. */
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Uint8Array;
  /** Asks for a line that is not shown while it is typed; undefined where nobody is at a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** The folder that paths are relative to. */
  readonly cwd: string;
  /** The variables that say where programs and caches are. Programs that are started get none of the others. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** This moment: the one place that asks the clock. */
  readonly now: () => Date;
  /** Whether the problems go to a terminal, where a line can be written over. */
  readonly isTerminal: boolean;
  /** Whether the answer goes to a terminal that shows colours, and nobody says that it must not have any. */
  readonly isColoured: boolean;
  /** Takes what is to be done before a signal ends the process, and gives back how to take that back. */
  readonly interrupted: (stop: () => void) => () => void;
  /** Runs work that must not be cut in two by a signal. */
  readonly uninterrupted: (work: () => void) => void;
}

/** Verdict of a run: 0 fine, 1 findings or differences, 2 usage or broken input. */
export type ExitCode = 0 | 1 | 2;
