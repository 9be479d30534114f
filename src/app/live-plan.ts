import type { LoadedConfig } from '../config/load.js';
import { readInventory } from '../manifests/inventory.js';
import type { Workshop } from '../manifests/make.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem, severityOf } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { type LivePlan, planLive } from '../model/proof/live-plan.js';
import { nothingRetired } from '../model/retire/retired.js';
import { makeManifests } from './made-clusters.js';
import { planClusters } from './plan.js';
import { planObjects } from './render.js';
import { writtenInventory } from './written-inventory.js';

/** A dump of a cluster, and the config that is about to be applied to it. */
export interface LivePlanOptions extends Workshop {
  readonly config: LoadedConfig;
  /** The folder that the dump is relative to. */
  readonly base: string;
  /** A file, or `-`. */
  readonly dump: string;
  readonly stdin?: Uint8Array | undefined;
  /** @default - the only one */
  readonly cluster?: string | undefined;
}

/** The answer of `plan --live`. */
export interface LivePlanned {
  readonly cluster: string;
  readonly plan: LivePlan;
  readonly problems: readonly Problem[];
}

/**
 * The names under which fields are set that a sync drops where Git does not have them: that of the engine, and with Argo CD
 * that of kubectl, whose code it applies with (kubectl, pkg/cmd/apply/apply.go, migrateToSSAIfNecessary). Flux leaves them
 * (`ssa: Merge`).
 */
const managers = {
  argocd: ['argocd-controller', 'kubectl-client-side-apply'],
  flux: ['kustomize-controller'],
} as const;

/**
 * Works out what applying the output would change for the pods of a running cluster.
 *
 * @throws ImagePullError `usage` where the dump holds nothing, or where it is not clear of which cluster it is.
 */
export async function livePlan(options: LivePlanOptions): Promise<LivePlanned> {
  const { config, base, dump, stdin } = options;
  const name = clusterOf(config, options.cluster);
  const read = readInventory({
    base,
    workloads: [dump],
    stdin,
    keepSecretData: true,
    readOutput: true,
    podKinds: config.spec.podKinds,
  });
  if (read.inventory.objects === 0)
    throw new ImagePullError([
      ...read.problems,
      At.of().refuse(
        'usage',
        words`${dump} holds no object`,
        'kubectl get namespaces,secrets,serviceaccounts,pods,deployments -A -o yaml --show-managed-fields',
      ),
    ]);
  const made = await makeManifests(config, options, [name]);
  const { clusters } = planClusters({ config, made, clusters: [name] });
  const plans = clusters.map(({ plan }) =>
    planLive({
      live: read.inventory,
      written: writtenInventory(planObjects(plan, nothingRetired).objects),
      cluster: plan.cluster,
      managers: managers[plan.cluster.gitops],
    }),
  );
  const [plan] = plans;
  if (!plan) throw new RangeError(`no plan of cluster ${name}`);
  return { cluster: name, plan, problems: read.problems.filter((each) => severityOf(each) !== 'warning') };
}

function clusterOf({ spec }: LoadedConfig, wanted: string | undefined): string {
  const known = Object.keys(spec.clusters);
  const [only, second] = known;
  const name = wanted ?? (second === undefined ? only : undefined);
  if (name !== undefined && known.includes(name)) return name;
  const message = wanted === undefined ? words`of which cluster is the dump?` : words`cluster ${wanted} does not exist`;
  throw new ImagePullError(At.of().refuse('usage', message, words`--cluster, one of ${known}`));
}
