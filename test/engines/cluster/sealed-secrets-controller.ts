import type { ApiServer } from './api-server.js';
import type { KubeObject } from './kube-object.js';
import { StandIn } from './stand-in.js';

const apiVersion = 'bitnami.com/v1alpha1';

/**
 * A stand-in for the controller of sealed-secrets, which has not the keys of the clusters of examples: every SealedSecret
 * gets a Secret of its template's type with a made-up value, and a status that says that it was opened. What the
 * controller itself opens is tested with it (sealing.test.ts).
 */
export class SealedSecretsController extends StandIn {
  constructor(private readonly api: ApiServer) {
    super(200);
  }

  async reconcile(): Promise<void> {
    for (const each of await this.api.list(apiVersion, 'SealedSecret')) await this.#open(each);
  }

  async #open(sealed: KubeObject): Promise<void> {
    const { name, namespace = '', generation } = sealed.metadata as KubeObject['metadata'] & { generation?: number };
    if (sealed.status?.observedGeneration === generation) return;
    const { template } = sealed.spec as { template?: { type?: string } };
    const data = { '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64') };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: template?.type, data };
    await this.api.apply(secret, { manager: 'sealed-secrets' });
    const conditions = [{ type: 'Synced', status: 'True' }];
    await this.api.merge(sealed, { status: { observedGeneration: generation, conditions } }, '/status');
  }
}
