import type { AcknowledgedCount } from '../../app/acknowledged.js';
import type { JudgedChange, Verification, VerifiedCluster } from '../../app/verify.js';
import type { LeftOut } from '../../manifests/left-out.js';
import { maskUser } from '../../model/docker-config/docker-config-entry.js';
import { comparePlaces } from '../../model/inventory/object-head.js';
import { compareText } from '../../model/names/names.js';
import { type Place, type Problem, placeOf, severityOf } from '../../model/problem/problem.js';
import type { ProblemCode, Severity } from '../../model/problem/problem-codes.js';
import { shown, shownKeyOf } from '../../model/problem/shown.js';
import { oneLine } from '../../model/problem/terminal-text.js';
import {
  type ListedName,
  type OfferedCredential,
  type ProvenImage,
  type Verdict,
  verdicts,
} from '../../model/proof/verdict.js';

/** The form of the answer, which changes with every change that a reader of it must know of. */
export const reportVersion = 1;

/** The answer of `verify` as plain data: what every format is made from, and what `--format json` prints. */
export interface ProofReport {
  readonly version: typeof reportVersion;
  /** Every image of every container, by cluster, namespace, kind, name and place. */
  readonly images: readonly ImageRow[];
  /** By file and line; what stands nowhere comes first. */
  readonly findings: readonly FindingRow[];
  /** Findings that somebody has accepted, which are none of the others. */
  readonly suppressed: readonly SuppressedRow[];
  /** How much of what was found each entry of `acknowledge` takes away. */
  readonly acknowledged: readonly AcknowledgedCount[];
  readonly coverage: readonly CoverageRow[];
}

/** An image of a container, with its verdict. */
export interface ImageRow {
  /** The name of the cluster in the config; empty where none names one. */
  readonly cluster: string;
  readonly kind: string;
  /** Empty where nothing says it. */
  readonly namespace: string;
  readonly name: string;
  readonly place: ProvenImage['use']['field'];
  /** The container or the volume; of another field its path. */
  readonly container: string;
  readonly image: string;
  readonly verdict: Verdict;
  readonly serviceAccount: string;
  /** Where the pod's list begins. */
  readonly listFrom: 'pod' | 'account' | 'nowhere';
  /** The pod's pull secrets, in order. */
  readonly list: readonly ListedRow[];
  /** Credentials that the kubelet tries, in order. */
  readonly credentials: readonly CredentialRow[];
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The file of the repository that a rendered `file` comes from. */
  readonly source?: string;
}

/** A name on the list of a pod. */
export interface ListedRow {
  readonly name: string;
  readonly state: ListedName['secret']['state'];
  /** Who put it there: `pod`, `account`, `attach`, or the policy. */
  readonly by: string;
  /** The object that makes the Secret, where it is no manifest. */
  readonly madeBy?: string;
}

/** A credential that the kubelet tries. */
export interface CredentialRow {
  readonly from: OfferedCredential['from'];
  readonly secret: string;
  /** Empty where it is not known. */
  readonly key: string;
  /** Whether its value lives outside of what was read. */
  readonly assumed: boolean;
  /** Without user name or without password. */
  readonly blank: boolean;
}

/** Something that is wrong, or worth knowing. */
export interface FindingRow {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** The object that it is about. */
  readonly about?: { readonly kind: string; readonly name: string; readonly namespace?: string };
  /** The container and the image, where it is about one. */
  readonly container?: string;
  readonly image?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The file of the repository that a rendered `file` comes from. */
  readonly source?: string;
}

/** A finding that is accepted: by an annotation of its object, or by an entry of `acknowledge`. */
export interface SuppressedRow extends FindingRow {
  readonly by: 'annotation' | 'acknowledge';
  readonly reason: string;
}

/** How much of a cluster was seen. */
export interface CoverageRow {
  readonly cluster: string;
  readonly files: number;
  readonly renderings: number;
  readonly objects: number;
  /** How many files were left out, by whom. */
  readonly leftOut: readonly LeftOut[];
  /** How many images have each verdict; those that none has are left out. */
  readonly images: Partial<Readonly<Record<Verdict, number>>>;
  /** Part that was judged where only what a change can affect was asked for. */
  readonly change?: ChangeRow;
}

/** Part of a cluster that was judged for a change. */
export interface ChangeRow {
  /** How many files have changed. */
  readonly files: number;
  /** The namespaces that these files can affect: all in them was judged, and nothing else. */
  readonly namespaces: readonly string[];
  /** How many files were passed over, as they hold nothing of these namespaces and nothing that acts on others. */
  readonly passedOver: number;
  /** Why everything was judged all the same. */
  readonly everything?: string;
}

/** The answer as data, in an order that does not depend on the order of reading. */
export function proofReport({ clusters, problems, silenced, acknowledged, sources }: Verification): ProofReport {
  const images = clusters.flatMap(({ proof }) => proof.images);
  let rows: readonly ImageRow[] | undefined;
  return {
    version: reportVersion,
    // Most formats show few of them, or none.
    get images() {
      rows ??= images.map((image) => imageRow(image, sources)).sort(compareImages);
      return rows;
    },
    findings: findingRows(problems, images, sources),
    suppressed: suppressedRows(silenced, images, sources),
    acknowledged: acknowledged.map((each) => ({ ...each, reason: shown(each.reason) })),
    coverage: clusters.map(coverageRow),
  };
}

