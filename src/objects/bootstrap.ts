import { argocdApplication } from '../gitops/argocd-application.js';
import type { EngineObject } from '../gitops/engine-object.js';
import { fluxKustomization } from '../gitops/flux-kustomization.js';
import { kyvernoPolicyGroup } from '../gitops/kyverno-policies.js';
import { sortedUnique } from '../model/names/names.js';
import { bootstrapName } from '../model/vocabulary/bootstrap-names.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import { type FilePlace, type Stage, stages } from '../model/vocabulary/file-place.js';
import { managedBy, managedByLabel } from '../model/vocabulary/managed-by.js';
import type { BootstrapSpec } from '../model/vocabulary/spec.js';
import { inKeyOrder } from './delivery-object.js';
import type { WrittenObject } from './written-object.js';

/** Waves of the stages' Applications in a parent: all of them before any workload. */
const waves: Readonly<Record<Stage, number>> = { sources: -12, policies: -11, namespaces: -10, bootstrap: -10 };

/** A folder of the output that one Application or Kustomization applies. */
export interface AppliedFolder {
  /** Undefined for the cluster's whole folder. */
  readonly stage: Stage | undefined;
  /** Undefined where the stage has no shards. */
  readonly shard: string | undefined;
}

/** An object of a file that is applied. */
export type AppliedObject = Pick<WrittenObject, 'at' | 'apiVersion' | 'kind'>;

/** A folder with what lies in it. */
interface FilledFolder extends AppliedFolder {
  readonly objects: readonly AppliedObject[];
}

/**
 * The folder that applies a file; undefined for what nothing of ours applies: the bootstrap itself, and what lies beside
 * workloads. Argo CD orders one application by waves, so one Application applies everything; Flux orders Kustomizations
 * only, so each stage is one. With shards, each folder of namespaces has its own.
 */
export function appliedFolder(cluster: ClusterModel, { stage, shard, beside }: FilePlace): AppliedFolder | undefined {
  if (stage === 'bootstrap' || beside !== undefined) return undefined;
  return isSplit(cluster) ? { stage, shard } : wholeFolder;
}

/** The name of the object that applies a folder. */
export function applierName({ name, gitops }: ClusterModel, { stage, shard }: AppliedFolder): string {
  // The stage is part of the name but for Argo CD's shards, which are shards of the namespaces anyway.
  const isShardOfArgo = gitops === 'argocd' && shard !== undefined;
  return bootstrapName(name, isShardOfArgo ? undefined : stage, shard);
}

/** The file of the objects that apply the output, outside of the folders that they apply. */
export function bootstrapPlace({ name, gitops }: ClusterModel): FilePlace {
  return { cluster: name, stage: 'bootstrap', file: gitops === 'flux' ? 'kustomizations' : 'applications' };
}

/** Writes the objects that apply the output of a cluster: an engine takes a folder that is not there for an error, so none is for one. */
export function bootstrapObjects(cluster: ClusterModel, applied: readonly AppliedObject[]): WrittenObject[] {
  const { bootstrap } = cluster;
  if (!bootstrap) return [];
  const folders = filledFolders(cluster, applied);
  const at = bootstrapPlace(cluster);
  return folders.map((folder) => {
    const object =
      cluster.gitops === 'flux'
        ? kustomization(cluster, bootstrap, folder, folders)
        : application(cluster, bootstrap, folder);
    const { apiVersion, kind, metadata, spec } = object;
    const labelled = { ...metadata, labels: { [managedByLabel]: managedBy } };
    return { apiVersion, kind, metadata: inKeyOrder(labelled), at, fields: { spec: () => inKeyOrder(spec) } };
  });
}

const wholeFolder: AppliedFolder = { stage: undefined, shard: undefined };

function isSplit({ gitops, bootstrap }: ClusterModel): boolean {
  return gitops === 'flux' || (bootstrap?.shards ?? 1) > 1;
}

function filledFolders(cluster: ClusterModel, applied: readonly AppliedObject[]): FilledFolder[] {
  const folders = new Map<string, AppliedFolder & { objects: AppliedObject[] }>();
  if (!isSplit(cluster)) folders.set(keyOf(wholeFolder), { ...wholeFolder, objects: [] });
  for (const object of applied) {
    const folder = appliedFolder(cluster, object.at);
    if (!folder) continue;
    const known = folders.get(keyOf(folder)) ?? { ...folder, objects: [] };
    folders.set(keyOf(folder), known);
    known.objects.push(object);
  }
  return [...folders.values()];
}

function keyOf({ stage, shard }: AppliedFolder): string {
  return `${stage ?? ''}/${shard ?? ''}`;
}

function application(cluster: ClusterModel, bootstrap: BootstrapSpec, folder: FilledFolder): EngineObject {
  return argocdApplication(bootstrap, {
    name: applierName(cluster, folder),
    path: pathOf(cluster, bootstrap, folder),
    kustomize: cluster.kustomization,
    wave: waves[folder.stage ?? 'namespaces'],
    hasOpenshiftAccounts: hasOpenshiftAccounts(cluster, folder),
    ...(folder.stage === undefined && { exclude: 'bootstrap' }),
  });
}

function kustomization(
  cluster: ClusterModel,
  bootstrap: BootstrapSpec,
  folder: FilledFolder,
  folders: readonly FilledFolder[],
): EngineObject {
  const before = stages.slice(0, stages.indexOf(folder.stage ?? 'namespaces'));
  const needed = folders.filter(({ stage }) => stage !== undefined && before.includes(stage));
  return fluxKustomization(bootstrap, {
    name: applierName(cluster, folder),
    path: pathOf(cluster, bootstrap, folder),
    dependsOn: sortedUnique(needed.map((each) => applierName(cluster, each))),
    awaitsOpenshiftAccounts: hasOpenshiftAccounts(cluster, folder) && hasInternalRegistry(cluster),
    decryptionSecret: holdsSops(cluster, folder) ? (cluster.sealing.decryptionSecret ?? 'sops-age') : undefined,
    awaitsSealedSecrets: folder.objects.some(({ kind }) => kind === 'SealedSecret'),
    awaitsKyvernoPolicies: folder.objects.some(({ apiVersion }) => apiVersion.startsWith(`${kyvernoPolicyGroup}/`)),
  });
}

/** True where a Secret of the folder is ciphertext of SOPS; to decrypt one that is none changes nothing. */
function holdsSops({ pullSecrets }: ClusterModel, { objects }: FilledFolder): boolean {
  const isUsed = [...pullSecrets.values()].some(({ source }) => source.name === 'sops');
  return isUsed && objects.some(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Secret');
}

function hasOpenshiftAccounts({ platform }: ClusterModel, { objects }: FilledFolder): boolean {
  return (
    platform === 'openshift' && objects.some(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'ServiceAccount')
  );
}

/** Accounts are only provisioned where the internal registry is on; a config that declares it says so. */
function hasInternalRegistry({ registries }: ClusterModel): boolean {
  return [...registries.values()].some(({ preset }) => preset === 'openshift');
}

function pathOf({ name }: ClusterModel, { path = 'dist' }: BootstrapSpec, { stage, shard }: AppliedFolder): string {
  return [path, name, stage, shard].filter((part) => part !== undefined).join('/');
}
