import { headerPrefix } from './header.js';

/** One file of the output, wholly in memory. */
export interface OutputFile {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  /** The whole text; unless the file is `stock`, its first line is the header that marks it as ours. */
  readonly text: string;
  /** True if the text holds a credential in the clear, so that it must not be shown. */
  readonly secret?: boolean;
  /**
   * True for a file that stock cdk8s would write too: it has no header, replaces whatever file has its name, as
   * stock does, and is never pruned.
   */
  readonly stock?: boolean;
}

/** All files of a run by their path. */
export type Output = ReadonlyMap<string, OutputFile>;

/** True for a text that this package wrote; only such files are ever replaced or removed. */
export function isOwnText(text: string): boolean {
  return text.startsWith(headerPrefix);
}
