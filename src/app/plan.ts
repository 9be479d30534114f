import type { LoadedConfig } from '../config/load.js';
import { type BesideFile, besideFiles } from '../manifests/beside-files.js';
import type { Coverage } from '../manifests/inventory.js';
import { unseenFindings } from '../model/needs/unseen-findings.js';
import { planAccess } from '../model/plan/access-plan.js';
import { disagreements, type PlannedCluster } from '../model/plan/disagreements.js';
import { At } from '../model/problem/at.js';
import { gatherByFolder } from '../model/problem/gathered.js';
import { ImagePullError, lenient, type Problem, throwErrors, uniqueProblems } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { clusterModel } from '../model/vocabulary/cluster.js';
import type { ImagePullSpec } from '../model/vocabulary/spec.js';
import { Acknowledged, type AcknowledgedCount } from './acknowledged.js';
import { BesideWorkloads, besideFoldersOf, type ReadCluster } from './beside.js';
import { earlyPods } from './early-pods.js';
import { proofProblems } from './proof-problems.js';
import { type ReadClustersOptions, readClusters } from './read-clusters.js';

/** Input that clusters are planned from. */
export interface PlanOptions extends ReadClustersOptions {
  /** @default - every cluster */
  readonly clusters?: readonly string[] | undefined;
  /** Whether every image is proven to be pulled once all is done. @default false */
  readonly isProven?: boolean | undefined;
}

/** The clusters with their plans, and the problems of the manifests they were made from. */
export interface PlannedAccess {
  readonly clusters: readonly (ReadCluster & { readonly coverage: Coverage })[];
  /** Files that an earlier run put beside workloads, of these clusters and of such as the config has no more. */
  readonly former: readonly BesideFile[];
  /** Counts of what was found and the config acknowledges. */
  readonly acknowledged: readonly AcknowledgedCount[];
  /** Findings and warnings, located in files. */
  readonly problems: readonly Problem[];
}

/** Reads the manifests of every cluster and plans its access. Throws all errors together. */
export function planClusters({ config, clusters, stdin, made, isProven = false }: PlanOptions): PlannedAccess {
  const names = clusterNames(config, clusters);
  const read = readClusters({ config, stdin, made }, names);
  const problems: Problem[] = [
    ...config.problems,
    ...(stdin?.byteLength === 0 ? [emptyStdin] : []),
    ...[...new Set(read.values())].flatMap((each) => each.problems),
  ];
  const acknowledged = new Acknowledged(config.base, config.spec.acknowledge);
  const said = (all: readonly Problem[]) =>
    gatherByFolder(uniqueProblems(acknowledged.problems(all.map(config.locate)).map(taken(config.spec))));
  throwErrors(said(problems));
  const models = [...read].map(([name, { inventory, coverage }]) => {
    const cluster = clusterModel(config.spec, name);
    return { cluster, coverage, read: acknowledged.inventory(inventory, cluster.registryIndex) };
  });
  const isBeside =
    [...read.values()].some(({ besideSeen }) => besideSeen) ||
    models.some(({ cluster }) => cluster.placement === 'beside');
  const files = isBeside
    ? besideFiles(
        config.base,
        models.flatMap(({ cluster, read: own }) => besideFoldersOf(own, cluster)),
      )
    : [];
  const clustersPlanned = models.map(({ cluster, coverage, read: own }) => {
    const beside = new BesideWorkloads(config.base, cluster, own, files);
    const { inventory, former } = beside;
    return { plan: beside.placed(planAccess(inventory, cluster)), inventory, former, coverage };
  });
  problems.push(
    ...clustersPlanned.flatMap(({ plan }) => [...plan.problems, ...earlyPods(plan)]),
    ...clustersPlanned.flatMap((each) => unseenFindings(each.inventory, each.plan.cluster)),
    ...clustersPlanned.flatMap((each) => noPods(config.spec, each)),
    ...(isProven ? clustersPlanned.flatMap((each) => proofProblems(each.plan, each.inventory)) : []),
    ...disagreements(clustersPlanned),
  );
  const seen = said(problems);
  // Without a renderer nobody knows what an entry would have matched.
  const isWhole = !clusters && !problems.some(({ code }) => code === 'renderer-missing');
  const located = isWhole ? [...seen, ...acknowledged.unused().map(config.locate)] : seen;
  throwErrors(located);
  const isOurs = ({ cluster }: BesideFile) =>
    names.includes(cluster) || (!clusters && !Object.hasOwn(config.spec.clusters, cluster));
  return {
    clusters: clustersPlanned,
    former: files.filter(isOurs),
    acknowledged: acknowledged.tally(),
    problems: located,
  };
}

/**
 * A run that saw no pod has checked nothing. A cluster that names no workloads, and is given something by hand, asks for
 * no more.
 */
function noPods({ workloads, clusters }: ImagePullSpec, { plan, inventory }: PlannedCluster): Problem[] {
  const { name } = plan.cluster;
  const own = clusters[name]?.workloads;
  const isGiven = plan.secrets.length + plan.accounts.length + plan.grants.length > 0 || plan.globalPullSecret;
  if (inventory.workloads.length + inventory.operatorImages.length + inventory.imageStreams.length > 0) return [];
  if (!workloads && !own && isGiven) return [];
  return [
    At.of({ path: own ? ['clusters', name, 'workloads'] : workloads ? ['workloads'] : ['clusters', name] }).find(
      'no-pods',
      words`${name}: no pod was seen, so nothing was checked`,
    ),
  ];
}

/** How a config takes what was not seen. */
function taken({ coverage }: ImagePullSpec): (problem: Problem) => Problem {
  return coverage === 'lenient' ? lenient : (problem) => problem;
}

const emptyStdin: Problem = At.of().find(
  'no-manifests',
  'standard input, which `-` in workloads stands for, is empty',
  'the command in front of the pipe may have failed',
);

function clusterNames(config: LoadedConfig, wanted: readonly string[] | undefined): string[] {
  const known = Object.keys(config.spec.clusters);
  const missing = (wanted ?? []).filter((name) => !known.includes(name));
  if (missing.length > 0) {
    throw new ImagePullError(
      missing.map((name) =>
        At.of().refuse('name-dangling', words`cluster ${name} does not exist`, words`known: ${known.join(', ')}`),
      ),
    );
  }
  return known.filter((name) => !wanted || wanted.includes(name));
}
