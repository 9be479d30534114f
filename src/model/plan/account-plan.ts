import type { DeclaredAccount } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import type { Workload } from '../inventory/workload.js';
import { compareText, sortedUnique } from '../names/names.js';
import type { Need } from '../needs/need.js';
import { inListOrder } from '../needs/pull-secret-choice.js';
import { workloadText } from '../needs/puller-text.js';
import { At } from '../problem/at.js';
import { type Problem, placeText } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import type { MetadataSpec } from '../vocabulary/spec.js';

/** The list of one service account. */
export interface AccountPlan {
  readonly namespace: string;
  readonly name: string;
  /** The pull secrets it needs, in the order of the list. */
  readonly pullSecrets: readonly string[];
  /** Names of others that stay on the list, behind the pull secrets: those of `keep`, and those that policies append. */
  readonly keep: readonly string[];
  /**
   * `write`: the output declares it. `declared`: a manifest of the user does and is edited there. `undeclared`: nobody
   * is known to, so nothing is written.
   */
  readonly owner: 'write' | 'declared' | 'undeclared';
  /** The manifest that declares it. */
  readonly declared: DeclaredAccount | undefined;
  /** Of a declared account: every name that must be on its list, in order, what policies append to it included. */
  readonly wanted: readonly string[];
  /** Names of those that it lacks. */
  readonly missing: readonly string[];
  /** Of a declared account: what `attach` put on its list and nothing needs any more. */
  readonly surplus: readonly string[];
  readonly needs: readonly Need[];
  /** Labels and annotations of the account, where the output declares it. */
  readonly metadata: MetadataSpec | undefined;
}

interface Draft {
  readonly namespace: string;
  readonly name: string;
  readonly needs: Need[];
}

/** Facts besides manifests and needs. */
export interface AccountFacts {
  /** Workloads with a finding about an image: nobody knows what their accounts need. */
  readonly unsettled: ReadonlySet<Workload>;
  /** The names that policies append to an account's list. */
  readonly appended: (namespace: string, name: string) => readonly string[];
  /** Whether accounts that the cluster names are planned though nothing needs them. */
  readonly asked: boolean;
}

/** Gathers needs per service account and decides who owns its list (rules of ownership 1 and 2). */
export class AccountPlanner {
  readonly #inventory: Inventory;
  readonly #cluster: ClusterModel;
  readonly #declared = new Map<string, DeclaredAccount>();
  readonly #twice: (readonly [DeclaredAccount, DeclaredAccount])[] = [];
  readonly #unsettled = new Set<string>();
  readonly #drafts = new Map<string, Draft>();
  readonly #appended: (namespace: string, name: string) => readonly string[];

  constructor(inventory: Inventory, cluster: ClusterModel, { unsettled, appended, asked }: AccountFacts) {
    this.#appended = appended;
    if (asked) this.#draftAsked(cluster);
    for (const { namespace, serviceAccount } of unsettled) this.#unsettled.add(`${namespace}/${serviceAccount}`);
    this.#inventory = inventory;
    this.#cluster = cluster;
    for (const account of inventory.accounts) {
      const key = `${account.namespace}/${account.name}`;
      const known = this.#declared.get(key);
      if (known) this.#twice.push([known, account]);
      else this.#declared.set(key, account);
      if (account.marks && account.namespace !== undefined) this.#draft(account.namespace, account.name);
    }
  }

  /** Adds a need whose pods take what their account gives. */
  add(need: Need): void {
    this.#draft(need.namespace, need.serviceAccount).needs.push(need);
  }

