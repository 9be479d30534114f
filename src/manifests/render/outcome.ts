import type { Problem } from '../../model/problem/problem.js';
import type { Rendering } from '../../model/topology/rendering.js';

/** Result of one rendering. */
export interface Outcome {
  readonly rendering: Rendering;
  /** The manifests, in one YAML stream for each file that they stand in; none where it failed. */
  readonly texts: readonly RenderedText[];
  /** Findings and errors: what failed, or was not even tried. Those of the whole run are in each outcome. */
  readonly problems: readonly Problem[];
  /**
   * The folders and files of the repository that it is made of, without links, absolute: these are seen, whether it
   * worked or not.
   */
  readonly reached: readonly string[];
  /** Whether one of these files may hold a mark of ours, where the manifests were rendered of them. @default false */
  readonly mayBeMarked?: boolean;
  /** The chart of others that does not lie in the repository. */
  readonly missingChart?: MissingChart;
}

/** Manifests that were rendered, or that stand in a file of a plain folder. */
export interface RenderedText {
  /** As it stands in messages: `<kustomize build apps/prod>`, or the file relative to the config. */
  readonly file: string;
  readonly text: string;
}

/** A chart that somebody has to fetch. */
export interface MissingChart {
  readonly name: string;
  readonly version?: string;
  readonly repository: string;
  /** The line for a shell that fetches it. */
  readonly command: string;
}
