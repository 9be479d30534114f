import type { ApiServer } from '../cluster/api-server.js';
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject, ObjectRef } from '../cluster/kube-object.js';
import { ArgoCd } from '../engines/argocd.js';
import { eventually } from '../processes/eventually.js';
import { GitRepository } from './git-repository.js';
import { type GitOpsStage, largestOf } from './gitops-stage.js';

const apiVersion = 'argoproj.io/v1alpha1';

/** The status of an Application as far as tests read it. */
interface ApplicationStatus {
  readonly sync?: { readonly status?: string; readonly revision?: string };
  readonly health?: { readonly status?: string };
  readonly operationState?: { readonly phase?: string; readonly message?: string; readonly startedAt?: string };
  readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  readonly resources?: readonly { readonly kind: string; readonly name: string; readonly status?: string }[];
}

/** An Argo CD with nothing in it, and its repository. */
export class ArgoCdStage implements GitOpsStage {
  private constructor(
    readonly plane: ControlPlane,
    private readonly argo: ArgoCd,
    readonly repository: GitRepository,
  ) {}

  /**
   * @param settings - further keys of `argocd-cm`
   * @param resync - seconds after which Argo CD looks at an Application again
   */
  static async start(settings: Readonly<Record<string, string>> = {}, resync = 5): Promise<ArgoCdStage> {
    const plane = await ControlPlane.start();
    try {
      return new ArgoCdStage(plane, await ArgoCd.start(plane, settings, resync), await GitRepository.start());
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  get api(): ApiServer {
    return this.plane.api;
  }

  async bootstrap(objects: readonly KubeObject[]): Promise<void> {
    for (const object of objects) await this.api.apply(this.#here(object), { manager: 'somebody' });
  }

  async notify(): Promise<void> {
    for (const application of await this.applications()) {
      await this.api.merge(application, { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
    }
  }

  async untilApplied(commit: string, seconds = 280): Promise<void> {
    await this.notify();
    await eventually(
      async () => {
        const applications = await this.applications();
        const waiting = applications.filter((each) => !isDone(statusOf(each), commit));
        if (applications.length > 0 && waiting.length === 0) return true;
        throw new Error(`waiting for ${waiting.map(stateOf).join('; ') || 'an Application'}`);
      },
      { seconds, otherwise: () => this.argo.logTail(2000) },
    );
  }

  async states(): Promise<string[]> {
    return (await this.applications()).map(stateOf);
  }

  async applyAgain(): Promise<void> {
    for (const application of await this.applications()) await this.sync(application.metadata.name);
  }

  async largestApplier(): Promise<number> {
    return largestOf(await this.applications());
  }

  peakMemory(): Record<string, number> {
    return this.argo.peakMemory();
  }

  async selfHeal(on: boolean): Promise<void> {
    for (const application of await this.applications()) {
      await this.api.merge(application, { spec: { syncPolicy: { automated: { selfHeal: on } } } });
    }
  }

  /** Syncs an Application with its own options, as its button does, and waits until that ends. */
  async sync(name: string, prune = true): Promise<void> {
    const ref = this.application(name);
    const { spec, status } = await this.api.get(ref);
    const before = (status as ApplicationStatus | undefined)?.operationState?.startedAt;
    const { syncOptions } = (spec?.syncPolicy ?? {}) as { syncOptions?: readonly string[] };
    // A second is what the time of its beginning tells two operations apart by.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await this.api.merge(ref, { operation: { initiatedBy: { username: 'test' }, sync: { prune, syncOptions } } });
    await this.api.until(ref, (object) => {
      const { operationState } = statusOf(object);
      return operationState?.startedAt !== before && operationState?.phase !== 'Running';
    });
  }

  application(name: string): ObjectRef {
    return { apiVersion, kind: 'Application', metadata: { name, namespace: 'argocd' } };
  }

  applications(): Promise<KubeObject[]> {
    return this.api.list(apiVersion, 'Application', 'argocd');
  }

  logTail(length?: number): string {
    return this.argo.logTail(length);
  }

  async stop(): Promise<void> {
    await this.argo.stop();
    await Promise.all([this.plane.stop(), this.repository.stop()]);
  }

  /** An object of Argo CD's own, in its namespace here, that reads, or allows, the repository of this stage. */
  #here(object: KubeObject): KubeObject {
    const { source, sourceRepos, ...spec } = (object.spec ?? {}) as {
      source?: object;
      sourceRepos?: readonly string[];
    };
    const repoURL = this.repository.url;
    const own = {
      ...spec,
      ...(source && { source: { ...source, repoURL } }),
      ...(sourceRepos && { sourceRepos: [repoURL] }),
    };
    return { ...object, metadata: { ...object.metadata, namespace: 'argocd' }, spec: own };
  }
}

/** How an Application stands. */
export const statusOf = ({ status }: KubeObject): ApplicationStatus => (status ?? {}) as ApplicationStatus;

function isDone({ sync, health, operationState }: ApplicationStatus, commit: string): boolean {
  const isThrough = operationState?.phase === undefined || operationState.phase === 'Succeeded';
  return sync?.status === 'Synced' && sync.revision === commit && health?.status === 'Healthy' && isThrough;
}

function stateOf(application: KubeObject): string {
  const { sync, health, operationState, conditions = [], resources = [] } = statusOf(application);
  const words = [`${sync?.status} ${health?.status}`];
  if (operationState !== undefined && operationState.phase !== 'Succeeded') {
    words.push(`${operationState.phase}: ${operationState.message}`);
  }
  words.push(...conditions.map(({ type, message }) => `${type}: ${message}`));
  const differing = resources.filter(({ status }) => status === 'OutOfSync').map(({ kind, name }) => `${kind}/${name}`);
  if (differing.length > 0) words.push(`differs: ${differing.join(', ')}`);
  return `${application.metadata.name} ${words.join('; ')}`;
}
