import { ApiObject } from 'cdk8s';
import { argocdApplication } from '../gitops/argocd-application.js';
import type { BootstrapSpec } from '../model/spec/spec.js';
import type { Cluster } from './cluster.js';
import { ManifestChart } from './manifest-chart.js';

/**
 * The Applications that apply the output of a cluster, outside of the folders that they apply. With shards, an
 * Application comes with the first namespace of its shard: Argo CD takes a folder that is not there for an error.
 */
export class Bootstrap {
  readonly #cluster: Cluster;
  readonly #bootstrap: BootstrapSpec;
  readonly #chart: ManifestChart;
  readonly #made = new Set<string>();

  constructor(cluster: Cluster, bootstrap: BootstrapSpec) {
    this.#cluster = cluster;
    this.#bootstrap = bootstrap;
    const location = { cluster: cluster.name, stage: 'bootstrap', file: 'applications' } as const;
    this.#chart = new ManifestChart(cluster, 'bootstrap:', location);
    if ((bootstrap.shards ?? 1) === 1) this.#application(undefined);
  }

  /** Sees to the Application of a shard. */
  shard(shard: string | undefined): void {
    if (shard !== undefined && !this.#made.has(shard)) this.#application(shard);
  }

  #application(shard: string | undefined): void {
    const { name: cluster, props } = this.#cluster;
    const name = ['image-pull', cluster, ...(shard === undefined ? [] : [shard])].join('-');
    const root = `${this.#bootstrap.path ?? 'dist'}/${cluster}`;
    const where = shard === undefined ? { path: root, exclude: 'bootstrap' } : { path: `${root}/namespaces/${shard}` };
    const kustomize = props.kustomization ?? false;
    new ApiObject(this.#chart, name, argocdApplication(this.#bootstrap, { name, kustomize, ...where }));
    if (shard !== undefined) this.#made.add(shard);
  }
}
