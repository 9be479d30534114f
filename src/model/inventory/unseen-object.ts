import type { Place } from '../problem/problem.js';

/** Which object it is. */
export interface UnseenHead {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly place?: Place;
}

/** An object that stands for pods which nobody has read. */
export interface StandInObject extends UnseenHead {
  readonly is: 'stand-in';
  /** The images that its values name. */
  readonly images: readonly ImageText[];
  /** Whether it was followed, to something that could not be rendered. @default false */
  readonly isFollowed?: boolean;
}

/** An object of a kind that nobody knows, with what looks as if it ran pods. Paths are as `podKinds` takes them. */
export interface UnknownObject extends UnseenHead {
  readonly is: 'unknown';
  /** The paths of what has a list of containers; the empty text for the object itself. */
  readonly podSpecs: readonly string[];
  readonly images: readonly ImageText[];
}

/** An object of the cluster that lends its pods to others, and nothing that was read borrows from it. */
export interface UnusedTemplate extends UnseenHead {
  readonly is: 'unused template';
  readonly images: readonly string[];
}

/** A text that may be an image. */
export interface ImageText {
  readonly path: string;
  readonly image: string;
  /** True where the field is called an image; another text counts only with the host of its registry. */
  readonly isNamed: boolean;
  /** Whether it stands in parts, such as `repository` and `tag`; the path is that of the map. @default false */
  readonly isInParts?: boolean;
}

/** An object of the manifests that may run pods which nobody has seen. */
export type Unseen = StandInObject | UnknownObject | UnusedTemplate;
