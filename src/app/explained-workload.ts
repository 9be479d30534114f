import { type ExplainedImage, explainImage, type ListedSecret } from '../model/keyring/explanation.js';
import { workloadText } from '../model/needs/puller-text.js';
import type { Problem } from '../model/problem/problem.js';
import type { ClusterSecret } from '../model/proof/cluster-secrets.js';
import type { Proof } from '../model/proof/state.js';
import type { ProvenImage, ProvenPod } from '../model/proof/verdict.js';

/** A pod, where its list comes from, and what becomes of each of its images. */
export interface ExplainedWorkload {
  readonly title: string;
  readonly pod: ProvenPod;
  readonly images: readonly ExplainedContainer[];
  /** The names that the account lists beyond the pod's own list. */
  readonly accountOnly: readonly string[];
  /** The commands that have to run for it to be so; none where it is so in what was read. */
  readonly pending: readonly ('synth' | 'attach')[];
  /** The names that new pods get and this one, which runs, has not. */
  readonly fresh: readonly string[];
  /** Findings of `verify` about it. */
  readonly findings: readonly Problem[];
}

/** The image of a container: the proof, and each Secret that counts for it. */
export interface ExplainedContainer {
  readonly proven: ProvenImage;
  readonly image: ExplainedImage;
  /** The Secrets that every node has, which come behind those of the pod. @default - none were read */
  readonly node?: ExplainedImage;
}

/** The proofs of one pod: what was read, and what will be. */
export interface PodProofs {
  readonly proof: Proof;
  readonly pod: ProvenPod;
  /** The same pod as it is now, where `pod` is what will be. @default - it is not among what was read */
  readonly now?: ProvenPod | undefined;
  /** The same pod as it will be, where `pod` is what is. @default - nobody plans it */
  readonly later?: ProvenPod | undefined;
  /** Whether `pod` is what will be once `synth` and `attach` have run. */
  readonly isPlanned: boolean;
  /** Whether there are other clusters, which may have a pod of the same name. */
  readonly isOfSeveral: boolean;
}

/** Tells the proof of a pod at length. */
export function explainPod({ proof, pod, now, later, isPlanned, isOfSeveral }: PodProofs): ExplainedWorkload {
  const { list, workload } = pod;
  const names = list.names.map(({ name }) => name);
  const secrets = list.names.filter(({ name }) => name !== '').map(({ secret }) => listedOf(secret));
  const node = proof.secrets.onNodes.map((secret) => listedOf(secret));
  return {
    title: `${workloadText(workload)}${isOfSeveral ? inCluster(proof) : ''}`,
    pod,
    images: proof.images
      .filter((image) => image.pod === pod)
      .map((proven) => ({
        proven,
        image: explainImage(proven.use.image, secrets),
        ...(node.length > 0 && { node: explainImage(proven.use.image, node) }),
      })),
    accountOnly:
      list.from === 'pod'
        ? (list.account?.pullSecrets ?? []).filter((name) => name !== '' && !names.includes(name))
        : [],
    pending: isPlanned ? pendingOf(pod, now) : [],
    fresh: (later?.list.names ?? []).map(({ name }) => name).filter((name) => !names.includes(name)),
    findings: proof.findings.filter(
      ({ about }) =>
        about?.kind === workload.kind && about.name === workload.name && about.namespace === workload.namespace,
    ),
  };
}

/** The cluster of a proof, behind the name of something in it. */
export function inCluster({ cluster }: Proof): string {
  return ` in cluster ${cluster.name}`;
}

/** Names what has to run before a pod is as planned. */
function pendingOf({ list }: ProvenPod, now: ProvenPod | undefined): ('synth' | 'attach')[] {
  const isThere = (name: string) =>
    now?.list.names.some((each) => each.name === name && each.secret.state !== 'absent') === true;
  const lacking = list.names.filter(({ name, secret }) => secret.state !== 'absent' && !isThere(name));
  return [
    ...(lacking.some(({ by }) => by !== 'attach') ? (['synth'] as const) : []),
    ...(lacking.some(({ by }) => by === 'attach') ? (['attach'] as const) : []),
  ];
}

/** A Secret of a list as its entries are told. */
export function listedOf(secret: ClusterSecret, withNamespace = false): ListedSecret {
  const name = withNamespace && secret.namespace !== '' ? `${secret.namespace}/${secret.name}` : secret.name;
  const { content, madeBy } = secret;
  if (content?.state === 'keys-known')
    return { name, data: content.data, isElsewhere: true, ...(madeBy !== undefined && { madeBy }) };
  if (secret.state === 'made-elsewhere') return { name, data: undefined, madeBy: madeBy ?? 'somebody else' };
  const isInert = secret.state === 'inert' && content?.data === undefined;
  return {
    name,
    data: content?.data,
    ...(madeBy !== undefined && { madeBy }),
    ...(isInert && { inert: secret.reason ?? '' }),
  };
}
