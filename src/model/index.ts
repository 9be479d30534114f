export { type AccessPlan, planAccess, type SecretPlan } from './access-plan.js';
export type { AccountPlan } from './account-plan.js';
export { check } from './check.js';
export { type ClusterModel, type ClusterPullSecret, clusterModel } from './cluster.js';
export {
  type Combination,
  type Compatibility,
  compatibility,
  type Gitops,
  type Platform,
  type Versions,
} from './compatibility.js';
export { DockerConfig } from './docker-config.js';
export { apiServerError, kubectlError } from './docker-config-checks.js';
export type { DockerConfigEntry, DockerConfigEntryProps } from './docker-config-entry.js';
export type { Grant } from './grants.js';
export { ImageReference } from './image-reference.js';
export { InventoryBuilder, mergeInventories } from './inventory.js';
export {
  Keyring,
  type KeyringCredential,
  type KeyringLookup,
  type PullSecretData,
  type SkippedSecret,
} from './keyring.js';
export { type ImageCounts, type Need, type Needs, needs } from './needs.js';
export type { PodKind, PodKindSpec } from './pod-kind.js';
export { podKinds } from './pod-kinds.js';
export { ImagePullError, type ModelPath, type Place, type Problem, problemText, severityOf } from './problem.js';
export { type ProblemCode, type ProblemCodeInfo, problemCodes, type Severity } from './problem-codes.js';
export { Registry, RegistryIndex } from './registry.js';
export { type Access, type PresetName, presetNames, type RegistrySpec } from './registry-presets.js';
export { SecretValue } from './secret-value.js';
export type {
  AttachmentName,
  AttachmentSpec,
  BootstrapSpec,
  ClusterSpec,
  DistributionName,
  DistributionSpec,
  EngineName,
  ExcludeSpec,
  ExternalSourceSpec,
  ForSpec,
  GrantSpec,
  ImagePullSpec,
  MetadataSpec,
  NamespaceSpec,
  PlaintextSourceSpec,
  PullSecretSpec,
  ServiceAccountSpec,
  SourceName,
  SourceSpec,
  WorkloadsSpec,
} from './spec.js';
export type { TemplatePlan } from './template-plan.js';
export { plainTree, type Tree } from './tree.js';
export type { DeclaredAccount, DeclaredNamespace, DeclaredSecret, ImageUse, Inventory, Workload } from './workload.js';
