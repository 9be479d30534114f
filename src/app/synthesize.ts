import type { SealedPlace } from '../config/sealed-places.js';
import type { BesideFile } from '../manifests/beside-files.js';
import type { Coverage } from '../manifests/inventory.js';
import type { KnownCredentials } from '../model/exposure/known-credentials.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import { type Problem, uniqueProblems } from '../model/problem/problem.js';
import { nothingRetired, type Retired } from '../model/retire/retired.js';
import { globalPullSecretFile, ownershipMoves } from '../model/vocabulary/global-pull-secret.js';
import type { Output } from '../output/output.js';
import { type Plan, planOutput } from '../output/plan.js';
import type { AcknowledgedCount } from './acknowledged.js';
import { type BesideChanges, planBeside, withBeside } from './beside.js';
import { withoutDoubtful } from './doubtful-files.js';
import { knownCredentials } from './known-credentials.js';
import { type HeldCluster, holdAccess, leavingAccess } from './leaving.js';
import { type PendingList, pendingLists } from './pending.js';
import { type PlanOptions, planClusters } from './plan.js';
import { type PlannedObjects, planObjects, renderPlans } from './render.js';
import { readWarnings, sizeWarnings } from './size-warnings.js';
import { unneededCiphertexts, unneededProblems } from './unneeded-ciphertexts.js';

/** Choice of what to work out, and for which output folder. */
export interface SynthesizeOptions extends PlanOptions {
  /** The output folder. Read only; it need not exist. */
  readonly folder: string;
  /** Folders below it in which files of ours are pruned. */
  readonly within: readonly string[];
  /** Lets access leave at once: nothing is retired and nothing stops. @default false */
  readonly now?: boolean | undefined;
}

/** Everything a run of synth works out, before a file is touched. */
export interface Synthesis {
  /** Each plan with what leaves in two steps, and the objects that come of both. */
  readonly planned: readonly PlannedObjects[];
  readonly plans: readonly AccessPlan[];
  readonly output: Output;
  /** How many objects each file holds. */
  readonly objects: ReadonlyMap<string, number>;
  /** Findings and warnings. */
  readonly problems: readonly Problem[];
  /** Changes that writing the output would make. */
  readonly changes: Plan;
  /** The same for the files beside workloads. */
  readonly beside: BesideChanges;
  /** Lists that `attach` has to edit. */
  readonly pending: readonly PendingList[];
  /** How much was read for each cluster. */
  readonly coverage: ReadonlyMap<string, Coverage>;
  /** Counts of what was found and the config acknowledges. */
  readonly acknowledged: readonly AcknowledgedCount[];
  /** How many objects there are in all. */
  readonly total: number;
  /** The places of ciphertext that nothing needs any more. */
  readonly unneeded: readonly SealedPlace[];
  /** Credentials that the run was given, and that stand nowhere but where the config accepts them. */
  readonly known: KnownCredentials;
  /** Findings that forbid writing: access would leave. */
  readonly stops: readonly Problem[];
}

/**
 * Config, manifests and the files in the output folder to new files, in memory. Throws all errors of config and
 * manifests together; what forbids writing is in `changes` and `beside`.
 */
export function synthesize(options: SynthesizeOptions): Synthesis {
  const { clusters: read, former, acknowledged, problems: found } = planClusters({ ...options, isProven: true });
  const drafted = (clusters: readonly HeldCluster[]) =>
    draft(
      options,
      former,
      clusters.map(({ plan, held }) => planObjects(plan, { ...nothingRetired, objects: held })),
    );
  const seen = drafted(read.map((each) => ({ ...each, held: [] })));
  const holding = holdAccess(read, withBeside(seen));
  const { clusters } = holding;
  const problems = uniqueProblems([...found, ...holding.problems.map(options.config.locate)]);
  const isHeld = clusters.some(({ plan, held }, index) => held.length > 0 || plan !== read[index]?.plan);
  const first = isHeld ? drafted(clusters) : seen;
  const moving = movingGlobals(first.plans, first.changes).map(options.config.locate);
  const coverage = new Map(read.map(({ plan, coverage: own }) => [plan.cluster.name, own]));
  const settled = (last: typeof seen) => ({
    ...withoutDoubtfulFiles(last, clusters),
    unneeded: unneededCiphertexts({ ...options, read, planned: last.planned }),
    coverage,
    acknowledged,
    known: knownCredentials(
      options.config.spec,
      read.map(({ inventory }) => inventory),
    ),
  });
  if (options.now)
    return withUnneeded({ ...settled(first), problems: [...problems, ...moving, ...first.problems], stops: [] });
  const written = clusters.map((cluster, index) => ({ ...cluster, objects: first.planned[index]?.objects ?? [] }));
  const leaving = leavingAccess(written, options.config.spec, withBeside(first));
  const all = [...problems, ...moving, ...leaving.problems.map(options.config.locate)];
  const kept = () => leaving.plans.map(({ plan, retired }) => planObjects(plan, retired));
  const last = leaving.plans.some(leaves) ? draft(options, former, kept()) : first;
  return withUnneeded({ ...settled(last), problems: [...all, ...last.problems], stops: leaving.stops });
}

/** Says which ciphertext nothing needs any more, unless the run stops: then it is not known yet. */
function withUnneeded(synthesis: Synthesis): Synthesis {
  const { unneeded, problems, stops } = synthesis;
  if (stops.length > 0) return { ...synthesis, unneeded: [] };
  return { ...synthesis, problems: [...problems, ...unneededProblems(unneeded)] };
}

/** The same without files that only say less of whom they are for, because something cannot be read. */
function withoutDoubtfulFiles<T extends Pick<Synthesis, 'changes' | 'beside'>>(
  drafted: T,
  clusters: readonly PlannedCluster[],
): T {
  const { changes, beside } = drafted;
  const besideChanges = withoutDoubtful(beside.changes, clusters);
  return { ...drafted, changes: withoutDoubtful(changes, clusters), beside: { ...beside, changes: besideChanges } };
}

/** Renders plans and compares the files with what is there. */
function draft(
  { config, folder, within }: SynthesizeOptions,
  former: readonly BesideFile[],
  planned: readonly PlannedObjects[],
): Omit<Synthesis, 'stops' | 'coverage' | 'acknowledged' | 'known' | 'unneeded'> {
  const { output, objects, beside, besideObjects } = renderPlans(planned);
  const pending = pendingLists(config.base, planned, former);
  const plans = planned.map(({ plan }) => plan);
  return {
    planned,
    plans,
    pending: pending.lists,
    output,
    objects,
    changes: planOutput(folder, output, { within }),
    beside: planBeside(beside, { base: config.base, folder, clusters: Object.keys(config.spec.clusters), former }),
    total: [...objects.values()].reduce((sum, count) => sum + count, besideObjects),
    problems: [...pending.problems, ...readWarnings(plans).map(config.locate), ...sizeWarnings(plans, objects)],
  };
}

/** Warnings about global pull secrets that the output folder does not have yet: from then on Git owns them. */
function movingGlobals(plans: readonly AccessPlan[], { create }: Plan): Problem[] {
  const created = new Set(create.map(({ path }) => path));
  return plans.flatMap(({ cluster, globalPullSecret }) => {
    if (!globalPullSecret?.write || globalPullSecret.hosted) return [];
    const isNew = created.has(`${cluster.name}/sources/${globalPullSecretFile}.yaml`);
    return isNew ? [ownershipMoves(cluster.name, globalPullSecret)] : [];
  });
}

function leaves({ retired }: { readonly retired: Retired }): boolean {
  return retired.objects.length + retired.names.length > 0;
}
