import { type PatcherSettings, type PatcherSpec, patcherSettings } from './patcher.js';

/** The names of all sources. */
export const sourceNames = ['existing', 'external', 'sealed', 'sops', 'plaintext'] as const;
/** The names of all distributions. */
export const distributionNames = [
  'perNamespace',
  'clusterExternalSecret',
  'kyverno',
  'reflector',
  'replicator',
  'patcher',
  'globalPullSecret',
] as const;
/** The names of all attachments. */
export const attachmentNames = [
  'serviceAccount',
  'podTemplate',
  'podPolicy',
  'serviceAccountPolicy',
  'patcher',
  'node',
] as const;
/** The names of the engines that are Kyverno: `policies.kyverno.io/v1`, and `kyverno.io/v1` ClusterPolicy. */
export const kyvernoEngineNames = ['kyverno', 'kyvernoLegacy'] as const;
/** The names of all policy engines. */
export const engineNames = [...kyvernoEngineNames, 'native'] as const;

export type SourceName = (typeof sourceNames)[number];
export type DistributionName = (typeof distributionNames)[number];
export type AttachmentName = (typeof attachmentNames)[number];
export type KyvernoEngineName = (typeof kyvernoEngineNames)[number];
export type EngineName = (typeof engineNames)[number];

/** How a pull secret reaches namespaces: a name, or a name with its options. */
export type DistributionSpec =
  | DistributionName
  | { readonly kyverno: KyvernoDistributionSpec }
  | { readonly reflector: SourceSecretSpec }
  | { readonly replicator: SourceSecretSpec }
  | { readonly patcher: PatcherSpec };

/** Where the one Secret lives that others are copied from. */
export interface SourceSecretSpec {
  /**
   * A namespace of its own: it is written, and gets no copy.
   * @default 'image-pull'
   */
  readonly namespace?: string;
}

/** One source Secret, cloned by a policy of Kyverno into every namespace that the pull secret is for. */
export interface KyvernoDistributionSpec extends SourceSecretSpec {
  /**
   * Which kind of policy clones it.
   * @default - the engine of the attachment where that is one of Kyverno's, else `kyverno`
   */
  readonly engine?: KyvernoEngineName;
}

/** How a pod comes to use a pull secret: a name, or the name of a policy with its engine and options. */
export type AttachmentSpec =
  | 'serviceAccount'
  | 'podTemplate'
  | 'patcher'
  | 'node'
  | PodPolicySpec
  | ServiceAccountPolicySpec;

/** What every policy attachment can say. */
export interface PolicyOptionsSpec {
  /**
   * The version of MutatingAdmissionPolicy, for Kubernetes 1.34 and 1.35, where v1 is not served and v1beta1 must be
   * switched on. Only with engine native.
   * @default - v1
   */
  readonly apiVersion?: 'v1beta1';
}

/** Added to pods at their creation, where an image of theirs lies in a registry of the pull secret. */
export interface PodPolicySpec extends PolicyOptionsSpec {
  readonly podPolicy: EngineName;
}

