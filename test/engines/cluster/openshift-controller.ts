import { createHash } from 'node:crypto';
import { ApiError, type ApiServer } from './api-server.js';
import type { KubeObject } from './kube-object.js';
import { names, namesOf } from './objects.js';
import { StandIn } from './stand-in.js';

const manager = 'openshift.io/image-registry-pull-secrets_service-account-controller';
const annotation = 'openshift.io/internal-registry-pull-secret-ref';
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A stand-in for OpenShift's controller of pull secrets (openshift-controller-manager,
 * pkg/internalregistry/controllers/service_account_controller.go). Every service account gets a Secret of type
 * kubernetes.io/dockercfg, an annotation that names it, and an entry in `secrets` and in `imagePullSecrets`: entries of
 * others are copied, the own one appended, and the whole is applied by force, pinned to the version that was read.
 */
export class OpenShiftController extends StandIn {
  /** How often it has written an account. */
  changes = 0;

  /** @param namespace the one whose accounts it looks at; all where none is named */
  constructor(
    private readonly api: ApiServer,
    private readonly namespace?: string,
  ) {
    super(100);
  }

  /** Looks at every account once. Answers those it changed, as `namespace/name`. */
  async reconcile(): Promise<string[]> {
    const changed: string[] = [];
    for (const account of await this.api.list('v1', 'ServiceAccount', this.namespace)) {
      if (await this.#reconcile(account)) changed.push(`${account.metadata.namespace}/${account.metadata.name}`);
    }
    return changed;
  }

  async #reconcile(account: KubeObject): Promise<boolean> {
    const secret = account.metadata.annotations?.[annotation] ?? nameFor(account);
    const [pull, mounted] = [namesOf(account.imagePullSecrets), namesOf(account.secrets)];
    if (pull.includes(secret) && mounted.includes(secret)) return false;
    try {
      await this.#makeSecret(account, secret);
      await this.api.apply(wantedOf(account, secret), { manager });
      this.changes++;
      return true;
    } catch (error) {
      // Somebody else was faster, or the namespace is going: the next round sees.
      if (error instanceof ApiError && [403, 404, 409].includes(error.status)) return false;
      throw error;
    }
  }

  async #makeSecret({ metadata }: KubeObject, name: string): Promise<void> {
    const { namespace = '' } = metadata;
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } };
    const entry = { username: 'serviceaccount', password: 'token', email: 'serviceaccount@example.org' };
    const config = { 'image-registry.openshift-image-registry.svc:5000': entry };
    const data = { '.dockercfg': Buffer.from(JSON.stringify(config)).toString('base64') };
    await this.api.apply({ ...secret, type: 'kubernetes.io/dockercfg', data }, { manager });
  }
}

/** The controller draws five letters; here they follow from the account. */
function nameFor({ metadata: { name, uid = '' } }: KubeObject): string {
  const digest = createHash('sha256').update(uid).digest().subarray(0, 5);
  return `${name}-dockercfg-${[...digest].map((byte) => alphabet[byte % alphabet.length]).join('')}`;
}

function wantedOf(account: KubeObject, secret: string): KubeObject {
  const { name, namespace = '', resourceVersion = '' } = account.metadata;
  const withOwn = (list: unknown) => names(...new Set([...namesOf(list), secret]));
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, resourceVersion, annotations: { [annotation]: secret } },
    secrets: withOwn(account.secrets),
    imagePullSecrets: withOwn(account.imagePullSecrets),
  };
}