  /**
   * The names that a pod without a list of its own would get from its account: those there already, the planned ones, and
   * what policies append.
   */
  given(namespace: string, name: string): string[] {
    const declared = this.#declared.get(`${namespace}/${name}`);
    const needs = this.#drafts.get(`${namespace}/${name}`)?.needs ?? [];
    const planned = needs.map((need) => need.pullSecret.name);
    return sortedUnique([...(declared?.pullSecrets ?? []), ...planned, ...this.#keep(namespace, name, needs)]);
  }

  /** The plans, sorted by namespace and name. */
  plans(): AccountPlan[] {
    for (const { namespace, serviceAccount } of this.#inventory.workloads) {
      if (namespace !== undefined && this.#isCreated(namespace, serviceAccount)) this.#draft(namespace, serviceAccount);
    }
    return withSharedLists([...this.#drafts.values()].map((draft) => this.#plan(draft))).sort(
      (a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name),
    );
  }

  /** Findings about accounts that need something and are declared twice: which list counts is unknown. */
  problems(): Problem[] {
    return this.#twice
      .filter(([{ namespace, name }]) => this.#drafts.has(`${namespace}/${name}`))
      .map(([first, second]) =>
        At.of(second.place).find(
          'account-declared-twice',
          words`service account ${second.name} of namespace ${second.namespace} is declared here and in ${first.place ? placeText(first.place) : 'another manifest'}`,
        ),
      );
  }

  #draftAsked({ namespaces }: ClusterModel): void {
    for (const [namespace, { serviceAccounts = {} }] of namespaces)
      for (const name of Object.keys(serviceAccounts)) this.#draft(namespace, name);
  }

  #draft(namespace: string, name: string): Draft {
    const key = `${namespace}/${name}`;
    const draft = this.#drafts.get(key) ?? { namespace, name, needs: [] };
    this.#drafts.set(key, draft);
    return draft;
  }

  /**
   * Pods cannot be made without their account: one that nobody else makes is written although it needs nothing. Not on
   * OpenShift, whose controller owns every list, an empty one too.
   */
  #isCreated(namespace: string, name: string): boolean {
    return (
      this.#cluster.platform === 'kubernetes' &&
      this.#cluster.namespaces.get(namespace)?.serviceAccounts?.[name]?.create === true &&
      name !== 'default' &&
      !this.#declared.has(`${namespace}/${name}`)
    );
  }

  #plan(draft: Draft): AccountPlan {
    const declared = this.#declared.get(`${draft.namespace}/${draft.name}`);
    const pullSecrets = inListOrder(
      draft.needs.map((need) => need.pullSecret.name),
      this.#cluster.overlap,
    );
    const wanted = declared ? this.#wanted(declared, pullSecrets) : [];
    const { create, metadata } = this.#cluster.namespaces.get(draft.namespace)?.serviceAccounts?.[draft.name] ?? {};
    return {
      namespace: draft.namespace,
      name: draft.name,
      pullSecrets,
      keep: this.#keep(draft.namespace, draft.name, draft.needs).filter((name) => !pullSecrets.includes(name)),
      owner: declared ? 'declared' : (create ?? draft.name === 'default') ? 'write' : 'undeclared',
      declared,
      wanted,
      missing: wanted.filter((name) => !declared?.pullSecrets.includes(name)),
      surplus: (declared?.marks ?? []).filter((name) => !wanted.includes(name)),
      needs: draft.needs,
      metadata,
    };
  }

  /**
   * A list that is declared without what a policy appends would take it off again; none takes nothing off. Where it is
   * not known what the account needs, what `attach` put there stays.
   */
  #wanted(
    { namespace = '', name, pullSecrets: there, marks = [] }: DeclaredAccount,
    needed: readonly string[],
  ): string[] {
    const kept = this.#unsettled.has(`${namespace}/${name}`) || isInDoubt(this.#inventory, namespace) ? marks : [];
    const hasList = needed.length + kept.length > 0 || there.some((each) => !marks.includes(each));
    return hasList ? [...new Set([...needed, ...kept, ...this.#appended(namespace, name)])] : [];
  }

  #keep(namespace: string, name: string, needs: readonly Need[]): string[] {
    const byHand = this.#cluster.namespaces.get(namespace)?.serviceAccounts?.[name]?.keep ?? [];
    const appended = this.#appended(namespace, name);
    return sortedUnique([...byHand, ...appended, ...needs.flatMap((need) => need.pullSecret.spec.keep ?? [])]);
  }
}

/** A manifest that is applied to several namespaces has one list: it must hold what any of them needs. */
function withSharedLists(plans: readonly AccountPlan[]): AccountPlan[] {
  const byPlace = new Map<string, AccountPlan[]>();
  for (const plan of plans) {
    const place = plan.declared?.place;
    if (place) byPlace.set(placeText(place), [...(byPlace.get(placeText(place)) ?? []), plan]);
  }
  return plans.map((plan) => {
    const place = plan.declared?.place;
    const sharing = place ? (byPlace.get(placeText(place)) ?? []) : [];
    if (!plan.declared || sharing.length < 2) return plan;
    const { pullSecrets, marks = [] } = plan.declared;
    const wanted = [...new Set(sharing.flatMap((each) => each.wanted))];
    return {
      ...plan,
      wanted,
      missing: wanted.filter((name) => !pullSecrets.includes(name)),
      surplus: marks.filter((name) => !wanted.includes(name)),
    };
  });
}

/** True where something that cannot be read may need what a namespace has. */
export function isInDoubt({ unread }: Pick<Inventory, 'unread'>, namespace: string): boolean {
  return unread.some((part) => (part.namespace ?? namespace) === namespace);
}

/** Findings about accounts that nobody is known to declare. */
export function undeclaredProblems(plans: readonly AccountPlan[]): Problem[] {
  return plans.filter((plan) => plan.owner === 'undeclared').map(undeclaredProblem);
}

function undeclaredProblem(plan: AccountPlan): Problem {
  const why = plan.needs.map((need) => need.why).find((reason) => 'workload' in reason);
  const place = why && 'workload' in why ? why.workload.place : undefined;
  const who = why && 'workload' in why ? `${workloadText(why.workload)} runs as` : 'the spec asks for';
  return At.of(place).find(
    'account-undeclared',
    words`${who} service account ${plan.name} of namespace ${plan.namespace}, which no manifest declares; it needs ${plan.pullSecrets.join(', ')}`,
    words`if no chart or operator owns it: namespaces: { ${plan.namespace}: { serviceAccounts: { ${plan.name}: { create: true } } } }`,
  );
}
