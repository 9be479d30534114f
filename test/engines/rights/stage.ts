import { isAllowed } from '../cluster/access-review.js';
import type { ApiServer } from '../cluster/api-server.js';
import type { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namesOf, namespace, namespaceWithAccount, serviceAccount } from '../cluster/objects.js';
import { policyReady } from '../engines/kyverno-policies.js';
import type { Emitted } from '../policies/emitted.js';
import { eventually } from '../processes/eventually.js';
import { accountOf, questionOf, type Right, roleWithout } from './right.js';

/** One pull secret's policy and rights in a cluster, and what can be done there to make Kyverno act. */
export class Stage {
  readonly api: ApiServer;
  #fresh = 0;
  #content: Readonly<Record<string, string>> | undefined;

  /** @param scope labels of the namespaces that the policy acts in */
  constructor(
    readonly plane: ControlPlane,
    readonly emitted: Emitted,
    readonly pullSecret: string,
    private readonly scope: Readonly<Record<string, string>>,
  ) {
    this.api = plane.api;
  }

  get policy(): KubeObject {
    const [policy] = this.emitted.policies;
    if (!policy) throw new Error('the output holds no policy');
    return policy;
  }

  /** Takes a right away, and waits until the API server knows. */
  async deny(right: Right): Promise<void> {
    await this.api.apply(roleWithout(right));
    await this.#untilAllowed(right, false);
  }

  /** Gives a right back. */
  async allow(right: Right): Promise<void> {
    await this.api.apply(right.role);
    await this.#untilAllowed(right, true);
  }

  /** Waits until a controller was refused what the right is for. */
  async refused(right: Right, before: number): Promise<void> {
    const { verb, resource, names } = right;
    const user = `system:serviceaccount:${accountOf(right).replace('/', ':')}`;
    await eventually(async () => {
      const since = this.plane.audit.requests().slice(before);
      const asked = since.filter((each) => each.user === user && each.verb === verb && each.resource === resource);
      const refusals = asked.filter(({ status, name }) => status === 403 && (!names || names.includes(name ?? '')));
      return refusals.length > 0 ? true : undefined;
    });
  }

  /** Takes the policy away and waits until it is gone. */
  async removePolicy(): Promise<void> {
    await this.api.remove(this.policy);
    await eventually(async () => ((await this.api.find(this.policy)) ? undefined : true));
  }

  /** Makes the policy anew and waits until it is ready. */
  async renewPolicy(): Promise<void> {
    await this.removePolicy();
    await this.applyPolicy();
  }

  /** Applies the policy as soon as Kyverno takes it, and waits until it is ready. */
  async applyPolicy(): Promise<void> {
    await eventually(() => this.api.apply(this.policy));
    await policyReady(this.api, this.policy);
  }

  /** A name that no namespace has. */
  freshName(): string {
    this.#fresh += 1;
    return `${this.pullSecret}-${this.#fresh}`;
  }

  /** A namespace out of scope, with its default account. */
  async namespaceOutside(name: string): Promise<void> {
    await namespaceWithAccount(this.api, name);
  }

  /** Brings a namespace into scope, or changes one that is, so that Kyverno looks at it. */
  async namespaceInside(name: string): Promise<void> {
    this.#fresh += 1;
    await this.api.apply(namespace(name, { ...this.scope, touched: `${this.#fresh}` }));
  }

  /** Takes a namespace out of scope. */
  async leave(name: string): Promise<void> {
    await this.api.apply(namespace(name));
  }

  /** Gives the source Secret another content. */
  async rotate(): Promise<void> {
    this.#fresh += 1;
    const config = { auths: { 'registry.example': { username: 'robot', password: `${this.#fresh}` } } };
    this.#content = { '.dockerconfigjson': Buffer.from(JSON.stringify(config)).toString('base64') };
    await this.api.merge(this.emitted.source(this.pullSecret), { data: this.#content });
  }

  /** The clone in a namespace. */
  clone(inNamespace: string): Promise<KubeObject | undefined> {
    const { apiVersion, kind, metadata } = this.emitted.source(this.pullSecret);
    return this.api.find({ apiVersion, kind, metadata: { name: metadata.name, namespace: inNamespace } });
  }

  /** Waits for the clone in a namespace. */
  async cloned(inNamespace: string): Promise<void> {
    await eventually(() => this.clone(inNamespace));
  }

  /** Whether a clone has what the source was given last. */
  async isCurrent(inNamespace: string): Promise<boolean> {
    return JSON.stringify((await this.clone(inNamespace))?.data) === JSON.stringify(this.#content);
  }

  /** Whether the default account of a namespace lists the pull secret. */
  async isListed(inNamespace: string): Promise<boolean> {
    const account = await this.api.find(serviceAccount(inNamespace, 'default'));
    return namesOf(account?.imagePullSecrets).includes(this.pullSecret);
  }

  async #untilAllowed(right: Right, wanted: boolean): Promise<void> {
    await eventually(async () => ((await isAllowed(this.api, questionOf(right))) === wanted ? true : undefined));
  }
}
