import type { ApiServer } from './api-server.js';
import type { KubeObject } from './kube-object.js';
import { StandIn } from './stand-in.js';

const apiVersion = 'external-secrets.io/v1';
const manager = 'external-secrets';

/**
 * A stand-in for the External Secrets Operator, whose stores and clouds are not here: every ExternalSecret gets a Secret
 * of the type that its template names, with a made-up value, and a status that says so. What the operator itself makes of
 * an ExternalSecret is tested with the operator (external-secrets-operator.test.ts).
 */
export class SecretsOperator extends StandIn {
  /** What the value of every Secret is made of; another one is a rotation. */
  password = 'first';
  /** Names of ExternalSecrets whose store does not answer. */
  readonly unread = new Set<string>();
  /** What each ExternalSecret was filled with, by its uid. */
  readonly #filled = new Map<string, string>();

  constructor(private readonly api: ApiServer) {
    super(200);
  }

  async reconcile(): Promise<void> {
    for (const each of await this.api.list(apiVersion, 'ClusterExternalSecret')) await this.#spread(each);
    for (const each of await this.api.list(apiVersion, 'ExternalSecret')) await this.#fill(each);
    for (const each of await this.api.list(apiVersion, 'ClusterSecretStore')) await this.#mark(each, true);
  }

  /** Makes an ExternalSecret in every namespace that is selected. */
  async #spread(cluster: KubeObject): Promise<void> {
    const {
      externalSecretName,
      externalSecretSpec,
      namespaceSelectors = [],
      namespaces = [],
    } = cluster.spec as {
      externalSecretName: string;
      externalSecretSpec: Record<string, unknown>;
      namespaceSelectors?: readonly Selector[];
      namespaces?: readonly string[];
    };
    for (const { metadata } of await this.api.list('v1', 'Namespace')) {
      const isSelected = namespaceSelectors.some((selector) => selects(selector, metadata.labels ?? {}));
      if (!isSelected && !namespaces.includes(metadata.name)) continue;
      const own = { name: externalSecretName, namespace: metadata.name };
      await this.api.apply(
        { apiVersion, kind: 'ExternalSecret', metadata: own, spec: externalSecretSpec },
        { manager },
      );
    }
    await this.#mark(cluster, true);
  }

  async #fill(external: KubeObject): Promise<void> {
    const isRead = !this.unread.has(external.metadata.name);
    const content = JSON.stringify([isRead && this.password, external.spec]);
    const { uid = '' } = external.metadata;
    if (this.#filled.get(uid) === content) return;
    if (isRead) await this.#write(external);
    await this.#mark(external, isRead);
    this.#filled.set(uid, content);
  }

  async #write({ metadata, spec }: KubeObject): Promise<void> {
    const { target } = spec as { target: { name: string; template?: { type?: string; metadata?: object } } };
    const type = target.template?.type ?? 'Opaque';
    const key = type === 'kubernetes.io/dockerconfigjson' ? '.dockerconfigjson' : 'value';
    const config = { auths: { 'registry.example': { username: 'robot', password: this.password } } };
    const data = { [key]: Buffer.from(JSON.stringify(config)).toString('base64') };
    const { namespace = '' } = metadata;
    const own = { ...target.template?.metadata, name: target.name, namespace };
    await this.api.apply({ apiVersion: 'v1', kind: 'Secret', metadata: own, type, data }, { manager });
  }

  async #mark(object: KubeObject, isReady: boolean): Promise<void> {
    const condition = { type: 'Ready', status: isReady ? 'True' : 'False' };
    const [present] = (object.status?.conditions ?? []) as { status: string }[];
    if (present?.status === condition.status) return;
    await this.api.merge(object, { status: { conditions: [condition] } }, '/status');
  }
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Readonly<Record<string, string>>) {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const holds = operator.endsWith('In') ? values.includes(labels[key] ?? '') : key in labels;
      return operator === 'In' || operator === 'Exists' ? holds : !holds;
    })
  );
}
