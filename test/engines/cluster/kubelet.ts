import type { ApiServer } from './api-server.js';
import type { KubeObject } from './kube-object.js';
import { StandIn } from './stand-in.js';

/**
 * A stand-in for the kubelets of a cluster without nodes: every pod runs and is ready, so that what has pods becomes
 * healthy; the pods of a Job succeed. It pulls nothing: what a pod lists is what its spec says.
 */
export class Kubelet extends StandIn {
  constructor(private readonly api: ApiServer) {
    super(200);
  }

  async reconcile(): Promise<void> {
    for (const pod of await this.api.list('v1', 'Pod')) await this.#settle(pod);
  }

  async #settle(pod: KubeObject): Promise<void> {
    if (pod.status?.phase !== 'Pending') return;
    const owners = (pod.metadata as { ownerReferences?: readonly { kind: string }[] }).ownerReferences ?? [];
    const isJob = owners.some(({ kind }) => kind === 'Job');
    const at = new Date().toISOString();
    const conditions = ['Ready', 'ContainersReady'].map((type) => ({ type, status: 'True', lastTransitionTime: at }));
    const status = isJob ? { phase: 'Succeeded' } : { phase: 'Running', conditions };
    await this.api.merge(pod, { status }, '/status');
  }
}
