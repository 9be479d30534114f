import { compareText } from '../model/names/names.js';

/** Why something below an entry of workloads was not read, though nothing is wrong with it. */
export type LeftOutWhy =
  | 'by a pattern'
  | 'hidden'
  | 'a config of this tool'
  | 'no Kubernetes object'
  | 'not named by the kustomization beside it'
  | 'not named like a manifest'
  | 'rendered, or included by what is'
  | 'written by this tool';

/** Files and folders that were left out for one reason. */
export interface LeftOut {
  readonly why: LeftOutWhy;
  /** The pattern, the folder, or how the names end. */
  readonly what: string;
  /** Files, and folders as a whole. */
  readonly count: number;
}

/** Counts what is left out. */
export class LeftOutCount {
  readonly #counts = new Map<string, LeftOut>();

  note(why: LeftOutWhy, what: string, count = 1): void {
    const key = `${why} ${what}`;
    this.#counts.set(key, { why, what, count: (this.#counts.get(key)?.count ?? 0) + count });
  }

  /** Sorted by reason. */
  all(): readonly LeftOut[] {
    return [...this.#counts].sort(([a], [b]) => compareText(a, b)).map(([, leftOut]) => leftOut);
  }
}
