import type { ApiServer } from '../cluster/api-server.js';
import type { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject, ObjectRef } from '../cluster/kube-object.js';
import type { Running } from '../engine.js';
import type { GitRepository } from './git-repository.js';

/** Where a test may apply what people apply by hand: a control plane, a GitOps engine in it, and a repository. */
export interface GitOpsStage extends Running {
  readonly plane: ControlPlane;
  readonly api: ApiServer;
  readonly repository: GitRepository;

  /** Applies what `bootstrap` wrote, with the address of the repository of this stage, and what it refers to. */
  bootstrap(objects: readonly KubeObject[]): Promise<void>;

  /** Tells the engine of a new commit, as a webhook does. */
  notify(): Promise<void>;

  /**
   * Waits until everything that the engine applies is as a commit says, and ready.
   *
   * @param seconds - how long that may take
   */
  untilApplied(commit: string, seconds?: number): Promise<void>;

  /** One line for everything that the engine applies: its name and how it stands. */
  states(): Promise<string[]>;

  /** Has the engine apply everything once more, and waits until it has. */
  applyAgain(): Promise<void>;

  /** The size of the largest object by which the engine applies the output, its status included, in bytes. */
  largestApplier(): Promise<number>;

  /** The most memory that each program of the engine has held, in megabytes. */
  peakMemory(): Record<string, number>;

  /** Whether the engine puts right by itself what somebody changed in the cluster. */
  selfHeal(on: boolean): Promise<void>;
}

/** The versions of objects in the cluster, by title: where they stay, nothing was written. */
export async function versionsOf(api: ApiServer, refs: readonly ObjectRef[]): Promise<Record<string, string>> {
  const found = await Promise.all(refs.map((ref) => api.find(ref)));
  return Object.fromEntries(
    refs.map(({ kind, metadata }, index) => [
      `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
      found[index] ? `${found[index].metadata.uid} ${found[index].metadata.resourceVersion}` : 'missing',
    ]),
  );
}

/** The size of the largest of some objects as JSON, in bytes. */
export function largestOf(objects: readonly KubeObject[]): number {
  return Math.max(...objects.map((each) => Buffer.byteLength(JSON.stringify(each))));
}
