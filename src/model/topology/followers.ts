import { followApplication } from './argocd/application.js';
import { followApplicationSet } from './argocd/application-set.js';
import { followArtifactGenerator } from './flux/artifact-generator.js';
import { followFluxInstance } from './flux/flux-instance.js';
import { followHelmRelease } from './flux/helm-release.js';
import { followKustomization } from './flux/kustomization.js';
import { followResourceSet } from './flux/resource-set.js';
import { followK3sHelmChart } from './k3s-helm-chart.js';
import type { Trail } from './trail.js';

/** How an object of a kind is followed. */
export type Follower = (trail: Trail) => void;

/** The kinds that apply something, by group and kind. */
export const followers: ReadonlyMap<string, Follower> = new Map([
  ['argoproj.io/Application', followApplication],
  ['argoproj.io/ApplicationSet', followApplicationSet],
  ['kustomize.toolkit.fluxcd.io/Kustomization', followKustomization],
  ['helm.toolkit.fluxcd.io/HelmRelease', followHelmRelease],
  ['source.extensions.fluxcd.io/ArtifactGenerator', followArtifactGenerator],
  ['fluxcd.controlplane.io/FluxInstance', followFluxInstance],
  ['fluxcd.controlplane.io/ResourceSet', followResourceSet],
  ['helm.cattle.io/HelmChart', followK3sHelmChart],
]);

/** The kinds to which these refer. */
export const sourceKinds: ReadonlySet<string> = new Set([
  ...['/ConfigMap', '/Secret', 'argoproj.io/AppProject', 'helm.cattle.io/HelmChartConfig'],
  'fluxcd.controlplane.io/ResourceSetInputProvider',
  ...['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository', 'HelmChart'].map(
    (kind) => `source.toolkit.fluxcd.io/${kind}`,
  ),
]);
