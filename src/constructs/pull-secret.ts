import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { secretKinds } from '../model/inventory/declared-object.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { Registry } from '../model/registry/registry.js';
import type { ClusterPullSecret } from '../model/vocabulary/cluster.js';
import { isCopied, isOnNodes, originalOf } from '../model/vocabulary/distributions.js';
import { concealed } from '../model/vocabulary/plaintext.js';
import type { PullSecretSpec } from '../model/vocabulary/spec.js';
import { sopsPlace } from '../objects/namespace-places.js';
import { secretWriters } from '../objects/sources/index.js';
import { written } from '../objects/written-object.js';
import type { Cluster } from './cluster.js';
import { Delivery } from './delivery.js';
import { throwLocated, throwMisshapen } from './located.js';
import type { Namespace } from './namespace.js';
import { writtenConstruct } from './written-construct.js';

/** Description of a pull secret; the keys are those of `pullSecrets.<name>`. Registries may be given as objects. */
export interface PullSecretProps extends Omit<PullSecretSpec, 'registries'> {
  readonly registries: readonly (Registry | string)[];
}

/**
 * A pull secret of a cluster: which registries it opens, where its value comes from, how it travels. It becomes an
 * object in every namespace in which it is attached; with a distribution that copies one source Secret, that and
 * what copies it are made at once. The id is the name of the Secret, verbatim.
 *
 * Throws `name-invalid`, `metadata-invalid`, `name-dangling`, `source-invalid`, `source-incomplete`, `scope-refused`,
 * `plaintext-not-accepted`, `auths-key-duplicate`, `combination-refused` and what else docs/errors.md has
 * of sources and scopes.
 *
 * @example
 * ```ts
 * import { Cluster, ImagePullApp, PullSecret, Source } from 'cdk8s-image-pull';
 *
 * const app = new ImagePullApp();
 * const prod = new Cluster(app, 'prod', { kubernetes: '1.35' });
 * const ghcr = prod.registry('ghcr', { preset: 'ghcr', path: 'acme' });
 * const pull = new PullSecret(prod, 'ghcr-pull', {
 *   registries: [ghcr],
 *   source: Source.external({ store: 'vault', key: 'registries/ghcr' }),
 *   allow: ['team-*'],
 * });
 * prod.namespace('team-a').serviceAccount('default').attach(pull);
 * app.synth(); // dist/prod/namespaces/team-a.yaml
 * ```
 */
export class PullSecret extends Construct {
  readonly cluster: Cluster;
  readonly name: string;
  readonly spec: PullSecretSpec;
  /** Warnings about its choices on this cluster. */
  readonly warnings: readonly Problem[];
  /**
   * Its choices on this cluster; undefined where `for.clusters` leaves the cluster out.
   *
   * @internal
   */
  readonly model: ClusterPullSecret | undefined;
  /**
   * Objects that it brings along once per cluster.
   *
   * @internal
   */
  readonly delivery: Delivery | undefined;

  constructor(cluster: Cluster, name: string, props: PullSecretProps) {
    super(cluster, `pull-secret:${name}`);
    this.cluster = cluster;
    this.name = name;
    this.spec = { ...props, registries: registryNames(props?.registries), source: concealed(props?.source) };
    throwMisshapen(this, this.spec, 'PullSecretSpec');
    const { file, dockerConfig, passwordFile } = props.source.plaintext ?? {};
    if (file !== undefined && !dockerConfig)
      throwLocated(this, [unread(name, file, 'dockerConfig: DockerConfig.parse(readFileSync(file))')]);
    if (passwordFile !== undefined)
      throwLocated(this, [unread(name, 'passwordFile', "password: readFileSync(file, 'utf8').trim()")]);
    this.warnings = cluster.addPullSecret(this);
    this.model = cluster.model().pullSecrets.get(name);
    this.delivery = this.model && new Delivery(this, this.model);
  }
}

function registryNames(registries: PullSecretProps['registries']): readonly string[] {
  if (!Array.isArray(registries)) return registries as readonly string[];
  return registries.map((registry) => (typeof registry === 'string' ? registry : registry?.name));
}

/** Constructs read no files; the config does. */
function unread(name: string, file: string, content: string): Problem {
  return At.of().refuse(
    'source-invalid',
    words`pull secret ${name}: ${file} has not been read`,
    words`give its content: ${content}`,
  );
}

/** Kinds of objects that are a Secret, or become one of the same name. */

/**
 * A pull secret in one namespace, with the registries that are needed there and no others. Its object is a child of the
 * namespace. Where one source Secret is copied, only the namespace of the source has an object; where every node has the
 * pull secret, no namespace has.
 */
export class NamespacedPullSecret {
  readonly namespace: Namespace;
  readonly pullSecret: PullSecret;
  /** True for the Secret that others are copied from. */
  readonly isSource: boolean;
  /**
   * The object that makes the Secret; undefined with source existing, for a copy, on every node, and where the app
   * already holds it.
   */
  readonly apiObject: ApiObject | undefined;

  constructor(namespace: Namespace, pullSecret: PullSecret) {
    this.namespace = namespace;
    this.pullSecret = pullSecret;
    this.isSource = pullSecret.model !== undefined && originalOf(pullSecret.model) === namespace.name;
    this.apiObject = this.#isHeld() ? undefined : this.#declare();
    pullSecret.delivery?.serve(namespace.name);
    if (this.apiObject) pullSecret.delivery?.feed(namespace.name);
  }

  /** The registries that are needed here, in the order of the pull secret. */
  get registries(): Registry[] {
    const { record } = this.namespace.cluster;
    const { namespace, pullSecret } = this;
    const plan = record.plan.secrets.find(
      (each) => each.namespace === namespace.name && each.pullSecret === pullSecret.name,
    );
    const { registries } = namespace.cluster.model();
    return (plan?.registries ?? []).flatMap((name) => registries.get(name) ?? []);
  }

  #isHeld(): boolean {
    const { cluster, name: namespace } = this.namespace;
    const { name } = this.pullSecret;
    const kind = secretKinds.find((each) => cluster.foreign.find(each, namespace, name));
    if (kind) cluster.record.declaredSecret({ kind, name, namespace, encrypted: false });
    return kind !== undefined;
  }

  #declare(): ApiObject | undefined {
    const { namespace, isSource } = this;
    const { cluster } = namespace;
    const { model } = this.pullSecret;
    const writer = model && secretWriters[model.source.name];
    if (!writer || (!isSource && (isCopied(model) || isOnNodes(model)))) return undefined;
    const draft = writer(cluster.model(), model, { namespace: namespace.name, isSource, registries: () => [] });
    const isApart = model.source.name === 'sops' && cluster.hasOwnCharts;
    const at = isApart ? sopsPlace(namespace.at, model.name) : namespace.at;
    const object = written(draft, at, cluster.model().gitops, model.spec.metadata);
    const scope = isApart ? cluster.chartOf(at) : namespace;
    return writtenConstruct(scope, `pull-secret:${model.name}`, cluster.record, object);
  }
}
