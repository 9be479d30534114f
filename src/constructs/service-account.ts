import { type ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { sortedUnique, subdomainError } from '../model/names/names.js';
import { matchesAnyNamespace } from '../model/names/namespace-pattern.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { isOnNodes } from '../model/vocabulary/distributions.js';
import type { ServiceAccountSpec } from '../model/vocabulary/spec.js';
import { serviceAccountObject } from '../objects/service-account.js';
import { written } from '../objects/written-object.js';
import { withAuthHosts } from './auth-hosts.js';
import { labelsOf, namesOn } from './foreign-account.js';
import { LateList } from './late-list.js';
import { throwLocated } from './located.js';
import type { Namespace } from './namespace.js';
import type { PullSecret } from './pull-secret.js';
import { writtenConstruct } from './written-construct.js';

/** Description of a service account; the keys are those of `serviceAccounts.<name>` of a namespace. */
export interface ServiceAccountProps extends Pick<ServiceAccountSpec, 'keep' | 'metadata'> {}

/** How a pull secret is attached. */
export interface AttachOptions {
  /**
   * Names of the registries that are needed.
   * @default - all of the pull secret's
   */
  readonly registries?: readonly string[];
}

/**
 * The complete list of pull secrets of a service account. `imagePullSecrets` of a ServiceAccount is one atomic value
 * (kubernetes, core/v1 `+listType=atomic`): whoever applies it replaces all of it. Made by
 * {@link Namespace.serviceAccount}; throws `name-invalid`.
 *
 * @example
 * ```ts
 * import { Cluster, ImagePullApp, PullSecret, Source } from 'cdk8s-image-pull';
 *
 * const prod = new Cluster(new ImagePullApp(), 'prod', { kubernetes: '1.35' });
 * const quay = prod.registry('quay', { preset: 'quay', path: 'acme' });
 * const pull = new PullSecret(prod, 'quay-pull', { registries: [quay], source: Source.existing() });
 *
 * const builder = prod.namespace('ci').serviceAccount('builder', { keep: ['put-there-by-the-operator'] });
 * builder.attach(pull);
 * const names = builder.pullSecrets; // quay-pull, then put-there-by-the-operator
 * ```
 */
export class ServiceAccount extends Construct {
  readonly namespace: Namespace;
  readonly name: string;
  /** The ServiceAccount object: ours, or the one that the app already holds. */
  readonly apiObject: ApiObject;
  /** The names on the list of an object that is not ours. */
  readonly #foreign: readonly string[];

  constructor(namespace: Namespace, name: string, props: ServiceAccountProps) {
    super(namespace, `service-account:${name}`);
    const error = subdomainError(name);
    if (error) throwLocated(this, [At.of().refuse('name-invalid', words`service account "${name}" ${error}`)]);
    this.namespace = namespace;
    this.name = name;
    const { cluster } = namespace;
    cluster.record.askedAccount(namespace.name, name, props);
    const foreign = cluster.foreign.find('ServiceAccount', namespace.name, name);
    this.#foreign = foreign ? namesOn(foreign) : [];
    if (foreign) this.#patch(foreign);
    this.apiObject = foreign ?? this.#declare(props);
  }

  /**
   * Attaches a pull secret and puts it into the namespace, with what the auth hosts of its registries need. Throws
   * `not-allowed` where an `allow` leaves the namespace out, `policy-gap` where it is cloned and not cloned here,
   * `pull-secret-on-nodes` where every node has it, `name-dangling` for a pull secret of another cluster, and
   * `pull-secret-missing` or `pull-secret-ambiguous` for that of an auth host, which must be declared before.
   */
  attach(pullSecret: PullSecret, options: AttachOptions = {}): this {
    throwLocated(this, refusals(this.namespace, pullSecret), ['finding', 'error']);
    const registries = options.registries ?? pullSecret.spec.registries;
    for (const need of withAuthHosts(this.namespace, this.name, pullSecret, registries)) this.namespace.need(need);
    return this;
  }

  /** The names on the list, in its order: the pull secrets, then what is kept, and what policies append to it. */
  get pullSecrets(): string[] {
    const { pullSecrets = [], keep = [] } = this.namespace.cluster.record.account(this.namespace.name, this.name) ?? {};
    const kept = sortedUnique([...this.#foreign, ...keep]);
    return [...pullSecrets, ...kept.filter((name) => !pullSecrets.includes(name))];
  }

  #patch(foreign: ApiObject): void {
    const { record } = this.namespace.cluster;
    record.declaredAccount({
      name: this.name,
      namespace: this.namespace.name,
      labels: labelsOf(foreign),
      pullSecrets: this.#foreign,
    });
    foreign.addJsonPatch(JsonPatch.add('/imagePullSecrets', new LateList(() => this.pullSecrets)));
  }

  #declare({ metadata }: ServiceAccountProps): ApiObject {
    const { cluster, name: namespace } = this.namespace;
    const draft = serviceAccountObject({ namespace, name: this.name, list: () => [] });
    const object = written(draft, this.namespace.at, cluster.model().gitops, metadata);
    return writtenConstruct(this, 'Resource', cluster.record, object);
  }
}

function refusals(namespace: Namespace, pullSecret: PullSecret): Problem[] {
  const { name, cluster } = namespace;
  if (cluster.pullSecret(pullSecret.name) !== pullSecret) {
    const message = words`pull secret ${pullSecret.name} belongs to cluster ${pullSecret.cluster.name}, not to ${cluster.name}`;
    return [At.of().refuse('name-dangling', message, 'make a PullSecret on each cluster')];
  }
  if (pullSecret.model && isOnNodes(pullSecret.model)) return [onNodes(pullSecret)];
  const { allow } = pullSecret.spec;
  const gap = pullSecret.delivery?.missing(namespace);
  if (!allow || matchesAnyNamespace(allow, name)) return gap ? [gap] : [];
  return [
    At.of().find(
      'not-allowed',
      words`namespace ${name} may not have pull secret ${pullSecret.name}`,
      words`allow: ${allow.join(', ')}`,
    ),
  ];
}

function onNodes({ name }: PullSecret): Problem {
  return At.of().refuse('pull-secret-on-nodes', words`pull secret ${name} is on every node, and goes on no list`);
}
