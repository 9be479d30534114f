import { type ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { gitopsAnnotations } from '../gitops/annotations.js';
import { sortedUnique, subdomainError } from '../model/names/names.js';
import { matchesAnyNamespace } from '../model/names/namespace-pattern.js';
import { inListOrder } from '../model/needs/pull-secret-choice.js';
import type { Problem } from '../model/problem/problem.js';
import { isOnNodes } from '../model/vocabulary/picks.js';
import type { MetadataSpec } from '../model/vocabulary/spec.js';
import { addAuthHosts } from './auth-hosts.js';
import { throwLocated } from './located.js';
import { ManifestObject } from './manifest-object.js';
import { metadataOf } from './metadata.js';
import type { Namespace } from './namespace.js';
import type { PullSecret } from './pull-secret.js';

/** What a service account is. */
export interface ServiceAccountProps {
  /**
   * Names that others put on the list and that stay on it: the list is replaced as a whole.
   * @default - none
   */
  readonly keep?: readonly string[];
  /** @default - none */
  readonly metadata?: MetadataSpec;
}

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
  readonly #pullSecrets = new Set<string>();
  readonly #keep: Set<string>;
  readonly #labels: MetadataSpec['labels'];
  /** The list inside the patch of an object that is not ours; filled whenever something is attached. */
  readonly #patched: { name: string }[] | undefined;

  constructor(namespace: Namespace, name: string, props: ServiceAccountProps) {
    super(namespace, `service-account:${name}`);
    const error = subdomainError(name);
    if (error) throwLocated(this, [{ code: 'name-invalid', message: `service account "${name}" ${error}` }]);
    this.namespace = namespace;
    this.name = name;
    this.#keep = new Set(props.keep ?? []);
    this.#labels = props.metadata?.labels;
    const foreign = namespace.cluster.foreign.find('ServiceAccount', namespace.name, name);
    if (foreign) {
      for (const entry of namesOn(foreign)) this.#keep.add(entry);
      this.#patched = [];
      foreign.addJsonPatch(JsonPatch.add('/imagePullSecrets', this.#patched));
    }
    this.apiObject = foreign ?? this.#declare(props);
  }

  /**
   * Attaches a pull secret and puts it into the namespace, with what the auth hosts of its registries need. Throws
   * `not-allowed` where an `allow` leaves the namespace out, `policy-gap` where it is cloned and not cloned here,
   * `pull-secret-invalid` where every node has it,
   * `name-dangling` for a pull secret of another cluster, and `pull-secret-missing` or `pull-secret-ambiguous` for that of
   * an auth host, which must be declared before.
   */
  attach(pullSecret: PullSecret, options: AttachOptions = {}): this {
    throwLocated(this, refusals(this.namespace, pullSecret), ['finding', 'error']);
    this.namespace.pullSecret(pullSecret, options.registries);
    addAuthHosts(this.namespace, this.name, pullSecret, options.registries ?? pullSecret.spec.registries);
    for (const name of pullSecret.spec.keep ?? []) this.#keep.add(name);
    return this.list(pullSecret.name);
  }

  /**
   * Puts a name on the list; whoever calls it sees to the Secret.
   *
   * @internal
   */
  list(name: string): this {
    this.#pullSecrets.add(name);
    if (this.#patched) this.#patched.splice(0, this.#patched.length, ...this.#entries());
    this.namespace.changed();
    return this;
  }

  /** The names on the list, in its order: the pull secrets, then what is kept, and what policies append to it. */
  get pullSecrets(): string[] {
    const names = inListOrder(this.#pullSecrets, this.namespace.cluster.model().overlap);
    const kept = sortedUnique([...this.#keep, ...this.#appended()]);
    return [...names, ...kept.filter((name) => !this.#pullSecrets.has(name))];
  }

  /** Without them, whoever applies the list would take them off again. */
  #appended(): string[] {
    const policies = this.namespace.cluster.pullSecrets.filter((pullSecret) => pullSecret.model?.accounts);
    if (policies.length === 0) return [];
    const account = { name: this.name, labels: new Map(Object.entries(this.#labels ?? {})) };
    return policies.flatMap(({ name, delivery }) => (delivery?.appendsTo(this.namespace, account) ? [name] : []));
  }

  #entries(): { name: string }[] {
    return this.pullSecrets.map((name) => ({ name }));
  }

  #declare(props: ServiceAccountProps): ApiObject {
    const role = this.name === 'default' ? 'defaultAccount' : 'account';
    return new ManifestObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadataOf({
        name: this.name,
        namespace: this.namespace.name,
        labels: props.metadata?.labels,
        annotations: {
          ...gitopsAnnotations(this.namespace.cluster.model().gitops, role),
          ...props.metadata?.annotations,
        },
      }),
      fields: { imagePullSecrets: () => this.#entries() },
    });
  }
}

/** The names on the list of an account that somebody else declares. */
export function namesOn(account: ApiObject): string[] {
  const { imagePullSecrets } = account.toJson() as { imagePullSecrets?: readonly { name?: string }[] };
  return (imagePullSecrets ?? []).flatMap((entry) => entry.name ?? []);
}

function refusals(namespace: Namespace, pullSecret: PullSecret): Problem[] {
  const { name, cluster } = namespace;
  if (cluster.pullSecret(pullSecret.name) !== pullSecret) {
    const message = `pull secret ${pullSecret.name} belongs to cluster ${pullSecret.cluster.name}, not to ${cluster.name}`;
    return [{ code: 'name-dangling', message, hint: 'make a PullSecret on each cluster' }];
  }
  if (pullSecret.model && isOnNodes(pullSecret.model)) return [onNodes(pullSecret)];
  const { allow } = pullSecret.spec;
  const gap = pullSecret.delivery?.missing(namespace);
  if (!allow || matchesAnyNamespace(allow, name)) return gap ? [gap] : [];
  return [
    {
      code: 'not-allowed',
      message: `namespace ${name} may not have pull secret ${pullSecret.name}`,
      hint: `allow: ${allow.join(', ')}`,
    },
  ];
}

function onNodes({ name }: PullSecret): Problem {
  return {
    code: 'pull-secret-invalid',
    message: `pull secret ${name} is on every node, and goes on no list`,
    hint: 'leave the call out: pods of every account can use it',
  };
}
