export { check } from './check/check.js';
export { DockerConfig } from './docker-config/docker-config.js';
export { apiServerError, kubectlError } from './docker-config/docker-config-checks.js';
export { DockerConfigDocument } from './docker-config/docker-config-document.js';
export type { DockerConfigEntry, DockerConfigEntryProps } from './docker-config/docker-config-entry.js';
export { SecretValue } from './docker-config/secret-value.js';
export { ImageReference } from './image/image-reference.js';
export type {
  DeclaredAccount,
  DeclaredDelivery,
  DeclaredImageStream,
  DeclaredMirrors,
  DeclaredNamespace,
  DeclaredSecret,
  Gitops,
  ImageStreamTag,
  MirrorLocation,
  StreamSource,
} from './inventory/declared-object.js';
export type { Inventory, UnreadPart } from './inventory/found-inventory.js';
export { InventoryBuilder, mergeInventories } from './inventory/inventory.js';
export type { PodKind, PodKindSpec } from './inventory/pod-kind.js';
export { podKinds } from './inventory/pod-kinds.js';
export { plainTree, type Tree } from './inventory/tree.js';
export type { ImageText, StandInObject, UnknownObject, Unseen, UnusedTemplate } from './inventory/unseen-object.js';
export type { ImageUse, Workload } from './inventory/workload.js';
export {
  Keyring,
  type KeyringCredential,
  type KeyringLookup,
  type PullSecretData,
  type SkippedSecret,
} from './keyring/keyring.js';
export type { Grant } from './needs/grants.js';
export type { ImageCounts, Need, NeedReason, Needs, PullReason } from './needs/need.js';
export { type NeedsOptions, needs } from './needs/needs.js';
export { type AccessPlan, type JudgedPlan, planAccess } from './plan/access-plan.js';
export type { AccountPlan } from './plan/account-plan.js';
export type { PolicyPlan } from './plan/policy-plan.js';
export type { SecretPlan } from './plan/secret-plan.js';
export type { TemplatePlan } from './plan/template-plan.js';
export {
  ImagePullError,
  type ModelPath,
  type Place,
  type Problem,
  problemText,
  severityOf,
  type Where,
} from './problem/problem.js';
export { type ProblemCode, type ProblemCodeInfo, problemCodes, type Severity } from './problem/problem-codes.js';
export { type ManifestProof, type ProveOptions, prove } from './proof/prove-manifests.js';
export type {
  AdmittedList,
  ImageAccess,
  ListedName,
  OfferedCredential,
  Offerer,
  ProvenImage,
  ProvenPod,
  SecretFound,
  SecretState,
  Verdict,
} from './proof/verdict.js';
export { Registry, RegistryIndex } from './registry/registry.js';
export { type Access, type PresetName, presetNames, type RegistrySpec } from './registry/registry-presets.js';
export type { AccountSelection, AttachmentName } from './vocabulary/attachments.js';
export { type ClusterModel, type ClusterPullSecret, clusterModel } from './vocabulary/cluster.js';
export {
  type Combination,
  type Compatibility,
  compatibility,
  type Platform,
  type Versions,
} from './vocabulary/compatibility.js';
export type { DistributionName } from './vocabulary/distributions.js';
export type { EngineName, KyvernoEngineName } from './vocabulary/engines.js';
export type {
  AcrGeneratorSpec,
  EcrGeneratorSpec,
  GcrGeneratorSpec,
  GeneratorSpec,
  GithubGeneratorSpec,
  QuayGeneratorSpec,
  SecretKeyRefSpec,
  ServiceAccountRefSpec,
} from './vocabulary/generator-spec.js';
export type { PatcherSpec, Quantities, ResourcesSpec } from './vocabulary/patcher.js';
export type {
  AttachmentSpec,
  DistributionSpec,
  KyvernoDistributionSpec,
  PodPolicySpec,
  ServiceAccountPolicySpec,
  SourceSecretSpec,
} from './vocabulary/picks.js';
export type { SourceName } from './vocabulary/sources.js';
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
} from './vocabulary/spec.js';
