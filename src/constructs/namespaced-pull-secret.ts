import type { ApiObject } from 'cdk8s';
import type { Registry } from '../model/registry/registry.js';
import { sourceName } from '../model/vocabulary/cluster.js';
import { isCopied, isOnNodes } from '../model/vocabulary/picks.js';
import { copyAnnotations } from '../objects/distributions/index.js';
import { sourceObjects } from '../objects/sources/index.js';
import type { Namespace } from './namespace.js';
import type { PullSecret } from './pull-secret.js';

/** Kinds of objects that are a Secret, or become one of the same name. */
const secretKinds = ['Secret', 'ExternalSecret', 'SealedSecret'];

/**
 * A pull secret in one namespace, with the registries that are needed there and no others. Its object is a child of the
 * namespace. Where one source Secret is copied, only the namespace of the source has an object; where every node has the
 * pull secret, no namespace has.
 */
export class NamespacedPullSecret {
  readonly namespace: Namespace;
  /** The id of its object among the children of the namespace. */
  readonly id: string;
  readonly pullSecret: PullSecret;
  /** True for the Secret that others are copied from. */
  readonly isSource: boolean;
  /** The object that makes the Secret; undefined with source existing, for a copy, on every node, and where the app already holds it. */
  readonly apiObject: ApiObject | undefined;
  readonly #registries = new Set<string>();

  constructor(namespace: Namespace, pullSecret: PullSecret) {
    this.id = `pull-secret:${pullSecret.name}`;
    this.namespace = namespace;
    this.pullSecret = pullSecret;
    const { sourceNamespace } = pullSecret.model ?? {};
    this.isSource = sourceNamespace === namespace.name;
    const { model } = pullSecret;
    const isElsewhere = !this.isSource && model !== undefined && (isCopied(model) || isOnNodes(model));
    const held = secretKinds.some((kind) => namespace.cluster.foreign.find(kind, namespace.name, pullSecret.name));
    const source = sourceName(pullSecret.spec);
    this.apiObject = held || isElsewhere || !source ? undefined : sourceObjects[source]?.(this);
    pullSecret.delivery?.serve(namespace.name);
    if (this.apiObject) pullSecret.delivery?.feed(namespace.name);
  }

  /**
   * The annotations of the Secret that tell a tool where to copy it; empty for what is no source.
   *
   * @internal
   */
  get copyAnnotations(): Readonly<Record<string, string>> {
    const { model } = this.pullSecret;
    return this.isSource && model ? copyAnnotations(model, this.namespace.cluster.model()) : {};
  }

  /** Says that these registries are needed here. */
  need(registries: readonly string[]): void {
    for (const registry of registries) this.#registries.add(registry);
  }

  /** The registries that are needed here, in the order of the pull secret. */
  get registries(): Registry[] {
    const { registries } = this.namespace.cluster.model();
    return this.pullSecret.spec.registries
      .filter((name) => this.#registries.has(name))
      .flatMap((name) => registries.get(name) ?? []);
  }
}
