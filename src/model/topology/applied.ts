import type { Place } from '../problem/problem.js';
import type { Rendering } from './rendering.js';

/** A GitOps object as messages name it. */
export interface Applier {
  /** The text by which it is known among all objects. */
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly place?: Place;
}

/** The cluster that something is applied to, as the object names it: an address, a name, or none, which is its own. */
export interface Destination {
  readonly server?: string;
  readonly name?: string;
}

/** The namespace that a GitOps engine creates where it is missing. */
export interface CreatedNamespace {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  /** Whether the engine keeps its labels, so that nobody else may declare it. */
  readonly isManaged: boolean;
}

/** A part of the repository that one GitOps object applies. */
export interface Applied {
  readonly by: Applier;
  readonly rendering: Rendering;
  /** The namespace of objects that name none. @default - there is none */
  readonly namespace?: string;
  readonly destination: Destination;
  readonly creates?: CreatedNamespace;
  /** Whether it is refused where a Secret in it is ciphertext of SOPS. @default false */
  readonly refusesCiphertext?: boolean;
}
