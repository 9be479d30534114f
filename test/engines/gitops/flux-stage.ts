import type { ApiServer } from '../cluster/api-server.js';
import { createMissingNamespaces } from '../cluster/apply-output.js';
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { Flux } from '../engines/flux.js';
import { eventually } from '../processes/eventually.js';
import { GitRepository } from './git-repository.js';
import { type GitOpsStage, largestOf } from './gitops-stage.js';

const kinds = {
  source: ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
  kustomization: ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
} as const;

interface KustomizationStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
  readonly lastAppliedRevision?: string;
  readonly lastHandledReconcileAt?: string;
}

/** A Flux with nothing in it, and its repository. */
export class FluxStage implements GitOpsStage {
  private constructor(
    readonly plane: ControlPlane,
    private readonly flux: Flux,
    readonly repository: GitRepository,
  ) {}

  static async start(): Promise<FluxStage> {
    const plane = await ControlPlane.start();
    try {
      return new FluxStage(plane, await Flux.start(plane), await GitRepository.start());
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  get api(): ApiServer {
    return this.plane.api;
  }

  async bootstrap(objects: readonly KubeObject[]): Promise<void> {
    await createMissingNamespaces(this.api, objects);
    for (const object of objects) {
      await this.#source(object);
      await this.api.apply(object, { manager: 'somebody' });
    }
  }

  async notify(): Promise<void> {
    await this.#request(kinds.source);
  }

  async untilApplied(commit: string, seconds = 280): Promise<void> {
    // A new artifact is applied by itself, and one that depends on others looks again.
    await this.#request(kinds.source);
    await eventually(
      async () => {
        const all = await this.kustomizations();
        const waiting = all.filter(({ status }) => !isDone(status, commit));
        if (all.length > 0 && waiting.length === 0) return true;
        throw new Error(`waiting for ${waiting.map(stateOf).join('; ') || 'a Kustomization'}`);
      },
      { seconds, otherwise: () => this.flux.logTail(2000) },
    );
  }

  async states(): Promise<string[]> {
    return (await this.kustomizations()).map(stateOf);
  }

  async applyAgain(): Promise<void> {
    const at = await this.#request(kinds.kustomization);
    await eventually(async () => {
      const all = (await this.kustomizations()).map(({ status }) => (status ?? {}) as KustomizationStatus);
      return all.every(({ lastHandledReconcileAt }) => lastHandledReconcileAt === at) ? true : undefined;
    });
  }

  async largestApplier(): Promise<number> {
    return largestOf(await this.kustomizations());
  }

  peakMemory(): Record<string, number> {
    return this.flux.peakMemory();
  }

  /** Flux knows no other way than to suspend what applies. */
  async selfHeal(on: boolean): Promise<void> {
    for (const kustomization of await this.kustomizations()) {
      await this.api.merge(kustomization, { spec: { suspend: !on } });
    }
  }

  kustomizations(): Promise<KubeObject[]> {
    return this.api.list(...kinds.kustomization);
  }

  logTail(length?: number): string {
    return this.flux.logTail(length);
  }

  async stop(): Promise<void> {
    await this.flux.stop();
    await Promise.all([this.plane.stop(), this.repository.stop()]);
  }

  /** What a Kustomization reads, which whoever runs Flux has. */
  async #source({ metadata, spec }: KubeObject): Promise<void> {
    const { sourceRef } = (spec ?? {}) as { sourceRef?: { name: string; namespace?: string } };
    if (sourceRef === undefined) return;
    const [apiVersion, kind] = kinds.source;
    const { name, namespace = metadata.namespace ?? '' } = sourceRef;
    const source = { url: this.repository.url, ref: { branch: 'main' }, interval: '10m' };
    await this.api.apply({ apiVersion, kind, metadata: { name, namespace }, spec: source }, { manager: 'somebody' });
  }

  /** Asks for a reconciliation, as `flux reconcile` does. */
  async #request(kind: readonly [string, string]): Promise<string> {
    const at = new Date().toISOString();
    for (const object of await this.api.list(...kind)) {
      await this.api.merge(object, { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': at } } });
    }
    return at;
  }
}

function isDone(status: unknown, commit: string): boolean {
  const { conditions = [], lastAppliedRevision } = (status ?? {}) as KustomizationStatus;
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return isReady && lastAppliedRevision?.endsWith(commit) === true;
}

function stateOf({ metadata, status }: KubeObject): string {
  const ready = ((status ?? {}) as KustomizationStatus).conditions?.find(({ type }) => type === 'Ready');
  return `${metadata.name} ${ready?.status === 'True' ? 'Ready' : `not ready: ${ready?.message}`}`;
}