/** Appended to the lists of service accounts. Every part that is given must match. */
export interface ServiceAccountPolicySpec extends PolicyOptionsSpec {
  readonly serviceAccountPolicy: EngineName;
  /**
   * Patterns of names, `*` being any run of characters.
   * @default - `default`; with `labels` every account that carries them
   */
  readonly serviceAccounts?: readonly string[];
  /**
   * Labels that the account must carry.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Which service accounts of a namespace a policy or the patcher reaches. */
export interface AccountSelection {
  readonly patterns: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** The choices behind a distribution and an attachment, options filled in. */
export interface Picks {
  readonly distribution: DistributionName;
  /** The namespace of the one Secret that others are copied from; undefined where there is none. */
  readonly sourceNamespace: string | undefined;
  /** The engine that clones, with distribution kyverno. */
  readonly cloneEngine: KyvernoEngineName | undefined;
  readonly attachment: AttachmentName;
  /** The engine of a policy attachment. */
  readonly engine: EngineName | undefined;
  /** Set with engine native where v1 is not wanted. */
  readonly apiVersion: 'v1beta1' | undefined;
  /** The accounts to whose lists attachment serviceAccountPolicy or patcher appends. */
  readonly accounts: AccountSelection | undefined;
  /** What distribution patcher runs with. */
  readonly patcher: PatcherSettings | undefined;
}

/** The namespace of source Secrets where none is named. */
export const defaultSourceNamespace = 'image-pull';

/** Distributions that copy one source Secret. */
const oneSource: readonly DistributionName[] = ['kyverno', 'reflector', 'replicator', 'patcher'];

/** Distributions that leave no choice of an attachment. */
const impliedAttachments: Readonly<Partial<Record<DistributionName, AttachmentSpec>>> = {
  patcher: 'patcher',
  globalPullSecret: 'node',
};

/** The attachment that a distribution brings along; undefined where there is a choice. */
export function impliedAttachment(spec: DistributionSpec | undefined): AttachmentSpec | undefined {
  return spec === undefined ? undefined : impliedAttachments[distributionName(spec)];
}

/** True where something in the cluster puts a pull secret into namespaces, so that none has an object of its own. */
export function isCopied({ distribution }: Pick<Picks, 'distribution'>): boolean {
  return distribution !== 'perNamespace' && !isOnNodes({ distribution });
}

/** True where a pull secret is on every node, so that no namespace has it and no list names it. */
export function isOnNodes({ distribution }: Pick<Picks, 'distribution'>): boolean {
  return distribution === 'globalPullSecret';
}

/** Fills in what a distribution and an attachment leave out. */
export function picksOfSpecs(distribution: DistributionSpec, attachment: AttachmentSpec): Picks {
  const name = distributionName(distribution);
  const options = optionsOf(distribution);
  const patcher = name === 'patcher' ? patcherSettings(patcherSpec(distribution)) : undefined;
  const attached = attachmentPick(attachment);
  const ownEngine = kyvernoEngineNames.find((engine) => engine === attached.engine);
  return {
    distribution: name,
    sourceNamespace: oneSource.includes(name) ? (options.namespace ?? defaultSourceNamespace) : undefined,
    cloneEngine: name === 'kyverno' ? (options.engine ?? ownEngine ?? 'kyverno') : undefined,
    attachment: attached.name,
    engine: attached.engine,
    apiVersion: typeof attachment === 'string' ? undefined : attachment.apiVersion,
    accounts: attached.name === 'patcher' ? patchedAccounts(patcher) : accountSelection(attachment),
    patcher,
  };
}

/** The options of distribution patcher, as they were given. */
export function patcherSpec(distribution: DistributionSpec): PatcherSpec {
  return typeof distribution === 'object' && 'patcher' in distribution ? distribution.patcher : {};
}

function patchedAccounts(patcher: PatcherSettings | undefined): AccountSelection | undefined {
  return patcher && { patterns: patcher.serviceAccounts ?? ['*'], labels: {} };
}

/** The name of a distribution. */
export function distributionName(spec: DistributionSpec): DistributionName {
  return typeof spec === 'string' ? spec : (distributionNames.find((name) => name in spec) ?? 'perNamespace');
}

function optionsOf(spec: DistributionSpec): KyvernoDistributionSpec {
  return typeof spec === 'string' ? {} : (Object.values(spec)[0] ?? {});
}

/** An attachment's name and engine. */
export function attachmentPick(spec: AttachmentSpec): { name: AttachmentName; engine: EngineName | undefined } {
  if (typeof spec === 'string') return { name: spec, engine: undefined };
  if ('podPolicy' in spec) return { name: 'podPolicy', engine: spec.podPolicy };
  return { name: 'serviceAccountPolicy', engine: spec.serviceAccountPolicy };
}

function accountSelection(spec: AttachmentSpec): AccountSelection | undefined {
  if (typeof spec === 'string' || !('serviceAccountPolicy' in spec)) return undefined;
  const { labels = {}, serviceAccounts } = spec;
  return { patterns: serviceAccounts ?? (spec.labels ? ['*'] : ['default']), labels };
}
