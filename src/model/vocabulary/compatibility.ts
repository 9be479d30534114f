import type { Gitops } from '../inventory/declared-object.js';
import { compareVersions } from '../names/version.js';
import type { SealingScope } from '../sealing/sealing-scope.js';
import { type AttachmentName, apiVersionOf, engineOf } from './attachments.js';
import { kubernetesOf } from './cluster-capabilities.js';
import { cloneEngineOf, type DistributionName } from './distributions.js';
import type { EngineName, KyvernoEngineName } from './engines.js';
import type { Picks } from './picks.js';
import type { Source, SourceName } from './sources.js';

/** Platform that a cluster runs. */
export type Platform = 'kubernetes' | 'openshift';

/** The versions a cluster states; a missing one was not stated. */
export interface Versions {
  readonly kubernetes?: string | undefined;
  readonly openshift?: string | undefined;
  readonly kyverno?: string | undefined;
  readonly externalSecrets?: string | undefined;
}

/** One combination of the three choices on one kind of cluster. */
export interface Combination {
  readonly source: SourceName;
  readonly distribution: DistributionName;
  readonly attachment: AttachmentName;
  /** The engine of a policy attachment. */
  readonly engine?: EngineName | undefined;
  /** The engine of distribution kyverno. */
  readonly cloneEngine?: KyvernoEngineName | undefined;
  /** Set where engine native is to write another version than v1. */
  readonly apiVersion?: 'v1beta1' | undefined;
  /** Set where the provider of source external is read once per cluster. */
  readonly fanOut?: 'hub' | undefined;
  /** The scope of source sealed. */
  readonly scope?: SealingScope | undefined;
  /** True where a generator makes the credential. */
  readonly generated?: boolean | undefined;
  /** True for a generator that refers to Secrets or service accounts. */
  readonly hasReferences?: boolean | undefined;
  readonly platform: Platform;
  readonly gitops: Gitops;
  readonly versions: Versions;
}

/** The choices of a pull secret as the table knows them. */
export function combinationOf({
  source,
  distribution,
  attachment,
}: Picks & { readonly source: Source }): Omit<Combination, 'platform' | 'gitops' | 'versions'> {
  return {
    source: source.name,
    distribution: distribution.name,
    attachment: attachment.name,
    engine: engineOf({ attachment }),
    cloneEngine: cloneEngineOf({ distribution }),
    apiVersion: apiVersionOf({ attachment }),
    scope: source.name === 'sealed' ? source.scope : undefined,
  };
}

/** Verdict of the table on a combination, and why. */
export interface Compatibility {
  readonly verdict: 'allowed' | 'warned' | 'refused';
  /** All reasons behind a verdict that is not `allowed`, refusals first. */
  readonly reasons: readonly string[];
}

interface Rule {
  readonly verdict: 'warned' | 'refused';
  readonly reason: string;
  readonly applies: (c: Combination) => boolean;
}

const policies: readonly AttachmentName[] = ['podPolicy', 'serviceAccountPolicy'];
const older = (version: string | undefined, than: string) =>
  version !== undefined && compareVersions(version, than) < 0;
const atLeast = (version: string | undefined, than: string) =>
  version !== undefined && compareVersions(version, than) >= 0;

/** True if the engine clones or attaches. */
const uses = (c: Combination, engine: KyvernoEngineName) => c.engine === engine || c.cloneEngine === engine;

/** True where each namespace has an ExternalSecret that reads the provider, if no hub does. */
const readsPerNamespace = ({ distribution }: Combination) =>
  distribution === 'perNamespace' || distribution === 'clusterExternalSecret';

const refused = (reason: string, applies: Rule['applies']): Rule => ({ verdict: 'refused', reason, applies });
const warned = (reason: string, applies: Rule['applies']): Rule => ({ verdict: 'warned', reason, applies });

/**
 * Rules for two owners of the list of an account: Git, by what applies it, and OpenShift's controller. With Flux the two never
 * come to rest.
 */
export const accountListRules: Readonly<Record<Gitops, Rule>> = {
  argocd: warned(
    "OpenShift's controller keeps an entry of its own on every service account; a sync of Argo CD that writes the account takes it off until the controller puts it back, and the Application must overlook the difference",
    (c) => c.platform === 'openshift' && c.attachment === 'serviceAccount' && c.gitops === 'argocd',
  ),
  flux: refused(
    "OpenShift's controller keeps an entry of its own on every service account; Flux takes it off at every interval, and the controller puts it back every time",
    (c) => c.platform === 'openshift' && c.attachment === 'serviceAccount' && c.gitops === 'flux',
  ),
};

