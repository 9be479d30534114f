import type { ApiServer } from './api-server.js';
import type { KubeObject } from './kube-object.js';
import { pullSecretsOf, secretRef } from './objects.js';
import { StandIn } from './stand-in.js';

/**
 * A stand-in for the kubelets of a cluster without nodes: every pod runs and is ready, so that what has pods becomes
 * healthy; the pods of a Job succeed. It pulls nothing: what a pod lists is what its spec says. One that asks for credentials
 * lets a pod wait until a Secret that it lists is there, as a private image does.
 */
export class Kubelet extends StandIn {
  constructor(
    private readonly api: ApiServer,
    private readonly asksForCredentials = false,
  ) {
    super(200);
  }

  async reconcile(): Promise<void> {
    for (const pod of await this.api.list('v1', 'Pod')) await this.#settle(pod);
  }

  async #settle(pod: KubeObject): Promise<void> {
    if (pod.status?.phase !== 'Pending' || !(await this.#canPull(pod))) return;
    const owners = (pod.metadata as { ownerReferences?: readonly { kind: string }[] }).ownerReferences ?? [];
    const isJob = owners.some(({ kind }) => kind === 'Job');
    const at = new Date().toISOString();
    const conditions = ['Ready', 'ContainersReady'].map((type) => ({ type, status: 'True', lastTransitionTime: at }));
    const status = isJob ? { phase: 'Succeeded' } : { phase: 'Running', conditions };
    await this.api.merge(pod, { status }, '/status');
  }

  async #canPull(pod: KubeObject): Promise<boolean> {
    if (!this.asksForCredentials) return true;
    const { namespace = '' } = pod.metadata;
    const found = await Promise.all(pullSecretsOf(pod).map((name) => this.api.find(secretRef(namespace, name))));
    return found.some((secret) => secret !== undefined);
  }
}
