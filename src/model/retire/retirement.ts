import type { Inventory } from '../inventory/workload.js';
import { compareText, sortedUnique } from '../names/names.js';
import { namespaceLabels } from '../needs/needs.js';
import type { AccessPlan } from '../plan/access-plan.js';
import type { AccountPlan, RetiredName } from '../plan/account-plan.js';
import { PolicyPlanner } from '../plan/policy-plan.js';
import type { SecretPlan } from '../plan/secret-plan.js';
import type { Problem } from '../problem/problem.js';
import { originalOf } from '../vocabulary/distributions.js';
import type { RetireSpec } from '../vocabulary/spec.js';
import { type Departure, departureProblem, type Refusal } from './departure.js';
import {
  type FormerAccount,
  type FormerObject,
  type FormerOutput,
  type FormerSecret,
  wholeMark,
  writtenKinds,
} from './former.js';
import { EntrySuggestions, RetireEntries } from './retire-entries.js';
import { retireDeliveries } from './retired-deliveries.js';
import { retireGlobal } from './retired-global.js';
import { retireGrants } from './retired-grants.js';

/** An object that makes a pull secret and stays for one more step. */
export interface RetiredSecret {
  readonly namespace: string;
  readonly name: string;
  readonly object: FormerObject;
  /** {@link wholeMark}, or the keys of the entries that leave while the pull secret stays. */
  readonly marks: readonly string[];
  /** True for the Secret that others are copied from. */
  readonly isSource: boolean;
  /** The index of the entry of `retire` that lets it leave. */
  readonly entry: number;
}

/** What becomes of access that the output has and a plan does not give. */
export interface Leaving {
  /** The plan with what is retired. */
  readonly plan: AccessPlan;
  /** What may not leave: findings that stop a run. */
  readonly stops: readonly Problem[];
  /** The indices of the entries of `retire` that match something that leaves. */
  readonly used: ReadonlySet<number>;
}

/**
 * Rule of ownership 5 for one cluster. What an entry of `retire` matches leaves lists now and its pull secret in a later
 * run; what an earlier run marked retired, and no entry matches any more, goes; anything else that would leave is a
 * finding. Pure, and steady: the output that comes of it gives the same output again.
 */
export function retireAccess(
  plan: AccessPlan,
  inventory: Inventory,
  former: FormerOutput,
  retire: readonly RetireSpec[],
): Leaving {
  return new Retirement(plan, inventory, former, retire).read();
}

const keyOf = ({ namespace, name }: { readonly namespace?: string; readonly name: string }) => `${namespace}/${name}`;

class Retirement {
  readonly #plan: AccessPlan;
  readonly #entries: RetireEntries;
  readonly #suggestions: EntrySuggestions;
  readonly #former: FormerOutput;
  /** Namespaces with a finding about an image. */
  readonly #unsettled: ReadonlySet<string>;
  readonly #formerAccounts: ReadonlyMap<string, FormerAccount>;
  readonly #secrets: ReadonlyMap<string, SecretPlan>;
  readonly #accounts: Map<string, AccountPlan>;
  readonly #policies: PolicyPlanner;
  readonly #declaredSecrets: ReadonlySet<string>;
  readonly #declaredAccounts: ReadonlyMap<string, readonly string[]>;
  readonly #retired = new Map<string, RetiredSecret>();
  readonly #stops: Problem[] = [];

