import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../engine.js';
import { ApiError, type ApiServer } from './api-server.js';
import type { KubeObject } from './kube-object.js';

/**
 * A stand-in for the kubelets of a cluster without nodes: every pod runs and is ready, so that what has pods becomes
 * healthy; the pods of a Job succeed. It pulls nothing: what a pod lists is what its spec says.
 */
export class Kubelet implements Running {
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(private readonly api: ApiServer) {}

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      for (const pod of await this.api.list('v1', 'Pod')) await this.#settle(pod);
      await sleep(200);
    }
  }

  async #settle(pod: KubeObject): Promise<void> {
    if (pod.status?.phase !== 'Pending') return;
    const owners = (pod.metadata as { ownerReferences?: readonly { kind: string }[] }).ownerReferences ?? [];
    const isJob = owners.some(({ kind }) => kind === 'Job');
    const at = new Date().toISOString();
    const conditions = ['Ready', 'ContainersReady'].map((type) => ({ type, status: 'True', lastTransitionTime: at }));
    const status = isJob ? { phase: 'Succeeded' } : { phase: 'Running', conditions };
    try {
      await this.api.merge(pod, { status }, '/status');
    } catch (error) {
      // It went meanwhile.
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }
}