/** Problems as data, by file and line. What stands where an image does is about it. */
function findingRows(
  problems: readonly Problem[],
  images: readonly ProvenImage[],
  sources: Verification['sources'],
): FindingRow[] {
  const places = new Set(problems.filter(({ about }) => about).map((problem) => placeKey(placeOf(problem))));
  const byPlace = new Map(
    images.map(({ use }) => [placeKey(use.place), use] as const).filter(([place]) => places.has(place)),
  );
  return [...problems].sort(compareProblems).map((problem) => findingRow(problem, byPlace, sources));
}

/** Rows of accepted problems, in the order of {@link findingRows}. */
function suppressedRows(
  silenced: Verification['silenced'],
  images: readonly ProvenImage[],
  sources: Verification['sources'],
): SuppressedRow[] {
  const ordered = [...silenced].sort((a, b) => compareProblems(a.problem, b.problem));
  const problems = ordered.map(({ problem }) => problem);
  return findingRows(problems, images, sources).map((row, index) => {
    const { by = 'annotation', reason = '' } = ordered[index] ?? {};
    return { ...row, by, reason: shown(oneLine(reason)) };
  });
}

function compareProblems(a: Problem, b: Problem): number {
  return comparePlaces(placeOf(a), placeOf(b)) || compareText(a.code, b.code) || compareText(a.message, b.message);
}

function placeKey(place: Place | undefined): string {
  return place ? `${place.file}:${place.line}:${place.column}` : '';
}

function imageRow({ pod, use, verdict, credentials }: ProvenImage, sources: Verification['sources']): ImageRow {
  const { workload, list } = pod;
  return {
    cluster: pod.cluster,
    kind: shown(workload.kind),
    namespace: shown(pod.namespace),
    name: shown(workload.name),
    place: use.field,
    container: shown(use.container),
    image: shown(use.image),
    verdict,
    serviceAccount: shown(workload.serviceAccount),
    listFrom: list.from,
    list: list.names.map(listedRow),
    credentials: credentials.map(credentialRow),
    ...placeRow(use.place, sources),
  };
}

function placeRow(
  place: Place | undefined,
  sources: Verification['sources'],
): Pick<ImageRow, 'file' | 'line' | 'column' | 'source'> {
  if (!place) return {};
  const { file, line, column } = place;
  const source = sources.get(file);
  return { file: oneLine(file), line, column, ...(source !== undefined && { source: oneLine(source) }) };
}

function listedRow({ name, by, secret }: ListedName): ListedRow {
  return {
    name: shown(name),
    state: secret.state,
    by: typeof by === 'string' ? by : shown(`${by.kind} ${by.name}`),
    ...(secret.madeBy !== undefined && { madeBy: shown(secret.madeBy) }),
  };
}

function credentialRow({ from, secret, key, isAssumed, isBlank }: OfferedCredential): CredentialRow {
  return { from, secret: shown(secret), key: shownKeyOf(maskUser(key)), assumed: isAssumed, blank: isBlank };
}

function findingRow(
  problem: Problem,
  images: ReadonlyMap<string, ProvenImage['use']>,
  sources: Verification['sources'],
): FindingRow {
  const { code, message, hint, about } = problem;
  const place = placeOf(problem);
  const image = about && place ? images.get(placeKey(place)) : undefined;
  return {
    code,
    severity: severityOf(problem),
    message: oneLine(message),
    ...(hint !== undefined && { hint: oneLine(hint) }),
    ...(about && {
      about: {
        kind: shown(about.kind),
        name: shown(about.name),
        ...(about.namespace !== undefined && { namespace: shown(about.namespace) }),
      },
    }),
    ...(image && { container: shown(image.container), image: shown(image.image) }),
    ...placeRow(place, sources),
  };
}

function coverageRow({ proof, coverage, change }: VerifiedCluster): CoverageRow {
  const counted = verdicts.map((verdict) => [verdict, proof.images.filter((each) => each.verdict === verdict).length]);
  return {
    cluster: proof.cluster.name,
    files: coverage.files,
    renderings: coverage.rendered,
    objects: coverage.objects,
    leftOut: coverage.leftOut.map(({ why, what, count }) => ({ why, what: shown(what), count })),
    images: Object.fromEntries(counted.filter(([, count]) => count !== 0)),
    ...(change && { change: changeRow(change) }),
  };
}

function changeRow({ files, namespaces, passedOver, everything }: JudgedChange): ChangeRow {
  return {
    files,
    namespaces: namespaces.map(shown),
    passedOver,
    ...(everything && { everything: everything.toString() }),
  };
}

function compareImages(a: ImageRow, b: ImageRow): number {
  return (
    compareText(a.cluster, b.cluster) ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name)
  );
}
