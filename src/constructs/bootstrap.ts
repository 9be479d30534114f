import type { Construct } from 'constructs';
import { argocdApplication } from '../gitops/argocd-application.js';
import type { EngineObject } from '../gitops/engine-object.js';
import { fluxKustomization } from '../gitops/flux-kustomization.js';
import { sortedUnique } from '../model/names/names.js';
import { bootstrapName } from '../model/vocabulary/bootstrap-names.js';
import type { Gitops } from '../model/vocabulary/compatibility.js';
import type { BootstrapSpec } from '../model/vocabulary/spec.js';
import { AppliedFolder } from './applied-folder.js';
import { BootstrapObject } from './bootstrap-object.js';
import type { Cluster } from './cluster.js';
import { type ManifestChart, type Stage, stages } from './manifest-chart.js';

/** Waves of the stages' Applications in a parent: all of them before any workload. */
const waves: Readonly<Record<Stage, number>> = { sources: -12, policies: -11, namespaces: -10, bootstrap: -10 };

/**
 * The objects that apply the output of a cluster, outside of the folders that they apply. Argo CD orders one
 * application by waves, so one Application applies everything; Flux orders Kustomizations only, so each stage is one.
 * With shards, each folder of namespaces has its own.
 */
export class Bootstrap {
  readonly #cluster: Cluster;
  readonly #spec: BootstrapSpec;
  readonly #gitops: Gitops;
  readonly #scope: Construct;
  readonly #folders = new Map<string, AppliedFolder>();

  constructor(cluster: Cluster, spec: BootstrapSpec) {
    this.#cluster = cluster;
    this.#spec = spec;
    this.#gitops = cluster.model().gitops;
    this.#scope = cluster.chart('bootstrap', this.#gitops === 'flux' ? 'kustomizations' : 'applications');
    if (!this.#isSplit) this.#folder();
  }

  /** Told of every chart of the cluster, sees to the object that applies its folder. */
  add(chart: ManifestChart): void {
    const { stage, shard } = chart.location;
    if (stage !== 'bootstrap') (this.#isSplit ? this.#folder(stage, shard) : this.#folder()).add(chart);
  }

  get #isSplit(): boolean {
    return this.#gitops === 'flux' || (this.#spec.shards ?? 1) > 1;
  }

  #folder(stage?: Stage, shard?: string): AppliedFolder {
    const key = `${stage ?? ''}/${shard ?? ''}`;
    const known = this.#folders.get(key);
    if (known) return known;
    const folder = new AppliedFolder(stage, shard);
    this.#folders.set(key, folder);
    new BootstrapObject(this.#scope, folder, () => this.#object(folder));
    return folder;
  }

  #object(folder: AppliedFolder): EngineObject {
    return this.#gitops === 'flux' ? this.#kustomization(folder) : this.#application(folder);
  }

  #application(folder: AppliedFolder): EngineObject {
    const { stage = 'namespaces' } = folder;
    return argocdApplication(this.#spec, {
      name: this.#name(folder),
      path: this.#path(folder),
      kustomize: this.#cluster.props.kustomization ?? false,
      wave: waves[stage],
      hasOpenshiftAccounts: this.#hasOpenshiftAccounts(folder),
      ...(folder.stage === undefined && { exclude: 'bootstrap' }),
    });
  }

  #kustomization(folder: AppliedFolder): EngineObject {
    const { stage = 'namespaces' } = folder;
    const before = stages.slice(0, stages.indexOf(stage));
    const needed = [...this.#folders.values()].filter((each) => each.stage && before.includes(each.stage));
    return fluxKustomization(this.#spec, {
      name: this.#name(folder),
      path: this.#path(folder),
      dependsOn: sortedUnique(needed.filter((each) => each.hasFiles).map((each) => this.#name(each))),
      awaitsOpenshiftAccounts: this.#hasOpenshiftAccounts(folder) && this.#hasInternalRegistry(),
      awaitsKyvernoPolicies: folder.hasKyvernoPolicies,
    });
  }

  #hasOpenshiftAccounts(folder: AppliedFolder): boolean {
    return this.#cluster.model().platform === 'openshift' && folder.hasAccounts;
  }

  /** Accounts are only provisioned where the internal registry is on; a config that declares it says so. */
  #hasInternalRegistry(): boolean {
    return [...this.#cluster.model().registries.values()].some((registry) => registry.preset === 'openshift');
  }

  /** The stage is part of the name but for Argo CD's shards, which are shards of the namespaces anyway. */
  #name({ stage, shard }: AppliedFolder): string {
    const isShardOfArgo = this.#gitops === 'argocd' && shard !== undefined;
    return bootstrapName(this.#cluster.name, isShardOfArgo ? undefined : stage, shard);
  }

  #path({ stage, shard }: AppliedFolder): string {
    const parts = [this.#spec.path ?? 'dist', this.#cluster.name, stage, shard];
    return parts.filter((part) => part !== undefined).join('/');
  }
}
