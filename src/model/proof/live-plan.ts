import { pullSecretTypes } from '../docker-config/pull-secret-data.js';
import { shownType } from '../docker-config/secret-manifest.js';
import type { DeclaredAccount } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { mergeInventories } from '../inventory/inventory.js';
import { kubectlApply } from '../inventory/managed-fields.js';
import type { Workload } from '../inventory/workload.js';
import { workloadText } from '../needs/puller-text.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { judgeCluster } from './prove.js';
import type { ProofState } from './state.js';
import type { ProvenImage, Verdict } from './verdict.js';

/** State of a cluster, and what is about to be applied to it. */
export interface LiveInput {
  /** Everything of a dump, Secrets with their values among it. */
  readonly live: Inventory;
  /** The objects that are applied. */
  readonly written: Inventory;
  readonly cluster: ClusterModel;
  /** The names under which whoever applies them sets fields, and takes over those of others. */
  readonly managers: readonly string[];
}

/** An image of a pod or template of the cluster, before and after everything is applied. */
export interface AccessChange {
  readonly image: ProvenImage;
  readonly before: Verdict;
  readonly after: Verdict;
}

/** Something to decide, do or know, in the order in which nobody loses access. */
export type LiveStep =
  /** Names that others put on the list of an account, and that the complete list would drop. */
  | {
      readonly step: 'keep-entries';
      readonly namespace: string;
      readonly account: string;
      readonly names: readonly string[];
    }
  /** A Secret that what is applied cannot take over. */
  | { readonly step: 'secret-in-the-way'; readonly namespace: string; readonly name: string; readonly why: string }
  /** Labels and annotations that the same manager set for somebody else, and would drop. */
  | { readonly step: 'other-owner'; readonly subject: string; readonly fields: readonly string[] }
  | { readonly step: 'apply'; readonly objects: number }
  /** A pod that keeps an old list, and would be pulled better with the new one. */
  | { readonly step: 'restart'; readonly subject: string; readonly names: readonly string[] }
  /** An image that runs because it is on the node already. */
  | { readonly step: 'cached'; readonly subject: string; readonly image: string };

/** Changes of applying in a running cluster. */
export interface LivePlan {
  /** Every image, those of pods that run and those of templates. */
  readonly changes: readonly AccessChange[];
  readonly steps: readonly LiveStep[];
  /** Whether the dump says who set which fields. */
  readonly saysManagers: boolean;
}

/** Verdicts with which an image is pulled, or may be. */
const pulls: ReadonlySet<Verdict> = new Set<Verdict>(['covered', 'assumed', 'ambiguous']);

/** True for an image that was pulled with a credential and will not be. */
export function isLost({ before, after }: AccessChange): boolean {
  return pulls.has(before) && !pulls.has(after);
}

/** Works out what applying the written objects changes for the pods of a cluster. Pure. */
export function planLive({ live, written, cluster, managers }: LiveInput): LivePlan {
  const before = judgeCluster({ inventory: live, cluster });
  const applied = appliedTo(live, written);
  const after = judgeCluster({ inventory: applied, cluster });
  const renewed = judgeCluster({ inventory: { ...applied, workloads: applied.workloads.map(asNew(before)) }, cluster });
  const changes = before.images.map((image, index) => ({
    image,
    before: image.verdict,
    after: after.images[index]?.verdict ?? image.verdict,
  }));
  return {
    changes,
    steps: [
      ...keptEntries(live, written),
      ...secretsInTheWay(live, written),
      ...otherOwners(live, written, managers),
      { step: 'apply', objects: written.objects },
      ...restarts(after, renewed),
      ...cachedImages(changes),
    ],
    saysManagers: [...live.namespaces, ...live.accounts].some(({ managers }) =>
      managers?.some(({ manager }) => manager !== kubectlApply),
    ),
  };
}

/** The cluster once everything is applied: lists of accounts are replaced, Secrets taken over. */
function appliedTo(live: Inventory, written: Inventory): Inventory {
  const accounts = new Set(written.accounts.map(keyOf));
  const secrets = new Set(written.secrets.map(keyOf));
  const rest: Inventory = {
    ...live,
    accounts: live.accounts.filter((each) => !accounts.has(keyOf(each))),
    secrets: live.secrets.filter((each) => !secrets.has(keyOf(each))),
  };
  const merged = mergeInventories([rest, { ...written, unseen: [] }]);
  // In the order of the dump, so that images before and after are told together.
  return { ...merged, workloads: live.workloads };
}

