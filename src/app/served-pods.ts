import type { LoadedConfig } from '../config/load.js';
import type { Workload } from '../model/inventory/workload.js';
import { sortedUnique } from '../model/names/names.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import { hasOwnList } from '../model/plan/template-plan.js';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { copierOf } from '../model/reach/copier.js';
import type { ClusterPullSecret } from '../model/vocabulary/cluster.js';
import { isCopied, isOnNodes } from '../model/vocabulary/distributions.js';
import type { MadeClusters } from './made-clusters.js';
import { planClusters } from './plan.js';

/** A pull secret that a pod has once everything that `synth` writes is applied. */
export interface GivenSecret {
  readonly name: string;
  /** What makes it in the cluster. */
  readonly madeBy: string;
  /** True where every node has it, and no pod lists it. */
  readonly onNodes: boolean;
}

/** What the config gives to pods. */
export interface ServedPods {
  /** The pods that its manifests run. */
  readonly workloads: readonly Workload[];
  /** The errors of a config from which nothing can be planned. */
  readonly problems: readonly Problem[];
  /** The pull secrets that a pod gets. */
  readonly givenTo: (workload: Workload) => readonly GivenSecret[];
}

/** What pods get where there is no config. */
export const nothingServed: ServedPods = { workloads: [], problems: [], givenTo: () => [] };

/** Plans every cluster of a config, to say what its pods get. */
export function servedPods(config: LoadedConfig, made: MadeClusters | undefined): ServedPods {
  try {
    const { clusters } = planClusters({ config, made });
    const plans = clusters.map(({ plan }) => plan);
    return {
      workloads: clusters.flatMap(({ inventory }) => inventory.workloads),
      problems: [],
      givenTo: (workload) => uniqueByName(plans.flatMap((plan) => givenBy(plan, workload))),
    };
  } catch (error) {
    if (!ImagePullError.is(error)) throw error;
    return { ...nothingServed, problems: error.problems };
  }
}

/** What was read, and what only the config reads: it may know the namespace of a manifest that names none. */
export function withServed(read: readonly Workload[], served: readonly Workload[]): Workload[] {
  const known = new Set(served.map(keyOf));
  const placed = new Set(served.map(({ kind, name }) => `${kind}/${name}`));
  const kept = read.filter(({ kind, name, namespace }) => namespace !== undefined || !placed.has(`${kind}/${name}`));
  const there = new Set(kept.map(keyOf));
  const added = new Map(
    served.filter((each) => known.has(keyOf(each)) && !there.has(keyOf(each))).map((each) => [podKey(each), each]),
  );
  return [...kept, ...added.values()];
}

function givenBy(plan: AccessPlan, workload: Workload): GivenSecret[] {
  const { cluster, needs, accounts } = plan;
  const own = needs.filter(({ why }) => 'workload' in why && keyOf(why.workload) === keyOf(workload));
  const account = accounts.find(
    ({ namespace, name }) => namespace === workload.namespace && name === workload.serviceAccount,
  );
  const listed = hasOwnList(workload) || !account ? [] : [...account.pullSecrets, ...account.keep, ...account.wanted];
  return sortedUnique([...own.map(({ pullSecret }) => pullSecret.name), ...listed]).map((name) => {
    const pullSecret = cluster.pullSecrets.get(name);
    return { name, madeBy: makerOf(pullSecret), onNodes: pullSecret !== undefined && isOnNodes(pullSecret) };
  });
}

function makerOf(pullSecret: ClusterPullSecret | undefined): string {
  if (!pullSecret || pullSecret.source.name === 'existing') return 'somebody else';
  if (isCopied(pullSecret)) return copierOf(pullSecret);
  return pullSecret.source.name === 'external' ? `ExternalSecret ${pullSecret.name}` : 'what synth writes';
}

function uniqueByName(secrets: readonly GivenSecret[]): GivenSecret[] {
  return [...new Map(secrets.map((each) => [each.name, each])).values()];
}

function keyOf({ kind, name, namespace }: Workload): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

/** Tells the pods of one object apart. */
function podKey(workload: Workload): string {
  return JSON.stringify([keyOf(workload), workload.templatePath, workload.takenFrom, workload.images]);
}
