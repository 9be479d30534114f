import type { Problem } from '../../model/problem/problem.js';
import type { RenderedText } from './outcome.js';
import type { RendererName } from './renderers.js';

/** Facts of a rendering before anything is started. */
export interface Prepared {
  readonly reached: readonly string[];
  readonly problems: readonly Problem[];
  /** The manifests, where no program is needed for them. */
  readonly texts?: readonly RenderedText[];
  /** How they are made, where nothing speaks against it. */
  readonly call?: RendererCall;
}

/** Call of a renderer. */
export interface RendererCall {
  readonly renderer: RendererName;
  /** As it stands in messages, such as `kustomize build apps/prod`. */
  readonly label: string;
  /** Everything besides the files that decides about the result. */
  readonly says: unknown;
  /** False where the renderer may read more than is known; its result is not kept then. */
  readonly isKnown: boolean;
  /** The files that it reads, without links. */
  readonly reads: readonly string[];
  /** Writes what it is handed into an empty folder, and says its arguments. */
  readonly write: (folder: string) => readonly string[];
  /** Calls that the text it prints is handed to, one after the other. */
  readonly through?: readonly FurtherCall[];
  /** Makes the result of the text in the end. */
  readonly finish?: (text: string) => Finished;
}

/** A renderer that makes another text of a text. */
export interface FurtherCall {
  readonly renderer: RendererName;
  readonly label: string;
  readonly write: (folder: string, text: string) => readonly string[];
}

/** A text as it is applied in the end. */
export interface Finished {
  readonly text: string;
  readonly problems: readonly Problem[];
}
