import { followApplication } from './argocd/application.js';
import { followHelmRelease } from './flux/helm-release.js';
import { followKustomization } from './flux/kustomization.js';
import type { Trail } from './trail.js';

/** How an object of a kind is followed. */
export type Follower = (trail: Trail) => void;

/** The kinds that apply something, by group and kind. */
export const followers: ReadonlyMap<string, Follower> = new Map([
  ['argoproj.io/Application', followApplication],
  ['kustomize.toolkit.fluxcd.io/Kustomization', followKustomization],
  ['helm.toolkit.fluxcd.io/HelmRelease', followHelmRelease],
]);

/** The kinds to which these refer. */
export const sourceKinds: ReadonlySet<string> = new Set([
  ...['/ConfigMap', '/Secret'],
  ...['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository', 'HelmChart'].map(
    (kind) => `source.toolkit.fluxcd.io/${kind}`,
  ),
]);