/** The table, as rules; printed in the docs. A combination that no rule names is allowed. */
export const compatibilityRules: readonly Rule[] = [
  refused(
    'source existing writes no Secret, so there is nothing to distribute',
    (c) => c.source === 'existing' && c.distribution !== 'perNamespace' && c.distribution !== 'globalPullSecret',
  ),
  refused(
    'distribution globalPullSecret is the pull secret that OpenShift puts on every node',
    (c) => c.distribution === 'globalPullSecret' && c.platform !== 'openshift',
  ),
  refused(
    'with distribution globalPullSecret the kubelet has the credential of its own: it takes attachment node',
    (c) => c.distribution === 'globalPullSecret' && c.attachment !== 'node',
  ),
  refused(
    'attachment node is what the global pull secret is: it takes distribution globalPullSecret',
    (c) => c.attachment === 'node' && c.distribution !== 'globalPullSecret',
  ),
  refused(
    'distribution globalPullSecret reads its values from stores, where each has a key of its own; those of a generator have not',
    (c) => c.distribution === 'globalPullSecret' && c.generated === true,
  ),
  refused(
    'distribution clusterExternalSecret makes ExternalSecrets: it takes source external only',
    (c) => c.distribution === 'clusterExternalSecret' && c.source !== 'external',
  ),
  refused(
    'fanOut hub spares namespaces from reading the provider each: it takes distribution perNamespace or clusterExternalSecret, the others read it once anyway',
    (c) => c.fanOut === 'hub' && !readsPerNamespace(c),
  ),
  refused(
    'attachment patcher is what imagepullsecret-patcher does: it takes distribution patcher',
    (c) => c.attachment === 'patcher' && c.distribution !== 'patcher',
  ),
  refused(
    'distribution patcher patches the service accounts itself: it takes attachment patcher',
    (c) => c.distribution === 'patcher' && c.attachment !== 'patcher',
  ),
  refused('a policy attachment needs an engine', (c) => policies.includes(c.attachment) && c.engine === undefined),
  refused('only a policy attachment has an engine', (c) => !policies.includes(c.attachment) && c.engine !== undefined),
  refused(
    'engine kyverno writes policies.kyverno.io/v1, served from Kyverno 1.17',
    (c) => uses(c, 'kyverno') && older(c.versions.kyverno, '1.17'),
  ),
  refused(
    'engine kyvernoLegacy writes kyverno.io/v1 ClusterPolicy, which Kyverno 1.20 removes',
    (c) => uses(c, 'kyvernoLegacy') && atLeast(c.versions.kyverno, '1.20'),
  ),
  refused(
    'engine kyvernoLegacy uses mutate targets with preconditions and generateExisting of a rule, from Kyverno 1.13',
    (c) => uses(c, 'kyvernoLegacy') && older(c.versions.kyverno, '1.13'),
  ),
  refused(
    'engine native needs MutatingAdmissionPolicy in admissionregistration.k8s.io/v1, served from Kubernetes 1.36',
    (c) => c.engine === 'native' && c.apiVersion === undefined && older(kubernetesOf(c.versions), '1.36'),
  ),
  refused(
    'MutatingAdmissionPolicy is in admissionregistration.k8s.io/v1beta1 from Kubernetes 1.34',
    (c) => c.apiVersion === 'v1beta1' && older(kubernetesOf(c.versions), '1.34'),
  ),
  refused(
    'Kubernetes 1.36 serves MutatingAdmissionPolicy as v1: leave out apiVersion',
    (c) => c.apiVersion === 'v1beta1' && atLeast(kubernetesOf(c.versions), '1.36'),
  ),
  refused('only engine native has an apiVersion', (c) => c.apiVersion !== undefined && c.engine !== 'native'),
  refused(
    'source external writes external-secrets.io/v1, served from External Secrets 0.16',
    (c) => c.source === 'external' && older(c.versions.externalSecrets, '0.16'),
  ),
  warned(
    'the Secrets and service accounts that a generator refers to must be in the namespace of the ExternalSecret, so in every namespace; with fanOut: hub in that of the hub only',
    (c) => c.hasReferences === true && c.fanOut === undefined && readsPerNamespace(c),
  ),
  accountListRules.argocd,
  accountListRules.flux,
  warned(
    "OpenShift's controller writes the pull secrets of every service account; the patcher copies and replaces the list",
    (c) => c.platform === 'openshift' && c.attachment === 'patcher',
  ),
  warned(
    'imagepullsecret-patcher has had no release since 2020, its image is for amd64 only, and it writes lists of accounts without a resource version: a name that another writes at the same moment may be lost',
    (c) => c.distribution === 'patcher',
  ),
  warned(
    'kubernetes-replicator has open reports of copies that stay as they are when their source changes (kubernetes-replicator#240): look at one after a rotation',
    (c) => c.distribution === 'replicator',
  ),
  warned(
    'kyverno.io/v1 ClusterPolicy is deprecated and planned for removal in Kyverno 1.20',
    (c) => uses(c, 'kyvernoLegacy') && !atLeast(c.versions.kyverno, '1.20'),
  ),
  warned(
    'admissionregistration.k8s.io/v1beta1 is off by default: the API server needs --feature-gates=MutatingAdmissionPolicy=true and --runtime-config=admissionregistration.k8s.io/v1beta1=true',
    (c) => c.apiVersion === 'v1beta1',
  ),
  warned(
    'engine native acts when a service account is written: those that exist get the pull secret at their next change',
    (c) => c.attachment === 'serviceAccountPolicy' && c.engine === 'native',
  ),
  warned(
    'before Kyverno 1.19 a MutatingPolicy reaches service accounts that exist only when one of them changes',
    (c) => c.attachment === 'serviceAccountPolicy' && c.engine === 'kyverno' && older(c.versions.kyverno, '1.19'),
  ),
  warned(
    'Argo CD does not decrypt SOPS; it needs a plugin in the repo server, which its docs caution against',
    (c) => c.source === 'sops' && c.gitops === 'argocd',
  ),
  warned(
    'with scope cluster-wide the controller opens the ciphertext in any namespace, for whoever may write a SealedSecret there and reads the repository',
    (c) => c.scope === 'cluster-wide',
  ),
  warned('the credential is readable by everybody who reads the repository', (c) => c.source === 'plaintext'),
];

/** Decides a combination. The only place that does. */
export function compatibility(combination: Combination): Compatibility {
  const hits = compatibilityRules.filter((rule) => rule.applies(combination));
  const refusals = hits.filter((rule) => rule.verdict === 'refused');
  const warnings = hits.filter((rule) => rule.verdict === 'warned');
  return {
    verdict: refusals.length > 0 ? 'refused' : warnings.length > 0 ? 'warned' : 'allowed',
    reasons: [...refusals, ...warnings].map((rule) => rule.reason),
  };
}
