import type { Construct } from 'constructs';
import { gitopsAnnotations } from '../gitops/annotations.js';
import { sortedUnique } from '../model/names/names.js';
import type { Problem } from '../model/problem/problem.js';
import { copierOf, scopeHint } from '../model/reach/copier.js';
import { attachingPurpose, type DeliveryPurpose, deliveryName } from '../model/reach/delivery-names.js';
import {
  appendsTo,
  inScope,
  isListed,
  type Labelled,
  type PolicyScope,
  policyScope,
} from '../model/reach/policy-scope.js';
import type { ClusterPullSecret } from '../model/vocabulary/cluster.js';
import { hubOf } from '../model/vocabulary/external-source.js';
import { isCopied } from '../model/vocabulary/picks.js';
import { attachingPolicies } from '../objects/attachments/index.js';
import type { DeliveryContext, DeliveryObject, DeliveryWriter } from '../objects/delivery-object.js';
import { copyingObjects } from '../objects/distributions/index.js';
import { markPatcherNamespace } from '../objects/distributions/patcher-namespace.js';
import { sourceWriter } from '../objects/sources/source-objects.js';
import { ManifestObject } from './manifest-object.js';
import { metadataOf } from './metadata.js';
import type { Namespace } from './namespace.js';
import type { PullSecret } from './pull-secret.js';

/**
 * What a pull secret brings along once per cluster: its source and what that needs, what copies it, and its policies. What
 * is for listed namespaces comes with the first of them.
 */
export class Delivery {
  readonly #pullSecret: PullSecret;
  readonly #model: ClusterPullSecret;
  readonly #served = new Set<string>();
  readonly #fed = new Set<string>();
  #attached = false;
  #sourced = false;

  constructor(pullSecret: PullSecret, model: ClusterPullSecret) {
    this.#pullSecret = pullSecret;
    this.#model = model;
    const { sourceNamespace } = model;
    if (sourceNamespace !== undefined) {
      const namespace = pullSecret.cluster.sourceNamespace(sourceNamespace);
      namespace.pullSecret(pullSecret, pullSecret.spec.registries);
      if (model.patcher) markPatcherNamespace(namespace);
    }
    const copying = copyingObjects(model);
    if (copying) this.#write(copying.purpose, copying.writer);
    if (!isListed(model)) {
      this.#source();
      this.#attach();
    }
  }

  /** The namespace of the one source Secret; undefined where every namespace has an object of its own. */
  get sourceNamespace(): string | undefined {
    return this.#model.sourceNamespace;
  }

  /** Says that a namespace has an object of its own. */
  serve(namespace: string): void {
    this.#served.add(namespace);
    if (isListed(this.#model)) this.#attach();
  }

  /** Says that a namespace has an object that reads what the source brings along. */
  feed(namespace: string): void {
    this.#fed.add(namespace);
    this.#source();
  }

  /** True if a policy appends the pull secret to the list of this account. */
  appendsTo(namespace: Namespace, account: Labelled): boolean {
    return appendsTo(this.#model, this.#context().scope, namespace, account);
  }

  /** The namespaces that its policies act in. */
  get scope(): PolicyScope {
    return this.#context().scope;
  }

  /** Why the pull secret does not reach a namespace; undefined if it does. */
  missing({ name, labels }: Namespace): Problem | undefined {
    if (isListed(this.#model) || name === this.sourceNamespace) return undefined;
    if (!isCopied(this.#model) || inScope(this.#context().scope, name, labels)) return undefined;
    return {
      code: 'policy-gap',
      message: `${copierOf(this.#model)} does not bring pull secret ${this.#model.name} into namespace ${name}`,
      hint: scopeHint(this.#model),
    };
  }

  #source(): void {
    const writer = sourceWriter(this.#model);
    if (this.#sourced || !writer) return;
    this.#sourced = true;
    const hub = hubOf(this.#model.spec);
    if (hub) this.#pullSecret.cluster.sourceNamespace(hub.namespace);
    this.#write('source', writer);
  }

  #attach(): void {
    const { engine } = this.#model;
    const purpose = attachingPurpose(this.#model);
    if (this.#attached || !purpose || !engine) return;
    this.#attached = true;
    this.#write(purpose, attachingPolicies[purpose][engine]);
  }

  #write(purpose: DeliveryPurpose, writer: DeliveryWriter): void {
    const objects = writer(deliveryName(purpose, this.#model.name), this.#model, () => this.#context());
    for (const object of objects) this.#writeObject(object);
  }

  #writeObject(object: DeliveryObject): void {
    const { apiVersion, kind, name, namespace, role, labels, annotations, fields } = object;
    const { cluster, spec } = this.#pullSecret;
    new ManifestObject(this.#scopeOf(object), `${kind}:${name}`, {
      apiVersion,
      kind,
      clusterScoped: namespace === undefined,
      metadata: metadataOf({
        name,
        ...(namespace !== undefined && { namespace }),
        labels: { ...spec.metadata?.labels, ...labels },
        annotations: {
          ...gitopsAnnotations(cluster.model().gitops, role),
          ...spec.metadata?.annotations,
          ...annotations,
        },
      }),
      fields,
    });
  }

  #scopeOf({ stage = 'policies' }: DeliveryObject): Construct {
    return this.#pullSecret.cluster.chart(stage, this.#model.name);
  }

  #context(): DeliveryContext {
    const cluster = this.#pullSecret.cluster.model();
    return {
      cluster,
      pullSecret: cluster.pullSecrets.get(this.#model.name) ?? this.#model,
      scope: policyScope(this.#model, this.#served, cluster.exclude),
      fed: sortedUnique(this.#fed),
    };
  }
}
