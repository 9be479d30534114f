import type { Inventory } from '../inventory/found-inventory.js';
import type { Workload } from '../inventory/workload.js';
import { sortedUnique } from '../names/names.js';
import { type Grant, uniqueGrants } from '../needs/grants.js';
import { imagesInText } from '../needs/images-in-text.js';
import { InternalImages } from '../needs/internal-images.js';
import { mirrorProblems } from '../needs/mirrors.js';
import type { ImageCounts, Need, Needs, OtherImage } from '../needs/need.js';
import { namespaceLabels, needs } from '../needs/needs.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { deliveryName } from '../reach/delivery-names.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { hubOf } from '../vocabulary/sources.js';
import { type AccountPlan, AccountPlanner, isInDoubt, undeclaredProblems } from './account-plan.js';
import { type GlobalPullSecretPlan, planGlobalPullSecret } from './global-plan.js';
import { inertSecrets } from './inert-secrets.js';
import { byHandWarnings } from './lists-by-hand.js';
import { type PolicyPlan, PolicyPlanner } from './policy-plan.js';
import { planSecrets, type SecretPlan } from './secret-plan.js';
import { type SplitNeeds, splitNeeds, type TemplatePlan, templatePlans, templateProblems } from './template-plan.js';

/** Who gets what on one cluster: everything that is written, and what belongs into manifests of the user. */
export interface AccessPlan {
  readonly cluster: ClusterModel;
  readonly needs: readonly Need[];
  readonly counts: ImageCounts;
  /** The images that no pull secret is needed for, or could be found for. */
  readonly others: readonly OtherImage[];
  /** Sorted by namespace and name. */
  readonly secrets: readonly SecretPlan[];
  /** Sorted by namespace and name. */
  readonly accounts: readonly AccountPlan[];
  /** Lists of pod templates that need something, or hold something that nothing needs. */
  readonly templates: readonly TemplatePlan[];
  /** The pull secret of every node (OpenShift), where the config describes it. */
  readonly globalPullSecret: GlobalPullSecretPlan | undefined;
  /** Pull secrets that policies attach, sorted by namespace and pull secret. */
  readonly policies: readonly PolicyPlan[];
  /** Names of what pull secrets bring along once per cluster: policies, and what copies without one. Sorted. */
  readonly deliveries: readonly string[];
  /** Sorted, each once. */
  readonly grants: readonly Grant[];
  /** Every namespace that workloads run in or that gets something, sorted. */
  readonly namespaces: readonly string[];
  /** The folders of namespaces whose files go beside their workloads, relative to the config. */
  readonly folders: ReadonlyMap<string, string>;
  /** Namespaces that a manifest of the user declares. */
  readonly declaredNamespaces: ReadonlySet<string>;
  /** Namespaces that are written though nothing may be in them. */
  readonly asked: readonly string[];
}

/** A plan, and what is wrong with it. */
export interface JudgedPlan extends AccessPlan {
  /** Errors, findings and warnings. */
  readonly problems: readonly Problem[];
}

/** Input that a plan is made from. */
export interface PlanInput {
  readonly inventory: Inventory;
  readonly cluster: ClusterModel;
  readonly needs: Omit<Needs, 'findings'>;
  /**
   * Whether namespaces and accounts that `namespaces` of the cluster names are written though nothing needs them.
   * @default false
   */
  readonly asked?: boolean;
}

/** Plans the access of one cluster. Pure. */
export function planAccess(inventory: Inventory, cluster: ClusterModel): JudgedPlan {
  const { findings, ...found } = needs(inventory, cluster);
  const planner = new AccessPlanner({ inventory, cluster, needs: found });
  return { ...planner.plan, problems: [...findings, ...planner.problems()] };
}

/** Plans what needs ask for. Pure. */
export function planNeeds(input: PlanInput): AccessPlan {
  return new AccessPlanner(input).plan;
}

class AccessPlanner {
  readonly plan: AccessPlan;
  readonly #inventory: Inventory;
  readonly #accounts: AccountPlanner;
  readonly #policies: PolicyPlanner;
  readonly #split: SplitNeeds;
  readonly #secretProblems: readonly Problem[];
  readonly #globalProblems: readonly Problem[];

