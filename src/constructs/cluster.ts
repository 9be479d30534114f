import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { check } from '../model/check/check.js';
import { checkNamespaces } from '../model/check/check-references.js';
import { checkRegistries } from '../model/check/check-registries.js';
import { labelError } from '../model/names/names.js';
import { At } from '../model/problem/at.js';
import { type Problem, severityOf } from '../model/problem/problem.js';
import { Registry } from '../model/registry/registry.js';
import type { RegistrySpec } from '../model/registry/registry-presets.js';
import { type ClusterModel, clusterModel } from '../model/vocabulary/cluster.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import type { ClusterSpec, ImagePullSpec, PullSecretSpec } from '../model/vocabulary/spec.js';
import { namespacePlace, stagePlace } from '../objects/namespace-places.js';
import { attachAll } from './attach-all.js';
import { Bootstrap } from './bootstrap.js';
import { askedForBefore, enclosed, ownershipWarnings, unreadDocument } from './cluster-problems.js';
import { ClusterRecord } from './cluster-record.js';
import { ForeignObjects } from './foreign-objects.js';
import { refreshGlobalPullSecret } from './global-pull-secret.js';
import { located, throwLocated, throwMisshapen } from './located.js';
import { ManifestChart } from './manifest-chart.js';
import { Namespace, type NamespaceProps } from './namespace.js';
import type { PullSecret } from './pull-secret.js';
import type { ClusterScope } from './scopes.js';
import { unattachedMessages } from './unattached.js';

const symbol = Symbol.for('cdk8s-image-pull.Cluster');

/** Description of a cluster; the keys are those of `clusters.<name>` and of the top level of `image-pull.yaml`. */
export interface ClusterProps
  extends Omit<ClusterSpec, 'workloads' | 'namespaces' | 'grants' | 'pullSecrets'>,
    Pick<ImagePullSpec, 'share' | 'exclude' | 'overlap' | 'podKinds'> {}

/** Facts that {@link Cluster.attachAll} cannot read off the objects. */
export interface AttachAllOptions {
  /**
   * Where objects run that name no namespace.
   * @default - such an object is finding `namespace-unstated`
   */
  readonly namespace?: string;
}

/**
 * One cluster: the scope of registries, pull secrets and namespaces.
 *
 * A namespace is a chart of its own, and so a file, where no chart encloses the cluster; inside somebody's chart
 * everything becomes part of that chart.
 *
 * Throws `cluster-invalid`, `name-invalid`, `bootstrap-invalid`, `source-invalid` and `plaintext-not-accepted`.
 *
 * @example
 * ```ts
 * import { Cluster, ImagePullApp } from 'cdk8s-image-pull';
 *
 * const app = new ImagePullApp();
 * const prod = new Cluster(app, 'prod', { kubernetes: '1.35', gitops: 'argocd' });
 * prod.registry('ghcr', { preset: 'ghcr', path: 'acme' });
 * prod.registry('k8s', { host: 'registry.k8s.io', access: 'public' });
 * ```
 */
export class Cluster extends Construct implements ClusterScope {
  /** The name: the folder below the output folder. */
  readonly name: string;
  readonly props: ClusterProps;
  /**
   * Objects of the app that this package did not make.
   *
   * @internal
   */
  readonly foreign: ForeignObjects;
  /**
   * Everything that was asked of the cluster.
   *
   * @internal
   */
  readonly record = new ClusterRecord(() => this.model());
  readonly #registries = new Map<string, RegistrySpec>();
  readonly #pullSecrets = new Map<string, PullSecret>();
  readonly #namespaces = new Map<string, Namespace>();
  readonly #sourceNamespaces = new Set<string>();
  readonly #bootstrap: Bootstrap | undefined;
  /** Warnings about what it states. */
  readonly warnings: readonly Problem[];
  #model: ClusterModel | undefined;

