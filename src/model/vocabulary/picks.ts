import type { AccountSelection, Attachment } from './attachments.js';
import { type Distribution, type DistributionName, distributionNames, distributions } from './distributions.js';
import { type EngineName, type KyvernoEngineName, kyvernoEngineNames } from './engines.js';
import { type PatcherSpec, patcherSettings } from './patcher.js';

/** How a pull secret reaches namespaces: a name, or a name with its options. */
export type DistributionSpec =
  | DistributionName
  | { readonly kyverno: KyvernoDistributionSpec }
  | {
      /** One source Secret, copied by reflector. */
      readonly reflector: SourceSecretSpec;
    }
  | {
      /** One source Secret, copied by kubernetes-replicator. */
      readonly replicator: SourceSecretSpec;
    }
  | {
      /** One source Secret, copied by imagepullsecret-patcher: one Deployment, which puts its name on lists, too. */
      readonly patcher: PatcherSpec;
    };

/** Where the one Secret lives that others are copied from. */
export interface SourceSecretSpec {
  /**
   * The namespace of the source Secret, one of its own: it is written, and gets no copy.
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

/** Options of every policy attachment. */
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
  /** The engine that adds it to pods at their creation, where an image needs it. */
  readonly podPolicy: EngineName;
}

/** Appended to the lists of service accounts. Every part that is given must match. */
export interface ServiceAccountPolicySpec extends PolicyOptionsSpec {
  /** The engine that appends it to the lists of service accounts. */
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

/** How a pull secret is distributed and attached, options filled in. */
export interface Picks {
  readonly distribution: Distribution;
  readonly attachment: Attachment;
}

/** The namespace of what is read or copied from, where none is named. */
export const defaultSourceNamespace = 'image-pull';

/** The attachment that a distribution brings along; undefined where there is a choice. */
export function impliedAttachment(spec: DistributionSpec | undefined): AttachmentSpec | undefined {
  return spec === undefined ? undefined : distributions[distributionName(spec)].attachment;
}

/** Fills in what a distribution and an attachment leave out. */
export function picksOfSpecs(distribution: DistributionSpec, attachment: AttachmentSpec): Picks {
  const engine = kyvernoEngineNames.find((each) => each === engineOfSpec(attachment));
  const distributed = resolvedDistribution(distribution, engine);
  return { distribution: distributed, attachment: resolvedAttachment(attachment, distributed) };
}

/** The options of distribution patcher, as they were given. */
export function patcherSpec(distribution: DistributionSpec): PatcherSpec {
  return typeof distribution === 'object' && 'patcher' in distribution ? distribution.patcher : {};
}

function resolvedDistribution(spec: DistributionSpec, attaching: KyvernoEngineName | undefined): Distribution {
  const name = distributionName(spec);
  const options = optionsOf(spec);
  const original = options.namespace ?? defaultSourceNamespace;
  switch (name) {
    case 'kyverno':
      return { name, original, engine: options.engine ?? attaching ?? 'kyverno' };
    case 'reflector':
    case 'replicator':
      return { name, original };
    case 'patcher':
      return { name, original, settings: patcherSettings(patcherSpec(spec)) };
    default:
      return { name };
  }
}

function resolvedAttachment(spec: AttachmentSpec, distribution: Distribution): Attachment {
  if (spec === 'patcher') return { name: spec, accounts: patchedAccounts(distribution) };
  if (typeof spec === 'string') return { name: spec };
  const { apiVersion } = spec;
  if ('podPolicy' in spec) return { name: 'podPolicy', engine: spec.podPolicy, apiVersion };
  const { serviceAccountPolicy: engine, labels = {}, serviceAccounts } = spec;
  const patterns = serviceAccounts ?? (spec.labels ? ['*'] : ['default']);
  return { name: 'serviceAccountPolicy', engine, apiVersion, accounts: { patterns, labels } };
}

function patchedAccounts(distribution: Distribution): AccountSelection {
  const settings = distribution.name === 'patcher' ? distribution.settings : patcherSettings({});
  return { patterns: settings.serviceAccounts ?? ['*'], labels: {} };
}

function distributionName(spec: DistributionSpec): DistributionName {
  return typeof spec === 'string' ? spec : (distributionNames.find((name) => name in spec) ?? 'perNamespace');
}

function optionsOf(spec: DistributionSpec): KyvernoDistributionSpec {
  return typeof spec === 'string' ? {} : (Object.values(spec)[0] ?? {});
}

function engineOfSpec(spec: AttachmentSpec): EngineName | undefined {
  if (typeof spec === 'string') return undefined;
  return 'podPolicy' in spec ? spec.podPolicy : spec.serviceAccountPolicy;
}
