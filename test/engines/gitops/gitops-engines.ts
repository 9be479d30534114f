import type { KubeObject } from '../cluster/kube-object.js';
import type { Part } from '../engine.js';
import { isPartOfRun } from '../session.js';
import { ArgoCdStage } from './argocd-stage.js';
import { FluxStage } from './flux-stage.js';
import type { GitOpsStage } from './gitops-stage.js';

/** What tests that are the same on every GitOps engine need to know of one. */
export interface GitOpsEngine {
  readonly engine: 'Argo CD' | 'Flux';
  /** As image-pull.yaml names it. */
  readonly gitops: Part;
  /** How it says that something is applied. */
  readonly done: string;
  /** Settings of a cluster of image-pull.yaml: the engine, and what applies the output. */
  readonly settings: string;
  start(): Promise<GitOpsStage>;
  /** What applies the folder of the workloads, after what applies the output where that is applied by itself. */
  workloads(after?: readonly KubeObject[]): KubeObject;
}

/** Argo CD. */
export const onArgoCd: GitOpsEngine = {
  engine: 'Argo CD',
  gitops: 'argocd',
  done: 'Synced Healthy',
  settings: 'gitops: argocd, bootstrap: { repository: "https://git.example.com/access.git" }',
  start: () => ArgoCdStage.start(),
  workloads: () => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'workloads', namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: '', targetRevision: 'main', path: 'apps', directory: { recurse: true } },
      destination: { server: 'https://kubernetes.default.svc' },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  }),
};

/** Flux. */
export const onFlux: GitOpsEngine = {
  engine: 'Flux',
  gitops: 'flux',
  done: 'Ready',
  settings: 'gitops: flux, bootstrap: { sourceRef: { name: platform } }',
  start: () => FluxStage.start(),
  // As docs/flux.md says: the Kustomization of the workloads depends on those of the output.
  workloads: (after = []) => ({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'workloads', namespace: 'flux-system' },
    spec: {
      interval: '10m',
      retryInterval: '2s',
      path: './apps',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'platform' },
      dependsOn: after.map(({ metadata: { name } }) => ({ name })),
    },
  }),
};

/** The GitOps engines of the run: both, or that of its part. */
export const gitopsEngines = [onArgoCd, onFlux].filter(({ gitops }) => isPartOfRun(gitops));
