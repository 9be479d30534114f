import type { DeclaredAccount, Inventory } from '../pods/workload.js';
import type { Problem } from '../problem/problem.js';
import type { ClusterModel } from '../spec/cluster.js';
import { compareText, sortedUnique } from '../spec/names.js';
import { workloadText } from './finding-collector.js';
import type { Need } from './need.js';
import { inListOrder } from './pull-secret-choice.js';

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
  /** Of a declared account: the pull secrets that its list lacks. */
  readonly missing: readonly string[];
  readonly needs: readonly Need[];
}

interface Draft {
  readonly namespace: string;
  readonly name: string;
  readonly needs: Need[];
}

/** Gathers needs per service account and decides who owns its list (rules of ownership 1 and 2). */
export class AccountPlanner {
  readonly #cluster: ClusterModel;
  readonly #declared: ReadonlyMap<string, DeclaredAccount>;
  readonly #drafts = new Map<string, Draft>();
  readonly #appended: (namespace: string, name: string) => readonly string[];

  /** @param appended the names that policies append to an account's list */
  constructor(
    inventory: Inventory,
    cluster: ClusterModel,
    appended: (namespace: string, name: string) => readonly string[] = () => [],
  ) {
    this.#cluster = cluster;
    this.#appended = appended;
    this.#declared = new Map(inventory.accounts.map((account) => [`${account.namespace}/${account.name}`, account]));
  }

  /** Adds a need whose pods take what their account gives. */
  add(need: Need): void {
    const key = `${need.namespace}/${need.serviceAccount}`;
    const draft = this.#drafts.get(key);
    if (draft) draft.needs.push(need);
    else this.#drafts.set(key, { namespace: need.namespace, name: need.serviceAccount, needs: [need] });
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
    return [...this.#drafts.values()]
      .map((draft) => this.#plan(draft))
      .sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
  }

  #plan(draft: Draft): AccountPlan {
    const declared = this.#declared.get(`${draft.namespace}/${draft.name}`);
    const pullSecrets = inListOrder(
      draft.needs.map((need) => need.pullSecret.name),
      this.#cluster.overlap,
    );
    const create = this.#cluster.namespaces.get(draft.namespace)?.serviceAccounts?.[draft.name]?.create;
    return {
      namespace: draft.namespace,
      name: draft.name,
      pullSecrets,
      keep: this.#keep(draft.namespace, draft.name, draft.needs).filter((name) => !pullSecrets.includes(name)),
      owner: declared ? 'declared' : (create ?? draft.name === 'default') ? 'write' : 'undeclared',
      declared,
      missing: declared ? this.#missing(declared, pullSecrets) : [],
      needs: draft.needs,
    };
  }

  /** A list that is declared without what a policy appends would take it off again. */
  #missing(declared: DeclaredAccount, pullSecrets: readonly string[]): string[] {
    const wanted = [...pullSecrets, ...this.#appended(declared.namespace ?? '', declared.name)];
    return [...new Set(wanted)].filter((name) => !declared.pullSecrets.includes(name));
  }

  #keep(namespace: string, name: string, needs: readonly Need[]): string[] {
    const byHand = this.#cluster.namespaces.get(namespace)?.serviceAccounts?.[name]?.keep ?? [];
    const appended = this.#appended(namespace, name);
    return sortedUnique([...byHand, ...appended, ...needs.flatMap((need) => need.pullSecret.spec.keep ?? [])]);
  }
}

/** Findings about accounts that nobody is known to declare. */
export function undeclaredProblems(plans: readonly AccountPlan[]): Problem[] {
  return plans.filter((plan) => plan.owner === 'undeclared').map(undeclaredProblem);
}

function undeclaredProblem(plan: AccountPlan): Problem {
  const why = plan.needs.map((need) => need.why).find((reason) => 'workload' in reason);
  const place = why && 'workload' in why ? why.workload.place : undefined;
  const who = why && 'workload' in why ? `${workloadText(why.workload)} runs as` : 'the spec asks for';
  return {
    code: 'account-undeclared',
    message: `${who} service account ${plan.name} of namespace ${plan.namespace}, which no manifest declares; it needs ${plan.pullSecrets.join(', ')}`,
    ...(place && { place }),
    hint: `if no chart or operator owns it: namespaces: { ${plan.namespace}: { serviceAccounts: { ${plan.name}: { create: true } } } }`,
  };
}
