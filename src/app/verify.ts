import path from 'node:path';
import { askedPath } from '../manifests/asked-path.js';
import { type Coverage, type InventoryRead, type ReadOptions, readInventory } from '../manifests/inventory.js';
import type { LeftOut } from '../manifests/left-out.js';
import type { Workshop } from '../manifests/make.js';
import { unseenFindings } from '../model/needs/unseen-findings.js';
import { lenient, type Problem, placeOf, problemText, throwErrors, uniqueProblems } from '../model/problem/problem.js';
import type { Words } from '../model/problem/shown.js';
import { proveCluster } from '../model/proof/prove.js';
import { nothingSeen, provenCluster } from '../model/proof/proven-cluster.js';
import type { Proof } from '../model/proof/state.js';
import { findingsOfAll } from '../model/proof/suppression.js';
import { workloadsOf } from '../model/vocabulary/cluster.js';
import { Acknowledged, type AcknowledgedCount, type SilencedProblem } from './acknowledged.js';
import { dueIn } from './due-in-config.js';
import { exposedFiles } from './exposed-files.js';
import { type MadeClusters, makeManifests } from './made-clusters.js';
import { filesWithoutObjects } from './plain-manifests.js';
import { renderedSources } from './rendered-sources.js';
import type { VerifiedSpec } from './verified-spec.js';

/** The proof of one cluster, and what was read for it. */
export interface VerifiedCluster {
  readonly proof: Proof;
  readonly coverage: Coverage;
  /** @default - everything was asked for */
  readonly change?: JudgedChange;
}

/** Part that was judged where only what a change can affect was asked for. */
export interface JudgedChange {
  /** How many files have changed. */
  readonly files: number;
  /** Why everything was judged. @default - what the files can affect was */
  readonly everything?: Words;
  /** The namespaces that were judged. */
  readonly namespaces: readonly string[];
  /** How many files were passed over, as they hold nothing that the change can affect. */
  readonly passedOver: number;
}

/** The answer of `verify`. */
export interface Verification {
  readonly clusters: readonly VerifiedCluster[];
  /** Findings and warnings about what was read and what was proven, located in files. */
  readonly problems: readonly Problem[];
  /** Those that somebody has accepted, which are none of the problems. */
  readonly silenced: readonly SilencedProblem[];
  readonly acknowledged: readonly AcknowledgedCount[];
  /** The file of the repository that each rendered text comes from, by the name of the text. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Choice of what to verify, and with what. */
export interface VerifyOptions extends Workshop {
  readonly verified: VerifiedSpec;
  /** @default - every cluster */
  readonly clusters?: readonly string[] | undefined;
  /** Manifests that are made already. @default - they are made */
  readonly made?: MadeClusters | undefined;
  /** Bytes that `-` stands for. */
  readonly stdin?: Uint8Array | undefined;
  /** This moment, by which is told what has expired. @default - nothing is */
  readonly now?: Date | undefined;
  /** Whether credentials in the clear are looked for in every file that is read. @default false */
  readonly searchesSecrets?: boolean | undefined;
}

/**
 * Proves every image of every cluster from the manifests as they are, what this tool wrote among them. Throws all errors
 * together.
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const { verified, clusters: wanted, stdin, searchesSecrets = false, now, ...workshop } = options;
  const { spec, base, locate } = verified;
  const names = Object.keys(spec.clusters).filter((name) => !wanted || wanted.includes(name));
  const made = options.made ?? (await makeManifests(verified, workshop, names));
  const acknowledged = new Acknowledged(base, spec.acknowledge);
  const problems: Problem[] = [...verified.problems];
  const reads: InventoryRead[] = [];
  const clusters = names.map((name): VerifiedCluster => {
    const read = readCluster(verified, name, { made: made.get(name), stdin });
    reads.push(read);
    const cluster = provenCluster(spec, name, read.inventory);
    const inventory = acknowledged.inventory(read.inventory, cluster.registryIndex);
    const proof = proveCluster({ inventory, cluster, now });
    const { seen, coverage } = curated(verified, read);
    problems.push(...seen, ...unseenFindings(inventory, cluster), ...nothingSeen(name, inventory));
    return { proof, coverage };
  });
  const due = dueIn(verified, now);
  problems.push(...names.flatMap((name) => due(name)));
  if (searchesSecrets) problems.push(...exposedFiles(verified, reads, made));
  problems.push(...findingsOfAll(clusters.map(({ proof }) => proof)));
  const said = uniqueProblems(acknowledged.problems(problems.map(locate)));
  const all = weighed([...said, ...acknowledged.unused().map(locate)], spec);
  const silenced = [...silencedIn(clusters, locate), ...acknowledged.silenced()];
  return {
    clusters,
    problems: all,
    silenced,
    acknowledged: acknowledged.tally(),
    sources: renderedSources(base, made),
  };
}

/** Findings that annotations suppress, each once, however many clusters it is found in. */
export function silencedIn(
  clusters: readonly VerifiedCluster[],
  locate: VerifiedSpec['locate'],
): readonly SilencedProblem[] {
  const byText = new Map<string, SilencedProblem>();
  for (const { proof } of clusters)
    for (const { problem, suppression } of proof.suppressed) {
      const silenced = { problem: locate(problem), by: 'annotation', reason: suppression.reason } as const;
      byText.set(problemText(silenced.problem), silenced);
    }
  return [...byText.values()];
}

/** Problems as the config has them weighed. Throws all errors together. */
export function weighed(problems: readonly Problem[], { coverage }: VerifiedSpec['spec']): Problem[] {
  const all = problems.map((each) => (coverage === 'lenient' ? lenient(each) : each));
  throwErrors(all);
  return all;
}

/** Texts and problems of a reading, without files of which nobody said that they are manifests, and that hold nothing to see. */
export function curated(
  { base, isUncurated }: VerifiedSpec,
  read: InventoryRead,
): { readonly seen: readonly Problem[]; readonly coverage: Coverage } {
  const others = isUncurated ? filesWithoutObjects(base, read) : [];
  const seen = read.problems.filter((problem) => !others.includes(placeOf(problem)?.file ?? ''));
  return { seen, coverage: withoutFiles(read.coverage, others) };
}

/** Everything that a cluster is given: its manifests, and its part of the output. */
export function readCluster(
  { spec, base, output }: VerifiedSpec,
  name: string,
  { made, stdin, sift }: Pick<ReadOptions, 'made' | 'stdin' | 'sift'>,
): InventoryRead {
  const folder = output === undefined ? undefined : path.posix.join(output, name);
  const isWritten = folder !== undefined && askedPath(base, folder) === 'folder';
  return readInventory({
    base,
    workloads: [...workloadsOf(spec, name), ...(isWritten ? [folder] : [])],
    made,
    stdin,
    sift,
    podKinds: spec.podKinds,
    keepSecretData: true,
    readOutput: true,
  });
}

/** The coverage with files that hold nothing to see among what was left out. */
function withoutFiles(coverage: Coverage, others: readonly string[]): Coverage {
  const leftOut = others.map((what): LeftOut => ({ why: 'no Kubernetes object', what, count: 1 }));
  return { ...coverage, files: coverage.files - others.length, leftOut: [...coverage.leftOut, ...leftOut] };
}
