import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { sentence, words } from '../model/problem/shown.js';
import { copierOf, scopeHint } from '../model/reach/copier.js';
import { inScope, isPerNamespace, type PolicyScope, policyScope } from '../model/reach/policy-scope.js';
import type { ClusterPullSecret } from '../model/vocabulary/cluster.js';
import { isCopied, originalOf } from '../model/vocabulary/distributions.js';
import { hubOf } from '../model/vocabulary/sources.js';
import { deliveryContext, deliveryObjects, type Served } from '../objects/deliveries.js';
import { patcherMetadata } from '../objects/namespace.js';
import { stagePlace } from '../objects/namespace-places.js';
import { identityOf, written } from '../objects/written-object.js';
import type { DeliveryScope, NamespaceScope, PullSecretScope } from './scopes.js';
import { writtenConstruct } from './written-construct.js';

/**
 * Objects that a pull secret brings along once per cluster: its source and what that needs, what copies it, and its
 * policies. What is for listed namespaces comes with the first of them.
 */
export class Delivery implements DeliveryScope {
  readonly #pullSecret: PullSecretScope;
  readonly #model: ClusterPullSecret;
  /** The first namespaces, which are enough to know what is there. */
  #where: Served = { served: [], fed: [] };
  readonly #made = new Set<string>();

  constructor(pullSecret: PullSecretScope, model: ClusterPullSecret) {
    this.#pullSecret = pullSecret;
    this.#model = model;
    const original = originalOf(model);
    if (original !== undefined) this.#writeSource(pullSecret.cluster.sourceNamespace(original));
    if (hubOf(model) && !isPerNamespace(model)) this.#openHub();
    this.#write();
  }

  /** Says that a namespace has an object of its own. */
  serve(namespace: string): void {
    if (this.#where.served.length > 0) return;
    this.#where = { ...this.#where, served: [namespace] };
    this.#write();
  }

  /** Says that a namespace has an object that reads what the source brings along. */
  feed(namespace: string): void {
    if (this.#where.fed.length > 0) return;
    this.#where = { ...this.#where, fed: [namespace] };
    this.#openHub();
    this.#write();
  }

  /** The namespaces that its policies act in, when these have it. */
  scopeWith(namespace: string): PolicyScope {
    return policyScope(this.#model, [namespace], this.#pullSecret.cluster.model().exclude);
  }

  /** Why the pull secret does not reach a namespace; undefined if it does. */
  missing({ name, labels }: NamespaceScope): Problem | undefined {
    if (isPerNamespace(this.#model) || name === originalOf(this.#model)) return undefined;
    if (!isCopied(this.#model) || inScope(this.scopeWith(name), name, labels)) return undefined;
    return At.of().find(
      'policy-gap',
      words`${copierOf(this.#model)} does not bring pull secret ${this.#model.name} into namespace ${name}`,
      sentence(scopeHint(this.#model)),
    );
  }

  #writeSource(namespace: NamespaceScope): void {
    namespace.hold(this.#pullSecret);
    if (this.#model.distribution.name !== 'patcher' || !namespace.apiObject) return;
    const { labels, annotations } = patcherMetadata(namespace.name, Object.fromEntries(namespace.labels));
    const { metadata } = namespace.apiObject;
    for (const [key, value] of Object.entries(annotations ?? {})) metadata.addAnnotation(key, value);
    for (const [key, value] of Object.entries(labels ?? {})) metadata.addLabel(key, value);
  }

  #openHub(): void {
    const hub = hubOf(this.#model);
    if (hub) this.#pullSecret.cluster.sourceNamespace(hub.namespace);
  }

  /** Makes the constructs of objects that are not there yet. */
  #write(): void {
    const { cluster } = this.#pullSecret;
    const { gitops } = cluster.model();
    const context = deliveryContext(cluster.model(), this.#model, this.#where);
    for (const draft of deliveryObjects(context, this.#where)) {
      const { stage = 'policies', kind, name } = draft;
      const at = stagePlace(cluster, stage, this.#model.name);
      const object = written(draft, at, gitops, this.#model.spec.metadata);
      if (this.#made.has(identityOf(object))) continue;
      this.#made.add(identityOf(object));
      writtenConstruct(cluster.chartOf(at), `${kind}:${name}`, cluster.record, object);
    }
  }
}
