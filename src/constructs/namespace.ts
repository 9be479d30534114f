import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gitopsAnnotations } from '../gitops/annotations.js';
import type { Labelled } from '../model/reach/policy-scope.js';
import type { MetadataSpec } from '../model/vocabulary/spec.js';
import type { Cluster } from './cluster.js';
import { Grant, type GrantProps } from './grant.js';
import { ManifestObject } from './manifest-object.js';
import { metadataOf } from './metadata.js';
import { NamespacedPullSecret } from './namespaced-pull-secret.js';
import type { PullSecret } from './pull-secret.js';
import { namesOn, ServiceAccount, type ServiceAccountProps } from './service-account.js';
import { attachWorkload } from './workload.js';

/** What a namespace is. */
export interface NamespaceProps {
  /** @default - none */
  readonly labels?: MetadataSpec['labels'];
  /**
   * Whether to write the Namespace object, protected from pruning and deletion.
   * @default - the cluster's `declareNamespaces`, unless the app declares it elsewhere
   */
  readonly declare?: boolean;
  /**
   * The folder of its workloads, where its file goes instead of the output folder (`placement: beside`). Relative to
   * the folder that the output folder lies in.
   * @default - its file goes into the output folder
   */
  readonly folder?: string | undefined;
}

/**
 * A namespace of a cluster: the place of pull secrets and service accounts. Made by {@link Cluster.namespace}.
 *
 * @example
 * ```ts
 * import { App, Chart } from 'cdk8s';
 * import * as kplus from 'cdk8s-plus-27';
 * import { Cluster, PullSecret, Source } from 'cdk8s-image-pull';
 *
 * const chart = new Chart(new App(), 'shop');
 * const cluster = new Cluster(chart, 'prod', { kubernetes: '1.35' });
 * const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
 * new PullSecret(cluster, 'ghcr-pull', { registries: [ghcr], source: Source.existing() });
 *
 * const cart = new kplus.Deployment(chart, 'cart', {
 *   metadata: { namespace: 'shop' },
 *   containers: [{ image: 'ghcr.io/acme/cart:v4' }],
 * });
 * cluster.namespace('shop').attachFor(cart);
 * ```
 */
export class Namespace extends Construct {
  readonly cluster: Cluster;
  readonly name: string;
  /** The Namespace object, where it is written. */
  readonly apiObject: ApiObject | undefined;
  readonly #accounts = new Map<string, ServiceAccount>();
  readonly #pullSecrets = new Map<string, NamespacedPullSecret>();
  readonly #labels: NamespaceProps['labels'];
  // Few namespaces have these, and there may be thousands.
  #grants: Map<string, Grant> | undefined;
  #followers: (() => void)[] | undefined;

  constructor(cluster: Cluster, scope: Construct, name: string, props: NamespaceProps) {
    super(scope, 'namespace');
    this.cluster = cluster;
    this.name = name;
    this.#labels = props.labels;
    this.apiObject = this.#isDeclaredHere(props) ? this.#declare(props) : undefined;
  }

  /** The service account, made at the first call. Throws `name-invalid`. */
  serviceAccount(name: string, props: ServiceAccountProps = {}): ServiceAccount {
    const known = this.#accounts.get(name);
    if (known) return known;
    const account = new ServiceAccount(this, name, props);
    this.#accounts.set(name, account);
    return account;
  }

  /**
   * The account if it was asked for, or if the app declares it elsewhere; `default` always exists.
   *
   * @internal
   */
  knownAccount(name: string): ServiceAccount | undefined {
    const known = this.#accounts.get(name);
    if (known) return known;
    return name === 'default' || this.#foreignAccount(name) ? this.serviceAccount(name) : undefined;
  }

  /**
   * The names that pods get from an account; asking makes nothing.
   *
   * @internal
   */
  givenBy(name: string): readonly string[] {
    const foreign = this.#accounts.has(name) ? undefined : this.#foreignAccount(name);
    return this.#accounts.get(name)?.pullSecrets ?? (foreign ? namesOn(foreign) : []);
  }

  /**
   * The name and labels of an account that the app declares; asking makes nothing.
   *
   * @internal
   */
  labelledAccount(name: string): Labelled | undefined {
    const object = this.#accounts.get(name)?.apiObject ?? this.#foreignAccount(name);
    if (!object) return undefined;
    const { metadata } = object.toJson() as { metadata?: { labels?: Record<string, string> } };
    return { name, labels: new Map(Object.entries(metadata?.labels ?? {})) };
  }

  /** Labels, for `for.labels`. */
  get labels(): ReadonlyMap<string, string> {
    return new Map(Object.entries(this.#labels ?? {}));
  }

  /**
   * Calls back whenever the list of an account of this namespace changes.
   *
   * @internal
   */
  follow(follower: () => void): void {
    this.#followers ??= [];
    this.#followers.push(follower);
  }

  /**
   * Called by accounts when their list changes.
   *
   * @internal
   */
  changed(): void {
    for (const follower of this.#followers ?? []) follower();
  }

  /**
   * Puts the pull secret into this namespace, made at the first call.
   *
   * @param registries names of the registries that are needed here; all of the pull secret's by default
   */
  pullSecret(pullSecret: PullSecret, registries: readonly string[] = pullSecret.spec.registries): NamespacedPullSecret {
    const known = this.#pullSecrets.get(pullSecret.name) ?? new NamespacedPullSecret(this, pullSecret);
    this.#pullSecrets.set(pullSecret.name, known);
    known.need(registries);
    return known;
  }

  /**
   * Lets pods of another namespace pull the images of this one; made at the first call for each consumer. The grant for
   * a whole namespace takes the place of those for its accounts.
   */
  grant(grant: GrantProps): Grant {
    const whole = `${grant.to} `;
    this.#grants ??= new Map();
    const known = this.#grants.get(whole) ?? this.#grants.get(whole + (grant.serviceAccount ?? ''));
    if (known) return known;
    for (const [key, { node }] of grant.serviceAccount === undefined ? [...this.#grants] : []) {
      if (!key.startsWith(whole)) continue;
      this.node.tryRemoveChild(node.id);
      this.#grants.delete(key);
    }
    const made = new Grant(this, grant);
    this.#grants.set(whole + (grant.serviceAccount ?? ''), made);
    return made;
  }

  /**
   * Gives a workload what its images need, by the attachment of each pull secret. Its images are read now; a container
   * added later is a validation error. Throws what is wrong with its images (`registry-undeclared`, `pull-secret-missing`,
   * `not-allowed`, `image-reference-invalid`, …), `account-undeclared`, `namespace-mismatch`, `template-unknown` and
   * `dockercfg-needed`.
   *
   * @param workload a cdk8s-plus workload or any ApiObject with a pod template
   */
  attachFor(workload: Construct): void {
    attachWorkload(this, ApiObject.of(workload));
  }

  #foreignAccount(name: string): ApiObject | undefined {
    return this.cluster.foreign.find('ServiceAccount', this.name, name);
  }

  #isDeclaredHere(props: NamespaceProps): boolean {
    const { declareNamespaces, placement } = this.cluster.props;
    const wanted = props.declare ?? declareNamespaces ?? (placement ?? 'central') === 'central';
    return wanted && !this.cluster.foreign.find('Namespace', undefined, this.name);
  }

  #declare(props: NamespaceProps): ApiObject {
    return new ManifestObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      clusterScoped: true,
      metadata: metadataOf({
        name: this.name,
        labels: props.labels,
        annotations: gitopsAnnotations(this.cluster.model().gitops, 'namespace'),
      }),
    });
  }
}