  constructor(plan: AccessPlan, inventory: Inventory, former: FormerOutput, retire: readonly RetireSpec[]) {
    this.#plan = plan;
    this.#entries = new RetireEntries(retire, plan.cluster.name);
    this.#suggestions = new EntrySuggestions(plan);
    this.#former = former;
    this.#unsettled = new Set(
      plan.others.flatMap(({ answer, namespace }) => (answer === 'findings' ? [namespace] : [])),
    );
    this.#formerAccounts = new Map(former.accounts.map((account) => [keyOf(account), account]));
    this.#secrets = new Map(plan.secrets.map((secret) => [`${secret.namespace}/${secret.pullSecret}`, secret]));
    this.#accounts = new Map(plan.accounts.map((account) => [keyOf(account), account]));
    this.#policies = new PolicyPlanner(inventory, plan.cluster, namespaceLabels(inventory, plan.cluster), plan.needs);
    this.#declaredSecrets = new Set(inventory.secrets.map(keyOf));
    this.#declaredAccounts = new Map(inventory.accounts.map((account) => [keyOf(account), account.pullSecrets]));
  }

  read(): Leaving {
    for (const secret of this.#former.secrets) this.#readSecret(secret);
    for (const account of this.#former.accounts) this.#readAccount(account);
    const deliveries = retireDeliveries(this.#plan, this.#former.deliveries, this.#entries, [
      ...this.#retired.values(),
    ]);
    const global = retireGlobal(this.#plan, this.#former.global, this.#entries);
    for (const departure of [...deliveries.departures, ...global.departures]) this.#stop(departure);
    const grants = retireGrants(this.#plan, this.#former.grants, this.#entries, this.#unsettled);
    this.#stops.push(...grants.stops);
    for (const path of this.#former.broken) this.#stops.push(brokenProblem(this.#plan.cluster.name, path));
    return {
      plan: {
        ...this.#plan,
        accounts: inOrder([...this.#accounts.values()]),
        retired: inOrder([...this.#retired.values()]),
        retiredDeliveries: deliveries.retired,
        retiredGrants: grants.retired,
        retiredGlobal: global.retired,
      },
      stops: this.#stops,
      used: this.#entries.used,
    };
  }

  #readSecret(secret: FormerSecret): void {
    const { namespace, name, marks } = secret;
    // What a manifest declares is there, and nobody else may write it.
    if (this.#declaredSecrets.has(keyOf(secret)) || this.#retired.has(keyOf(secret))) return;
    if (this.#losesCopies(secret)) return;
    const planned = this.#secrets.get(keyOf(secret));
    const kept = planned?.write ? this.#keysOf(planned) : undefined;
    const lost = kept ? secret.keys.filter((key) => !kept.includes(key)) : [wholeMark];
    if (lost.length === 0) return;
    const entries = this.#entries.matching(namespace, name, (account) => this.#listed(secret, account));
    const refusal = this.#refusal(secret, planned, kept);
    if (entries.length > 0 && secret.object && !refusal) {
      const { object, isSource } = secret;
      const entry = this.#entries.use(entries);
      this.#retired.set(keyOf(secret), { namespace, name, object, marks: lost, isSource, entry });
    } else if (!marks.includes(wholeMark)) {
      const fresh = lost.filter((part) => !marks.includes(part));
      for (const part of fresh)
        this.#stop({ namespace, pullSecret: name, ...(kept && { key: part }), ...(refusal && { refusal }) });
    }
  }

  /**
   * When the annotations of their source leave, a tool deletes its copies or leaves them for good: nobody else may make
   * them.
   */
  #losesCopies({ name, copiedBy, marks }: FormerSecret): boolean {
    const pullSecret = this.#plan.cluster.pullSecrets.get(name);
    if (copiedBy === undefined || !pullSecret || pullSecret.distribution.name === copiedBy) return false;
    const delivery = `what ${copiedBy} copies of ${name}`;
    if (!marks.includes(wholeMark)) this.#stop({ pullSecret: name, delivery, refusal: 'made-elsewhere' });
    return true;
  }

  #refusal(
    secret: FormerSecret,
    planned: SecretPlan | undefined,
    kept: readonly string[] | undefined,
  ): Refusal | undefined {
    const pullSecret = this.#plan.cluster.pullSecrets.get(secret.name);
    const source = pullSecret?.source.name;
    // Of two sources of one name copies would be made from both; and nobody else may make what was copied.
    if (secret.isSource && pullSecret && originalOf(pullSecret) !== secret.namespace) return 'made-elsewhere';
    // A clone never replaces what is there, and would be missing once that has gone.
    if (source === 'existing' || planned?.copiedBy !== undefined) return 'made-elsewhere';
    if (!secret.object) return 'not-ours';
    const isWhole = kept?.every((key) => secret.keys.includes(key)) ?? true;
    return planned && (!isWhole || source === undefined || writtenKinds[source]?.kind !== secret.kind)
      ? 'lacks-what-is-needed'
      : undefined;
  }

  /** The keys of the entries that a plan needs. */
  #keysOf({ pullSecret, registries }: SecretPlan): string[] {
    const all = this.#plan.cluster.pullSecrets.get(pullSecret)?.registries ?? [];
    return all.filter(({ name }) => registries.includes(name)).map(({ key }) => key);
  }

  #readAccount(former: FormerAccount): void {
    const { namespace, name } = former;
    const planned = this.#accounts.get(keyOf(former));
    const byHand = this.#plan.cluster.namespaces.get(namespace)?.serviceAccounts?.[name]?.keep ?? [];
    const keep = sortedUnique([...byHand, ...this.#policies.appended(namespace, name)]);
    const given = this.#declaredAccounts.get(keyOf(former)) ?? listOf(planned) ?? keep;
    const retired: RetiredName[] = [];
    for (const pullSecret of new Set([...former.pullSecrets, ...former.marks])) {
      if (given.includes(pullSecret)) continue;
      const entries = this.#entries.matching(namespace, pullSecret, (account) => account === name);
      const stillNeeded = planned?.pullSecrets.includes(pullSecret) === true;
      if (entries.length > 0 && !stillNeeded) retired.push({ pullSecret, entry: this.#entries.use(entries) });
      else if (former.pullSecrets.includes(pullSecret))
        this.#stop({
          namespace,
          pullSecret,
          serviceAccount: name,
          ...(stillNeeded && { refusal: 'still-needed' as const }),
        });
    }
    if (retired.length === 0) return;
    retired.sort((a, b) => compareText(a.pullSecret, b.pullSecret));
    if (planned) this.#accounts.set(keyOf(former), { ...planned, retired });
    else if (!this.#declaredAccounts.has(keyOf(former)))
      this.#accounts.set(keyOf(former), emptyAccount(former, keep, retired));
  }

  /** Whether a pull secret was on an account's list. An account that has left the output cannot tell: the mark does. */
  #listed({ namespace, name, marks }: FormerSecret, account: string): boolean {
    const former = this.#formerAccounts.get(`${namespace}/${account}`);
    return former ? [...former.pullSecrets, ...former.marks].includes(name) : marks.length > 0;
  }

  #stop(departure: Departure): void {
    const { namespace, refusal } = departure;
    const isUnsettled = namespace !== undefined && refusal === undefined && this.#unsettled.has(namespace);
    const told: Departure = isUnsettled ? { ...departure, refusal: 'unsettled' } : departure;
    this.#stops.push(departureProblem(this.#plan.cluster.name, told, this.#suggestions.entryFor(departure)));
  }
}

/** The list of an account that the plan knows; nothing where nobody writes it. */
function listOf(planned: AccountPlan | undefined): readonly string[] | undefined {
  if (!planned) return undefined;
  return planned.owner === 'write' ? [...planned.pullSecrets, ...planned.keep] : [];
}

/** An account that only left Git would keep its last list: pruning it is off. */
function emptyAccount(
  { namespace, name }: FormerAccount,
  keep: readonly string[],
  retired: readonly RetiredName[],
): AccountPlan {
  return {
    namespace,
    name,
    pullSecrets: [],
    keep,
    owner: 'write',
    declared: undefined,
    wanted: [],
    missing: [],
    surplus: [],
    needs: [],
    metadata: undefined,
    retired,
  };
}

function brokenProblem(cluster: string, path: string): Problem {
  return {
    code: 'access-leaves',
    message: `${cluster}: what ${path} gives cannot be read, so it may leave`,
    hint: 'bring the file back from Git, so that what it gives is known; at once: --now',
  };
}

function inOrder<T extends { readonly namespace: string; readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}
