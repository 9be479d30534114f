export { type AccessPlan, planAccess } from './access/access-plan.js';
export type { AccountPlan } from './access/account-plan.js';
export type { Grant } from './access/grants.js';
export type { ImageCounts, Need, NeedReason, Needs, PullReason } from './access/need.js';
export { type NeedsOptions, needs } from './access/needs.js';
export type { PolicyPlan } from './access/policy-plan.js';
export type { SecretPlan } from './access/secret-plan.js';
export type { TemplatePlan } from './access/template-plan.js';
export { DockerConfig } from './docker-config/docker-config.js';
export { apiServerError, kubectlError } from './docker-config/docker-config-checks.js';
export { DockerConfigDocument } from './docker-config/docker-config-document.js';
export type { DockerConfigEntry, DockerConfigEntryProps } from './docker-config/docker-config-entry.js';
export {
  Keyring,
  type KeyringCredential,
  type KeyringLookup,
  type PullSecretData,
  type SkippedSecret,
} from './docker-config/keyring.js';
export { SecretValue } from './docker-config/secret-value.js';
export { InventoryBuilder, mergeInventories } from './pods/inventory.js';
export type { PodKind, PodKindSpec } from './pods/pod-kind.js';
export { podKinds } from './pods/pod-kinds.js';
export { plainTree, type Tree } from './pods/tree.js';
export type {
  DeclaredAccount,
  DeclaredImageStream,
  DeclaredMirrors,
  DeclaredNamespace,
  DeclaredSecret,
  ImageStreamTag,
  ImageUse,
  Inventory,
  MirrorLocation,
  StreamSource,
  Workload,
} from './pods/workload.js';
export {
  ImagePullError,
  type ModelPath,
  type Place,
  type Problem,
  problemText,
  severityOf,
} from './problem/problem.js';
export { type ProblemCode, type ProblemCodeInfo, problemCodes, type Severity } from './problem/problem-codes.js';
export { ImageReference } from './reference/image-reference.js';
export { Registry, RegistryIndex } from './registry/registry.js';
export { type Access, type PresetName, presetNames, type RegistrySpec } from './registry/registry-presets.js';
export { check } from './spec/check.js';
export { type ClusterModel, type ClusterPullSecret, clusterModel } from './spec/cluster.js';
export {
  type Combination,
  type Compatibility,
  compatibility,
  type Gitops,
  type Platform,
  type Versions,
} from './spec/compatibility.js';
export type {
  AcrGeneratorSpec,
  EcrGeneratorSpec,
  GcrGeneratorSpec,
  GeneratorSpec,
  GithubGeneratorSpec,
  QuayGeneratorSpec,
  SecretKeyRefSpec,
  ServiceAccountRefSpec,
} from './spec/generator-spec.js';
export type { PatcherSpec, Quantities, ResourcesSpec } from './spec/patcher.js';
export type {
  AccountSelection,
  AttachmentName,
  AttachmentSpec,
  DistributionName,
  DistributionSpec,
  EngineName,
  KyvernoDistributionSpec,
  KyvernoEngineName,
  PodPolicySpec,
  ServiceAccountPolicySpec,
  SourceName,
  SourceSecretSpec,
} from './spec/picks.js';
export type {
  BootstrapSpec,
  ClusterSpec,
  CurrentExternalSpec,
  CurrentPlaintextSpec,
  CurrentPullSecretSpec,
  ExcludeSpec,
  ExternalSourceSpec,
  FanOutSpec,
  ForSpec,
  GlobalPullSecretSpec,
  GrantSpec,
  HubSpec,
  ImagePullSpec,
  MetadataSpec,
  NamespaceSpec,
  PlaintextSourceSpec,
  PullSecretSpec,
  RetireSpec,
  ServiceAccountSpec,
  SourceSpec,
  WorkloadsSpec,
} from './spec/spec.js';
