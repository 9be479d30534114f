// What Kyverno does with the rights that it is given.
import type { Stage } from './stage.js';

/** Something that Kyverno does for a namespace, and cannot do without a right. */
export interface Deed {
  /** Before the right is taken away. */
  readonly prepare?: (stage: Stage, namespace: string) => Promise<void>;
  /** Makes Kyverno use the right; may be asked again. */
  readonly ask: (stage: Stage, namespace: string) => Promise<void>;
  readonly isDone: (stage: Stage, namespace: string) => Promise<boolean>;
}

/** A namespace comes into scope: a clone is made. */
export const clone: Deed = {
  ask: (stage, namespace) => stage.namespaceInside(namespace),
  isDone: async (stage, namespace) => (await stage.clone(namespace)) !== undefined,
};

const cloneFirst: Deed['ask'] = async (stage, namespace) => {
  await stage.namespaceInside(namespace);
  await stage.cloned(namespace);
};

/** The source changes: the clone follows. */
export const rotation: Deed = {
  prepare: cloneFirst,
  ask: (stage) => stage.rotate(),
  isDone: (stage, namespace) => stage.isCurrent(namespace),
};

/** The same, after a new clone has made Kyverno watch again; a later one shows that it has gone on. */
export const watchedRotation: Deed = {
  prepare: cloneFirst,
  ask: async (stage, namespace) => {
    await cloneFirst(stage, stage.freshName());
    await rotation.ask(stage, namespace);
    await cloneFirst(stage, stage.freshName());
  },
  isDone: rotation.isDone,
};

/** A namespace leaves the scope: the clone goes. */
export const removal: Deed = {
  prepare: cloneFirst,
  ask: async (stage, namespace) => {
    await stage.namespaceInside(namespace);
    await stage.leave(namespace);
  },
  isDone: async (stage, namespace) => (await stage.clone(namespace)) === undefined,
};

/** A policy is about accounts that exist. They are looked at when one of them is made: here that of another namespace. */
export const existingAccounts: Deed = {
  prepare: (stage, namespace) => stage.namespaceOutside(namespace),
  ask: async (stage, namespace) => {
    await stage.namespaceInside(namespace);
    await stage.namespaceInside(stage.freshName());
  },
  isDone: (stage, namespace) => stage.isListed(namespace),
};
