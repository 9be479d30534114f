import type { Place } from '../problem/problem.js';

/** A text that may be an image, in a place that the kubelet does not pull from: somebody may make a pod of it. */
export interface TextImage {
  readonly kind: string;
  readonly name: string;
  /** Undefined where nobody says in which namespace the pod would run. */
  readonly namespace?: string;
  /** The path of the text. */
  readonly path: string;
  readonly image: string;
  readonly place?: Place;
}
