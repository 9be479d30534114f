import type { ManifestSource } from '../model/inventory/workload.js';
import type { Place, Problem } from '../model/problem/problem.js';
import type { Applier, CreatedNamespace, Destination } from '../model/topology/applied.js';
import type { Rendering } from '../model/topology/rendering.js';
import type { MissingChart, RenderedText } from './render/outcome.js';

/** How a manifest was rendered. */
export interface MadeFrom {
  readonly rendering: Rendering;
  /** The files and folders of the repository that it is made of, absolute and without links. */
  readonly reached: readonly string[];
  /** Whether one of these files may hold a mark of ours. */
  readonly mayBeMarked: boolean;
  /** The GitOps object that asks for it. @default - an entry of workloads */
  readonly by?: Applier;
}

/** Manifests as somebody applies them: rendered, or read by an engine from a folder. */
export interface MadeManifest extends RenderedText {
  /** The namespace of objects that name none. */
  readonly namespace?: string;
  /** @default - they stand in the file of that name, and can be edited there */
  readonly source?: ManifestSource;
  /** @default - as {@link source} */
  readonly from?: MadeFrom;
  /** The cluster that they are applied to, as their object names it. @default - that of the entry */
  readonly destination?: Destination;
}

/** A namespace that an engine creates, and where. */
export interface MadeNamespace extends CreatedNamespace {
  /** The GitOps object that asks for it. */
  readonly keeper: string;
  readonly place?: Place;
  readonly destination?: Destination;
}

/** Everything that entries of workloads lead to besides the files that are read as they are. */
export interface Made {
  readonly manifests: readonly MadeManifest[];
  readonly namespaces: readonly MadeNamespace[];
  /** The folders and files that are seen by it, absolute and without links. */
  readonly reached: ReadonlySet<string>;
  /** Those of them that belong to a rendering which failed. */
  readonly unrendered: ReadonlySet<string>;
  /** The places of the GitOps objects that were followed. */
  readonly followed: ReadonlySet<string>;
  /** The places of those of them that lead to nothing that could be rendered. */
  readonly failed: ReadonlySet<string>;
  /** Looks for the folders with a kustomization that none of it leads to, relative to the config. */
  readonly idle: () => readonly string[];
  readonly problems: readonly Problem[];
  /** Charts of others that do not lie in the repository. */
  readonly missingCharts: readonly MissingChart[];
}

/** The answer for entries that only name files. */
export const nothingMade: Made = {
  manifests: [],
  namespaces: [],
  reached: new Set(),
  unrendered: new Set(),
  followed: new Set(),
  failed: new Set(),
  idle: () => [],
  problems: [],
  missingCharts: [],
};