/** A running pod whose list is that of its account, as it would be created now. */
function asNew({ pods, accountListOf }: ProofState): (workload: Workload) => Workload {
  const lists = new Map(pods.map((pod) => [pod.workload, accountListOf(pod).names.map(({ name }) => name)]));
  return (workload) => {
    if (!workload.isLive) return workload;
    const isOfAccount = String(lists.get(workload)) === String(workload.pullSecrets.names);
    return isOfAccount ? { ...workload, isLive: false, pullSecrets: { names: [] } } : workload;
  };
}

function keptEntries(live: Inventory, written: Inventory): LiveStep[] {
  const there = new Map(live.accounts.map((each) => [keyOf(each), each]));
  return written.accounts.flatMap((account): LiveStep[] => {
    const names = (there.get(keyOf(account))?.pullSecrets ?? []).filter((name) => !account.pullSecrets.includes(name));
    if (names.length === 0) return [];
    return [{ step: 'keep-entries', namespace: account.namespace ?? '', account: account.name, names }];
  });
}

/** The type of a Secret cannot change, nor can the values of one that is immutable. */
function secretsInTheWay(live: Inventory, written: Inventory): LiveStep[] {
  const wanted = new Map(written.secrets.map((each) => [keyOf(each), each]));
  return live.secrets.flatMap((secret): LiveStep[] => {
    const type = wanted.get(keyOf(secret))?.type;
    if (secret.kind !== 'Secret' || type === undefined) return [];
    const { name, namespace = '', type: own = 'Opaque', isImmutable } = secret;
    if (own !== type)
      return [
        { step: 'secret-in-the-way', namespace, name, why: `it is of ${shownType(own)}, and a type cannot change` },
      ];
    return isImmutable && pullSecretTypes.has(own)
      ? [{ step: 'secret-in-the-way', namespace, name, why: 'it is immutable' }]
      : [];
  });
}

/** Finds labels and annotations that another place set under a name that a sync takes for its own: they go. */
function otherOwners(live: Inventory, written: Inventory, taken: readonly string[]): LiveStep[] {
  const namespaces = new Map(written.namespaces.map(({ name, labels }) => [name, labels]));
  const accounts = new Map(written.accounts.map((each) => [keyOf(each), each.labels]));
  const owned = [
    ...live.namespaces.map((each) => ({ ...each, subject: `Namespace ${each.name}`, ours: namespaces.get(each.name) })),
    ...live.accounts.map((each) => ({
      ...each,
      subject: `ServiceAccount ${keyOf(each)}`,
      ours: accounts.get(keyOf(each)),
    })),
  ];
  return owned.flatMap(({ subject, managers = [], ours }): LiveStep[] => {
    if (!ours) return [];
    const fields = managers
      .filter((each) => taken.includes(each.manager))
      .flatMap((each) => each.fields)
      .filter((field) => !isOurs(field) && !ours.has(field.replace(/^label /, '')));
    return fields.length === 0 ? [] : [{ step: 'other-owner', subject, fields: [...new Set(fields)] }];
  });
}

/** Whether a label or annotation is one that everything we write has, or that the engine puts on what it applies. */
function isOurs(field: string): boolean {
  return /^(?:label app\.kubernetes\.io\/managed-by|(?:label|annotation) (?:argocd\.argoproj\.io|kustomize\.toolkit\.fluxcd\.io|cdk8s-image-pull)\/.*|annotation kubectl\.kubernetes\.io\/last-applied-configuration)$/.test(
    field,
  );
}

function restarts(after: ProofState, renewed: ProofState): LiveStep[] {
  const gains = new Map<Workload, readonly string[]>();
  after.images.forEach((image, index) => {
    const fresh = renewed.images[index];
    if (!fresh || !image.pod.workload.isLive || pulls.has(image.verdict) || !pulls.has(fresh.verdict)) return;
    const names = fresh.pod.list.names.map(({ name }) => name);
    gains.set(
      image.pod.workload,
      names.filter((name) => !image.pod.list.names.some((each) => each.name === name)),
    );
  });
  return [...gains].map(([workload, names]) => ({ step: 'restart', subject: workloadText(workload), names }));
}

/** From Kubernetes 1.35 on a node asks a pod for the credential that an image was pulled with. */
function cachedImages(changes: readonly AccessChange[]): LiveStep[] {
  return changes
    .filter(({ image, before }) => image.pod.workload.isLive && !pulls.has(before) && image.access === 'private')
    .map(({ image }) => ({ step: 'cached', subject: workloadText(image.pod.workload), image: image.use.image }));
}

function keyOf({ namespace = '', name }: Pick<DeclaredAccount, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
