import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gitopsAnnotations } from '../gitops/annotations.js';
import type { MetadataSpec } from '../model/spec.js';
import { attachWorkload } from './attachments/workload.js';
import type { Cluster } from './cluster.js';
import { ManifestObject } from './manifest-object.js';
import { metadataOf } from './metadata.js';
import { NamespacedPullSecret } from './namespaced-pull-secret.js';
import type { PullSecret } from './pull-secret.js';
import { ServiceAccount, type ServiceAccountProps } from './service-account.js';

/** What a namespace is. */
export interface NamespaceProps {
  /** @default - none */
  readonly labels?: MetadataSpec['labels'];
  /**
   * Whether to write the Namespace object, protected from pruning and deletion.
   * @default - the cluster's `declareNamespaces`, unless the app declares it elsewhere
   */
  readonly declare?: boolean;
}

/** A namespace of a cluster: the place of pull secrets and service accounts. Made by {@link Cluster.namespace}. */
export class Namespace extends Construct {
  readonly cluster: Cluster;
  readonly name: string;
  /** The Namespace object, where it is written. */
  readonly apiObject: ApiObject | undefined;
  readonly #accounts = new Map<string, ServiceAccount>();
  readonly #pullSecrets = new Map<string, NamespacedPullSecret>();
  readonly #followers: (() => void)[] = [];

  constructor(cluster: Cluster, scope: Construct, name: string, props: NamespaceProps) {
    super(scope, 'namespace');
    this.cluster = cluster;
    this.name = name;
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

  /** The account if it was asked for, or if the app declares it elsewhere; `default` always exists. */
  knownAccount(name: string): ServiceAccount | undefined {
    const known = this.#accounts.get(name);
    if (known) return known;
    const exists = name === 'default' || this.cluster.foreign.find('ServiceAccount', this.name, name) !== undefined;
    return exists ? this.serviceAccount(name) : undefined;
  }

  /** Calls back whenever the list of an account of this namespace changes. */
  follow(follower: () => void): void {
    this.#followers.push(follower);
  }

  /** Called by accounts when their list changes. */
  changed(): void {
    for (const follower of this.#followers) follower();
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
   * Gives a workload what its images need, by the attachment of each pull secret. Its images are read now; a container
   * added later is a validation error.
   *
   * @param workload a cdk8s-plus workload or any ApiObject with a pod template
   */
  attachFor(workload: Construct): void {
    attachWorkload(this, ApiObject.of(workload));
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
      metadata: metadataOf({
        name: this.name,
        labels: props.labels,
        annotations: gitopsAnnotations(this.cluster.model().gitops, 'namespace'),
      }),
    });
  }
}
