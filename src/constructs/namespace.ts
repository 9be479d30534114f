import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Labelled } from '../model/reach/policy-scope.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import type { MetadataSpec } from '../model/vocabulary/spec.js';
import { declaresByDefault } from '../model/vocabulary/system-namespace.js';
import { namespaceObject } from '../objects/namespace.js';
import { written } from '../objects/written-object.js';
import type { Cluster } from './cluster.js';
import type { RecordedNeed } from './cluster-record.js';
import { labelsOf } from './foreign-account.js';
import { Grant, type GrantProps } from './grant.js';
import { NamespacedPullSecret, type PullSecret } from './pull-secret.js';
import type { NamespaceScope } from './scopes.js';
import { ServiceAccount, type ServiceAccountProps } from './service-account.js';
import { attachWorkload } from './workload.js';
import { writtenConstruct } from './written-construct.js';

/** Description of a namespace. */
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
export class Namespace extends Construct implements NamespaceScope {
  readonly cluster: Cluster;
  readonly name: string;
  /** The Namespace object, where it is written. */
  readonly apiObject: ApiObject | undefined;
  readonly #accounts = new Map<string, ServiceAccount>();
  readonly #pullSecrets = new Map<string, NamespacedPullSecret>();
  readonly #labels: NamespaceProps['labels'];
  // Few namespaces have these, and there may be thousands.
  #grants: Map<string, Grant> | undefined;

  /**
   * The file that its objects go into.
   *
   * @internal
   */
  readonly at: FilePlace;

  constructor(cluster: Cluster, name: string, props: NamespaceProps, at: FilePlace) {
    super(cluster.chartOf(at), 'namespace');
    this.at = at;
    this.cluster = cluster;
    this.name = name;
    this.#labels = props.labels;
    const { labels, folder } = props;
    const declare = this.#isDeclaredHere(props);
    cluster.record.namespace(name, {
      declare,
      ...(labels && { labels }),
      ...(folder !== undefined && { folder }),
    });
    this.apiObject = declare ? this.#declare(props) : undefined;
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
    return name === 'default' || this.foreignAccount(name) ? this.serviceAccount(name) : undefined;
  }

  /**
   * An account that the app declares elsewhere and that was not asked for.
   *
   * @internal
   */
  foreignAccount(name: string): ApiObject | undefined {
    return this.#accounts.has(name) ? undefined : this.cluster.foreign.find('ServiceAccount', this.name, name);
  }

  /**
   * The name and labels of an account that the app declares; asking makes nothing.
   *
   * @internal
   */
  labelledAccount(name: string): Labelled | undefined {
    const object = this.#accounts.get(name)?.apiObject ?? this.foreignAccount(name);
    return object && { name, labels: labelsOf(object) };
  }

  /** Labels, for `for.labels`. */
  get labels(): ReadonlyMap<string, string> {
    return new Map(Object.entries(this.#labels ?? {}));
  }

  /**
   * Puts the pull secret into this namespace and on no list, for pods that mount it: `onList: false` of the config.
   * Made at the first call.
   *
   * @param registries names of the registries that are needed here; all of the pull secret's by default
   */
  pullSecret(pullSecret: PullSecret, registries: readonly string[] = pullSecret.spec.registries): NamespacedPullSecret {
    const { name: namespace } = this;
    const why = { byHand: [], mounted: true } as const;
    const need = { namespace, serviceAccount: '', listed: false, why, registries };
    this.cluster.record.need({ ...need, pullSecret: pullSecret.name });
    return this.hold(pullSecret);
  }

  /**
   * Records a need of this namespace, and sees to the object of its pull secret.
   *
   * @internal
   */
  need(need: RecordedNeed): void {
    this.cluster.record.need(need);
    const pullSecret = this.cluster.pullSecret(need.pullSecret);
    if (pullSecret) this.hold(pullSecret);
  }

  /**
   * The pull secret in this namespace, made at the first call.
   *
   * @internal
   */
  hold(pullSecret: PullSecret): NamespacedPullSecret {
    const known = this.#pullSecrets.get(pullSecret.name);
    if (known) return known;
    const held = new NamespacedPullSecret(this, pullSecret);
    this.#pullSecrets.set(pullSecret.name, held);
    return held;
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
   * added later is a validation error. Throws what is wrong with its images (`registry-undeclared`,
   * `pull-secret-missing`, `not-allowed`, `image-reference-invalid`, …), `account-undeclared`, `namespace-mismatch`,
   * `template-unknown` and `dockercfg-needed`.
   *
   * @param workload a cdk8s-plus workload or any ApiObject with a pod template
   */
  attachFor(workload: Construct): void {
    attachWorkload(this, ApiObject.of(workload));
  }

  #isDeclaredHere(props: NamespaceProps): boolean {
    return (
      (props.declare ?? declaresByDefault(this.cluster.model(), this.name, this.at.stage === 'sources')) &&
      !this.cluster.foreign.find('Namespace', undefined, this.name)
    );
  }

  #declare({ labels }: NamespaceProps): ApiObject {
    const { record } = this.cluster;
    const draft = namespaceObject(this.name, { ...(labels && { labels }) });
    return writtenConstruct(this, 'Resource', record, written(draft, this.at, this.cluster.model().gitops));
  }
}
