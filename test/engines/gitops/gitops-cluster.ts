import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../support.js';
import type { ApiServer } from '../cluster/api-server.js';
import { crdFolders, installCrds } from '../cluster/crds.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { Kubelet } from '../cluster/kubelet.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { SecretsOperator } from '../cluster/secrets-operator.js';
import type { Running } from '../engine.js';
import type { Changes, GitRepository } from './git-repository.js';
import type { GitOpsEngine } from './gitops-engines.js';
import type { GitOpsStage } from './gitops-stage.js';

/** A stage with stand-ins for what makes Secrets and runs pods, and a repository with a config. */
export class GitOpsCluster implements Running {
  private constructor(
    readonly stage: GitOpsStage,
    readonly operator: SecretsOperator,
    private readonly kubelet: Kubelet,
  ) {}

  static async start(engine: Pick<GitOpsEngine, 'start'>): Promise<GitOpsCluster> {
    const cluster = await GitOpsCluster.startBare(engine);
    await cluster.installExternalSecrets();
    return cluster;
  }

  /** The same without External Secrets. */
  static async startBare({ start }: Pick<GitOpsEngine, 'start'>): Promise<GitOpsCluster> {
    const stage = await start();
    const cluster = new GitOpsCluster(stage, new SecretsOperator(stage.api), new Kubelet(stage.api));
    cluster.kubelet.start();
    return cluster;
  }

  async installExternalSecrets(): Promise<void> {
    await installCrds(this.api, crdFolders.externalSecrets);
    this.operator.start();
  }

  get api(): ApiServer {
    return this.stage.api;
  }

  get repository(): GitRepository {
    return this.stage.repository;
  }

  /** Changes files, runs `synth` with its flags, and pushes a commit of both. Answers the commit. */
  async push(changes: Changes, ...flags: string[]): Promise<string> {
    this.repository.change(changes);
    const { code, err } = await cli(this.repository.folder, 'synth', ...flags);
    if (code !== 0) throw new Error(err);
    return this.repository.commit();
  }

  /** The same, and waits until the engine has applied the commit. */
  async apply(changes: Changes): Promise<void> {
    const commit = await this.push(changes);
    await this.stage.untilApplied(commit);
  }

  /** The objects that `bootstrap` wrote. */
  get emitted(): KubeObject[] {
    const folder = join(this.repository.folder, 'dist/prod/bootstrap');
    return existsSync(folder) ? manifestsIn(folder).map(({ object }) => object) : [];
  }

  /** The objects of the output that are applied. */
  get written(): KubeObject[] {
    const folders = ['sources', 'policies', 'namespaces'].map((stage) =>
      join(this.repository.folder, 'dist/prod', stage),
    );
    return folders.filter(existsSync).flatMap((folder) => manifestsIn(folder).map(({ object }) => object));
  }

  async stop(): Promise<void> {
    await Promise.all([this.operator.stop(), this.kubelet.stop()]);
    await this.stage.stop();
  }
}
