import type { Place, Problem } from '../../model/problem/problem.js';

/**
 * Form of an item: `name` writes `- name: x`, `text` writes `- x`, as the resources of a kustomization.yaml, and `json`
 * writes a map between braces, whose name is its JSON.
 */
export type ItemForm = 'name' | 'text' | 'json';

/** Names that one list of a manifest must hold because of us. */
export interface ListRequest {
  /** Where the object begins, as the inventory tells it; a byte order mark does not count. */
  readonly object: Place;
  /**
   * The way from the object to the list: keys and indices, such as `['spec', 'template', 'spec', 'imagePullSecrets']`.
   */
  readonly path: readonly (string | number)[];
  /** Every name that must be on it, in this order. Those that are there already, marked or not, stay as they are. */
  readonly wanted: readonly string[];
  /** @default 'name' */
  readonly item?: ItemForm;
}

/** Changes of an edit on one list. */
export interface ListChange {
  /** The request; of several for one list the first. */
  readonly request: ListRequest;
  readonly added: readonly string[];
  readonly takenBack: readonly string[];
  /** Where the first change is, in the text as it was: for a new line the line that it takes the place of. */
  readonly place: Place;
}

/** Answer of {@link editLists}. */
export interface ManifestEdit {
  /** The same text if nothing changes. */
  readonly text: string;
  readonly changes: readonly ListChange[];
  /** Requests for more on lists in JSON, which has no comments to mark an entry with: a patch must be applied by hand. */
  readonly inJson: readonly ListRequest[];
  readonly problems: readonly Problem[];
}
