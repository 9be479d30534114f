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
    const all = await this.api.list(apiVersion, 'ExternalSecret');
    const waiting = all.filter((each) => !this.#isFilled(each));
    // As the operator, which works on several at once.
    while (waiting.length > 0) await Promise.all(waiting.splice(0, 8).map((each) => this.#fill(each)));
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

  #isRead({ metadata }: KubeObject): boolean {
    return !this.unread.has(metadata.name);
  }

  #contentOf(external: KubeObject): string {
    return JSON.stringify([this.#isRead(external) && this.password, external.spec]);
  }

  #isFilled(external: KubeObject): boolean {
    return this.#filled.get(external.metadata.uid ?? '') === this.#contentOf(external);
  }

  async #fill(external: KubeObject): Promise<void> {
    const [isRead, content] = [this.#isRead(external), this.#contentOf(external)];
    if (isRead) await this.#write(external);
    await this.#mark(external, isRead);
    this.#filled.set(external.metadata.uid ?? '', content);
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