  constructor({ inventory, cluster, needs: found, asked = false }: PlanInput) {
    const { needs: all, counts, others } = found;
    const policies = new PolicyPlanner(inventory, cluster, namespaceLabels(inventory, cluster), all);
    const unsettled = unsettledWorkloads(inventory, others);
    const accounts = new AccountPlanner(inventory, cluster, {
      unsettled,
      asked,
      appended: (namespace, name) => policies.appended(namespace, name),
    });
    const split = splitNeeds(inventory, all);
    for (const need of split.onAccount) accounts.add(need);
    const secrets = planSecrets(inventory, cluster, all);
    const global = planGlobalPullSecret(inventory, cluster);
    const accountPlans = accounts.plans();
    this.plan = {
      cluster,
      needs: all,
      counts,
      others,
      secrets: secrets.plans,
      accounts: accountPlans,
      templates: templatePlans(
        cluster,
        split.onTemplate,
        accounts,
        (workload) => unsettled.has(workload) || isInDoubt(inventory, workload.namespace ?? ''),
      ),
      globalPullSecret: global.plan,
      policies: policies.plans(split.onPolicy),
      deliveries: policies.written,
      grants: uniqueGrants(found.grants),
      namespaces: sortedUnique([
        ...inventory.workloads.flatMap((workload) => workload.namespace ?? []),
        ...secrets.plans.map((secret) => secret.namespace),
      ]),
      asked: asked ? [...cluster.namespaces.keys()] : [],
      folders: asked ? statedFolders(cluster) : new Map(),
      declaredNamespaces: new Set(inventory.namespaces.map((namespace) => namespace.name)),
    };
    this.#inventory = inventory;
    this.#accounts = accounts;
    this.#policies = policies;
    this.#split = split;
    this.#secretProblems = secrets.problems;
    this.#globalProblems = global.problems;
  }

  problems(): Problem[] {
    const { cluster, needs: all, accounts, secrets, grants, deliveries } = this.plan;
    const inventory = this.#inventory;
    const internal = new InternalImages(inventory, cluster);
    return [
      ...[...this.#split.onTemplate].flatMap(([list, own]) => templateProblems(internal, cluster, list, own)),
      ...undeclaredProblems(accounts),
      ...this.#accounts.problems(),
      ...byHandWarnings(cluster, accounts),
      ...this.#secretProblems,
      ...this.#globalProblems,
      ...this.#policies.problems(all, this.#split.onPolicy, accounts),
      ...mirrorProblems(inventory, cluster),
      ...inertSecrets(inventory, secrets),
      ...laterNamespaces(inventory, cluster, [
        ...secrets,
        ...accounts.filter((plan) => plan.owner === 'write'),
        ...grants.map(({ from }) => ({ namespace: from })),
        ...hubNamespaces(cluster, deliveries),
      ]),
      ...inventory.operatorImages.map(operatorImageProblem),
      ...imagesInText(inventory, cluster, all),
    ];
  }
}

/** The folders that the cluster itself names. */
function statedFolders({ namespaces }: ClusterModel): Map<string, string> {
  return new Map(
    [...namespaces].flatMap(([name, { folder }]) => (folder === undefined ? [] : [[name, folder] as const])),
  );
}

/** The namespaces of hubs that are written. */
function hubNamespaces(cluster: ClusterModel, deliveries: readonly string[]): { namespace: string }[] {
  return [...cluster.pullSecrets.values()].flatMap((each) => {
    const hub = deliveries.includes(deliveryName('source', each.name)) ? hubOf(each) : undefined;
    return hub ? [{ namespace: hub.namespace }] : [];
  });
}

/**
 * Workloads of which nobody knows what they need: there is a finding about one of their images, or about where they
 * run.
 */
function unsettledWorkloads({ workloads }: Inventory, others: readonly OtherImage[]): Set<Workload> {
  const named = others.flatMap(({ answer, workload }) => (answer === 'findings' ? [workload] : []));
  return new Set([...named, ...workloads.filter(({ namespace }) => namespace === undefined)]);
}

/** Rule of ownership 6: a namespace that a manifest declares may come after the tree that needs it. */
function laterNamespaces(
  inventory: Inventory,
  cluster: ClusterModel,
  written: readonly { readonly namespace: string; readonly write?: boolean }[],
): Problem[] {
  if (cluster.placement !== 'central' || !cluster.declareNamespaces) return [];
  const served = new Set(written.filter((each) => each.write !== false).map((each) => each.namespace));
  return inventory.namespaces
    .filter((namespace) => served.has(namespace.name) && cluster.namespaces.get(namespace.name)?.declare !== false)
    .map((namespace) =>
      At.of(namespace.place).find(
        'namespace-later',
        words`namespace ${namespace.name} is ${namespace.keeper ? words`made by ${namespace.keeper}` : 'declared by a manifest'}, and what is written for it syncs before the workloads`,
        words`move it to an application that syncs earlier, and say so: namespaces: { ${namespace.name}: { declare: false } }; or write everything beside its workloads: placement: beside`,
      ),
    );
}

function operatorImageProblem(workload: Inventory['operatorImages'][number]): Problem {
  return At.of(workload.place).warn(
    'image-chosen-by-operator',
    words`${workload.kind} ${workload.namespace ?? ''}/${workload.name} names no image: its operator chooses one`,
    words`name it in ${workload.field}`,
  );
}