  constructor(scope: Construct, id: string, props: ClusterProps = {}) {
    super(scope, id);
    this.name = id;
    this.props = props;
    Object.defineProperty(this, symbol, { value: true });
    throwMisshapen(this, props, 'ClusterSpec');
    throwMisshapen(this, { version: 1, clusters: {}, ...props }, 'ImagePullSpec');
    this.foreign = ForeignObjects.of(this);
    const problems = check(this.#early());
    throwLocated(this, [...problems, ...unreadDocument(props)]);
    this.warnings = located(this, [...problems, ...ownershipWarnings(this)]);
    if (!this.hasOwnCharts && (props.bootstrap || props.kustomization)) throwLocated(this, [enclosed(id)]);
    if (props.bootstrap) this.#bootstrap = new Bootstrap(this);
    refreshGlobalPullSecret(this);
    this.node.addValidation({
      validate: () => [
        ...check(this.spec())
          .filter((problem) => severityOf(problem) === 'error')
          .map(({ message }) => message),
        ...unattachedMessages(this),
      ],
    });
  }

  /** True for a construct of this class, also across two copies of the package. */
  static isCluster(x: unknown): x is Cluster {
    return typeof x === 'object' && x !== null && symbol in x;
  }

  /** True where no chart encloses the cluster, so that each namespace is a file. */
  get hasOwnCharts(): boolean {
    return !this.node.scopes.some((scope) => Chart.isChart(scope));
  }

  /**
   * Declares a registry; the one that its `auth` names must be declared before. Throws `registry-invalid`,
   * `registry-duplicate`, `name-invalid` and `name-dangling`.
   *
   * @param name what pull secrets and messages call it
   */
  registry(name: string, spec: RegistrySpec): Registry {
    throwMisshapen(this, spec, 'RegistrySpec');
    const registry = Registry.of(name, spec);
    throwLocated(
      this,
      At.collect((at) => checkRegistries(this.spec({ registries: { [name]: spec } }), at)),
    );
    if (!registry) throw new RangeError(`registry ${name} has no host`);
    this.#registries.set(name, spec);
    this.#changed();
    return registry;
  }

  /** The namespace, made at the first call, whose props count. Throws `name-invalid` and `metadata-invalid`. */
  namespace(name: string, props: NamespaceProps = {}): Namespace {
    const known = this.#namespaces.get(name);
    if (known) return known;
    throwMisshapen(this, props, 'NamespaceSpec');
    if (props.labels || labelError(name))
      throwLocated(
        this,
        At.collect((at) => checkNamespaces({ [name]: { labels: props.labels ?? {} } }, [], at)),
      );
    return this.#namespace(name, props, namespacePlace(this.model(), name, props.folder));
  }

  /**
   * The namespace of source Secrets, made at the first call in the stage before all others. Throws
   * `pull-secret-late` where it is another namespace already.
   *
   * @internal
   */
  sourceNamespace(name: string, props: NamespaceProps = {}): Namespace {
    const known = this.#namespaces.get(name);
    if (known && !this.#sourceNamespaces.has(name)) throwLocated(this, [askedForBefore(name)]);
    if (known) return known;
    this.#sourceNamespaces.add(name);
    return this.#namespace(name, props, stagePlace(this, 'sources', name));
  }

  #namespace(name: string, props: NamespaceProps, at: FilePlace): Namespace {
    const namespace = new Namespace(this, name, props, at);
    this.#namespaces.set(name, namespace);
    return namespace;
  }

  /** The namespaces that were asked for, in that order. */
  get namespaces(): Namespace[] {
    return [...this.#namespaces.values()];
  }

  /**
   * A namespace that was asked for.
   *
   * @internal
   */
  knownNamespace(name: string): Namespace | undefined {
    return this.#namespaces.get(name);
  }

  /**
   * Gives everything with pods below a construct what its images need, as {@link Namespace.attachFor} does: cdk8s-plus
   * workloads, objects of an `Include` or a `Helm` chart, every ApiObject of a kind that runs pods. What was attached
   * before is passed over. Call it when all workloads are there: one that comes later, whose image needs a pull secret,
   * is a validation error.
   *
   * Throws what `attachFor` throws, of all workloads together, and `namespace-unstated`.
   *
   * @param scope a chart, the app, or any other construct
   *
   * @example
   * ```ts
   * import { Chart } from 'cdk8s';
   * import * as kplus from 'cdk8s-plus-27';
   * import { Cluster, ImagePullApp, PullSecret, Source } from 'cdk8s-image-pull';
   *
   * const app = new ImagePullApp();
   * const shop = new Chart(app, 'shop', { namespace: 'shop' });
   * new kplus.Deployment(shop, 'cart', { containers: [{ image: 'ghcr.io/acme/cart:v4' }] });
   * new kplus.Deployment(shop, 'web', { containers: [{ image: 'ghcr.io/acme/web:v7' }] });
   *
   * const prod = new Cluster(app, 'prod', { kubernetes: '1.35' });
   * const ghcr = prod.registry('ghcr', { preset: 'ghcr', path: 'acme' });
   * new PullSecret(prod, 'ghcr-pull', { registries: [ghcr], source: Source.existing() });
   * prod.attachAll(app);
   * ```
   */
  attachAll(scope: Construct, { namespace }: AttachAllOptions = {}): void {
    attachAll(this, scope, namespace);
  }

  /** The cluster with everything declared so far, as the model sees it. */
  model(): ClusterModel {
    this.#model ??= clusterModel(this.spec(), this.name);
    return this.#model;
  }

  /** The pull secrets that were declared, in that order. */
  get pullSecrets(): PullSecret[] {
    return [...this.#pullSecrets.values()];
  }

  /** The pull secret of this name. */
  pullSecret(name: string): PullSecret | undefined {
    return this.#pullSecrets.get(name);
  }

  /**
   * Called by {@link PullSecret}; the errors and warnings of its spec on this cluster.
   *
   * @internal
   */
  addPullSecret(pullSecret: PullSecret): readonly Problem[] {
    const others = this.spec();
    const { name } = pullSecret;
    const exclude = (others.exclude ?? []).filter((each) => (each.pullSecret ?? name) === name);
    const spec = { ...this.#early(), pullSecrets: { [name]: pullSecret.spec }, exclude };
    const problems = check(spec);
    throwLocated(pullSecret, problems);
    this.#pullSecrets.set(pullSecret.name, pullSecret);
    this.#changed();
    refreshGlobalPullSecret(this);
    return problems.filter((problem) => severityOf(problem) !== 'error');
  }

  /** This cluster as a spec, without what may name things that are declared later. */
  #early(): ImagePullSpec {
    const spec = this.spec({ overlap: [], exclude: [] });
    const { nodes: { providers } = {}, ...cluster } = spec.clusters[this.name] ?? {};
    return { ...spec, clusters: { [this.name]: { ...cluster, ...(providers && { nodes: { providers } }) } } };
  }

  /** This cluster as a spec; what is given is laid over what was declared. */
  spec(over: Partial<ImagePullSpec> = {}): ImagePullSpec {
    const { share, exclude, overlap, podKinds, ...cluster } = this.props;
    const pullSecrets: Record<string, PullSecretSpec> = {};
    for (const [name, pullSecret] of this.#pullSecrets) pullSecrets[name] = pullSecret.spec;
    return {
      version: 1,
      clusters: { [this.name]: cluster },
      pullSecrets,
      ...(share && { share }),
      ...(exclude && { exclude }),
      ...(overlap && { overlap }),
      ...(podKinds && { podKinds }),
      ...over,
      registries: { ...Object.fromEntries(this.#registries), ...over.registries },
    };
  }

  /**
   * Where the objects of a file of the layout go, made at the first call: a chart of its own, of which the bootstrap
   * learns. Where a chart encloses the cluster, a place inside of that one.
   *
   * @internal
   */
  chartOf(at: FilePlace): Construct {
    // A prefix, because `constructor` is a namespace's name like any other, and no id for the constructs library.
    const id = `${idPrefixes[at.stage]}:${at.file}`;
    const known = this.node.tryFindChild(id);
    if (known) return known as Construct;
    if (!this.hasOwnCharts) return new Construct(this, id);
    const chart = new ManifestChart(this, id, at);
    // What lies beside workloads is applied with them.
    if (at.beside === undefined && at.stage !== 'bootstrap') this.#bootstrap?.add(chart);
    return chart;
  }

  #changed(): void {
    this.#model = undefined;
    this.record.changed();
  }
}

const idPrefixes: Readonly<Record<FilePlace['stage'], string>> = {
  sources: 'source',
  policies: 'policy',
  namespaces: 'namespace',
  bootstrap: 'bootstrap',
};
