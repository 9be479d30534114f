import { Construct } from 'constructs';
import type { Problem } from '../model/problem/problem.js';
import type { Registry } from '../model/registry/registry.js';
import type { ClusterPullSecret } from '../model/vocabulary/cluster.js';
import type { PullSecretSpec } from '../model/vocabulary/spec.js';
import type { Cluster } from './cluster.js';
import { Delivery } from './delivery.js';
import { throwLocated } from './located.js';

/** What a pull secret is; the keys are those of `pullSecrets.<name>`. Registries may be given as objects. */
export interface PullSecretProps extends Omit<PullSecretSpec, 'registries'> {
  readonly registries: readonly (Registry | string)[];
}

/**
 * A pull secret of a cluster: which registries it opens, where its value comes from, how it travels. It becomes an
 * object in every namespace in which it is attached; with a distribution that copies one source Secret, that and
 * what copies it are made at once. The id is the name of the Secret, verbatim.
 *
 * Throws `name-invalid`, `metadata-invalid`, `name-dangling`, `source-invalid`, `plaintext-not-accepted`,
 * `pull-secret-invalid`, `auths-key-duplicate`, `combination-refused` and `not-available`.
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
  /** What is worth knowing about its choices on this cluster. */
  readonly warnings: readonly Problem[];
  /**
   * Its choices on this cluster; undefined where `for.clusters` leaves the cluster out.
   *
   * @internal
   */
  readonly model: ClusterPullSecret | undefined;
  /**
   * What it brings along once per cluster.
   *
   * @internal
   */
  readonly delivery: Delivery | undefined;

  constructor(cluster: Cluster, name: string, props: PullSecretProps) {
    super(cluster, `pull-secret:${name}`);
    this.cluster = cluster;
    this.name = name;
    this.spec = {
      ...props,
      registries: props.registries.map((registry) => (typeof registry === 'string' ? registry : registry.name)),
    };
    const { file, dockerConfig } = props.source.plaintext ?? {};
    if (file !== undefined && !dockerConfig) throwLocated(this, [unread(name, file)]);
    this.warnings = cluster.addPullSecret(this);
    this.model = cluster.model().pullSecrets.get(name);
    this.delivery = this.model && new Delivery(this, this.model);
  }
}

/** Constructs read no files; the config does. */
function unread(name: string, file: string): Problem {
  return {
    code: 'source-invalid',
    message: `pull secret ${name}: ${file} has not been read`,
    hint: 'give its content: dockerConfig: DockerConfig.parse(readFileSync(file))',
  };
}
