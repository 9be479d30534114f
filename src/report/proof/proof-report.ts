import type { AcknowledgedCount } from '../../app/acknowledged.js';
import type { JudgedChange, Verification, VerifiedCluster } from '../../app/verify.js';
import type { LeftOut } from '../../manifests/left-out.js';
import { shown } from '../../model/problem/shown.js';
import { type Verdict, verdicts } from '../../model/proof/verdict.js';
import { type FindingRow, findingRows, type SuppressedRow, suppressedRows } from './finding-row.js';
import { type ImageRow, imageRows } from './image-row.js';

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
      rows ??= imageRows(images, sources);
      return rows;
    },
    findings: findingRows(problems, images, sources),
    suppressed: suppressedRows(silenced, images, sources),
    acknowledged: acknowledged.map((each) => ({ ...each, reason: shown(each.reason) })),
    coverage: clusters.map(coverageRow),
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
