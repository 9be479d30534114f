import type { Construct } from 'constructs';
import { gitopsAnnotations } from '../gitops/annotations.js';
import { attachingPurpose, type PolicyPurpose, policyName } from '../model/policies/policy-names.js';
import {
  appendsTo,
  inScope,
  isListed,
  type Labelled,
  type PolicyScope,
  policyScope,
} from '../model/policies/policy-scope.js';
import type { Problem } from '../model/problem/problem.js';
import type { ClusterPullSecret } from '../model/spec/cluster.js';
import { attachingPolicies } from './attachments/index.js';
import { clonePolicies } from './distributions/kyverno.js';
import { ManifestObject } from './manifest-object.js';
import { metadataOf } from './metadata.js';
import type { Namespace } from './namespace.js';
import type { PolicyContext, PolicyObject, PolicyWriter } from './policies/policy-object.js';
import type { PullSecret } from './pull-secret.js';

/**
 * What a pull secret brings along once per cluster: its source Secret and its policies. A policy that acts in listed
 * namespaces comes with the first of them.
 */
export class Delivery {
  readonly #pullSecret: PullSecret;
  readonly #model: ClusterPullSecret;
  readonly #served = new Set<string>();
  #scope: Construct | undefined;
  #attached = false;

  constructor(pullSecret: PullSecret, model: ClusterPullSecret) {
    this.#pullSecret = pullSecret;
    this.#model = model;
    const { sourceNamespace, cloneEngine } = model;
    if (sourceNamespace !== undefined)
      pullSecret.cluster.sourceNamespace(sourceNamespace).pullSecret(pullSecret, pullSecret.spec.registries);
    if (cloneEngine) this.#write('clone', clonePolicies[cloneEngine]);
    if (!isListed(model)) this.#attach();
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
    if (this.sourceNamespace === undefined || inScope(this.#context().scope, name, labels)) return undefined;
    return {
      code: 'policy-gap',
      message: `policy ${policyName('clone', this.#model.name)} does not clone pull secret ${this.#model.name} into namespace ${name}`,
      hint: `widen \`for\` of ${this.#model.name}, or give the namespace its labels`,
    };
  }

  #attach(): void {
    const { engine } = this.#model;
    const purpose = attachingPurpose(this.#model);
    if (this.#attached || !purpose || !engine) return;
    this.#attached = true;
    this.#write(purpose, attachingPolicies[purpose][engine]);
  }

  #write(purpose: PolicyPurpose, writer: PolicyWriter): void {
    const objects = writer(policyName(purpose, this.#model.name), this.#model, () => this.#context());
    for (const object of objects) this.#writeObject(object);
  }

  #writeObject({ apiVersion, kind, name, role, labels, annotations, fields }: PolicyObject): void {
    const { cluster, spec } = this.#pullSecret;
    this.#scope ??= cluster.chart('policies', this.#model.name);
    new ManifestObject(this.#scope, `${kind}:${name}`, {
      apiVersion,
      kind,
      clusterScoped: true,
      metadata: metadataOf({
        name,
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

  #context(): PolicyContext {
    const cluster = this.#pullSecret.cluster.model();
    return {
      cluster,
      pullSecret: cluster.pullSecrets.get(this.#model.name) ?? this.#model,
      scope: policyScope(this.#model, this.#served, cluster.exclude),
    };
  }
}
