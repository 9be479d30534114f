import type { DeclaredAccount } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { compareText, sortedUnique } from '../names/names.js';
import type { Need } from '../needs/need.js';
import type { NamespaceLabels } from '../needs/pull-secret-choice.js';
import { At, type Sayer } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { type Words, words } from '../problem/shown.js';
import { attacherOf, copierOf } from '../reach/copier.js';
import { attachingName, deliveryName, deliveryOfName, deliveryPurposes } from '../reach/delivery-names.js';
import {
  appendsTo,
  inScope,
  isPerNamespace,
  type Labelled,
  type PolicyScope,
  policyScope,
} from '../reach/policy-scope.js';
import { accountsOf, attachmentOf } from '../vocabulary/attachments.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import { distributionOf, isCopied, originalOf } from '../vocabulary/distributions.js';
import { hubOf } from '../vocabulary/sources.js';
import type { AccountPlan } from './account-plan.js';
import { attachmentGap, copyGap, type NeedPlace } from './policy-gap.js';
import { copyWindow, policyWindow } from './policy-window.js';

/** Effect of a policy, or of the patcher, on a namespace or on one account of it. */
export interface PolicyPlan {
  /** Name of the policy, or of the patcher's Deployment. */
  readonly policy: string;
  /** The object that attaches, as messages name it. */
  readonly by: string;
  readonly namespace: string;
  readonly pullSecret: string;
  /** The account to whose list it appends; undefined where it adds to the pods themselves. */
  readonly serviceAccount: string | undefined;
  readonly needs: readonly Need[];
}

/** A Secret that a manifest declares: where its problems are said, and what they begin with. */
interface OwnedSecret {
  readonly at: Sayer<Problem>;
  readonly message: Words;
}

/** Knows the policies of a cluster: where they act, what they answer and what they miss. */
export class PolicyPlanner {
  readonly #cluster: ClusterModel;
  readonly #inventory: Inventory;
  readonly #labels: NamespaceLabels;
  readonly #accounts: ReadonlyMap<string, DeclaredAccount>;
  readonly #scopes: ReadonlyMap<string, PolicyScope>;
  /** The pull secrets that policies append to lists of accounts. */
  readonly #appending: readonly ClusterPullSecret[];
  /** Names of the policies and other objects that pull secrets bring along, sorted. */
  readonly written: readonly string[];

  /** @param needs all needs, which say where a pull secret has an object of its own */
  constructor(inventory: Inventory, cluster: ClusterModel, labels: NamespaceLabels, needs: readonly Need[]) {
    this.#cluster = cluster;
    this.#inventory = inventory;
    this.#labels = labels;
    this.#accounts = new Map(inventory.accounts.map((each) => [`${each.namespace}/${each.name}`, each]));
    this.#scopes = scopesOf(cluster, needs, inventory);
    this.#appending = [...cluster.pullSecrets.values()].filter((each) => accountsOf(each) !== undefined);
    const needed = new Set(needs.map((need) => need.pullSecret.name));
    this.written = [...cluster.pullSecrets.values()]
      .filter((each) => !isPerNamespace(each) || needed.has(each.name))
      .flatMap((each) => deliveryPurposes(each).map((purpose) => deliveryName(purpose, each.name)))
      .sort(compareText);
  }

  /** The names that policies append to the list of an account, in order. */
  appended(namespace: string, serviceAccount: string): string[] {
    const account = this.#account(namespace, serviceAccount) ?? this.#written(namespace, serviceAccount);
    return this.#appending
      .filter((each) => appendsTo(each, this.#scope(each), this.#namespace(namespace), account))
      .map((each) => each.name)
      .sort(compareText);
  }

  /** The plans of the needs that policies answer, sorted. */
  plans(needs: readonly Need[]): PolicyPlan[] {
    const plans = new Map<string, PolicyPlan & { readonly needs: Need[] }>();
    for (const need of needs) {
      const { namespace, pullSecret } = need;
      const policy = attachingName(pullSecret, pullSecret.name);
      const by = attacherOf(pullSecret);
      if (policy === undefined || by === undefined || this.#gap(need, true)) continue;
      const serviceAccount = accountsOf(pullSecret) && need.serviceAccount;
      const key = `${namespace} ${pullSecret.name} ${serviceAccount ?? ''}`;
      const plan = plans.get(key) ?? { policy, by, namespace, pullSecret: pullSecret.name, serviceAccount, needs: [] };
      plan.needs.push(need);
      plans.set(key, plan);
    }
    return [...plans].sort(([a], [b]) => compareText(a, b)).map(([, plan]) => plan);
  }

  /**
   * Problems of the policies: what they miss, and what is worth knowing about them.
   *
   * @param attached the needs that policies are to answer
   */
  problems(needs: readonly Need[], attached: readonly Need[], accounts: readonly AccountPlan[]): Problem[] {
    const gaps = new Map<string, Problem>();
    const byPolicy = new Set(attached);
    for (const need of needs) {
      const problem = this.#gap(need, byPolicy.has(need));
      if (problem && !gaps.has(problem.message)) gaps.set(problem.message, problem);
    }
    return [
      ...gaps.values(),
      ...this.#foreignSecrets(),
      ...this.#fights(accounts),
      ...policyWindow(this.#cluster, this.written),
      ...copyWindow(this.#cluster),
    ];
  }

  #gap(need: Need, isAttached: boolean): Problem | undefined {
    const place: NeedPlace = {
      scope: this.#scope(need.pullSecret),
      namespace: this.#namespace(need.namespace),
      account: this.#account(need.namespace, need.serviceAccount),
    };
    return copyGap(need, place) ?? (isAttached ? attachmentGap(need, place) : undefined);
  }

  /** Problems of Secrets that the copier did not make: it leaves them alone, or takes them over. */
  #foreignSecrets(): Problem[] {
    const secrets = this.#inventory.secrets.filter(({ namespace }) => namespace !== undefined);
    return secrets.flatMap(({ kind, name, namespace = '', place }): Problem[] => {
      const owned: OwnedSecret = {
        at: At.of(place),
        message: words`${kind} ${namespace}/${name} is declared by a manifest`,
      };
      const fed = this.#fedBy(namespace, name);
      if (fed) return [sourceDeclared(fed, namespace, owned)];
      const pullSecret = this.#cluster.pullSecrets.get(name);
      if (!pullSecret || !isCopied(pullSecret)) return [];
      if (namespace === originalOf(pullSecret)) return [sourceDeclared(pullSecret, namespace, owned)];
      const { labels } = this.#namespace(namespace);
      if (!inScope(this.#scope(pullSecret), namespace, labels)) return [];
      return [
        owned.at.find(
          'declared-elsewhere',
          words`${owned.message}, where ${copierOf(pullSecret)} is to bring pull secret ${name}`,
          'remove the manifest, or give the pull secret another name',
        ),
      ];
    });
  }

  /** The pull secret whose hub would write a Secret of this name. */
  #fedBy(namespace: string, name: string): ClusterPullSecret | undefined {
    const { purpose, pullSecret = '' } = deliveryOfName(name) ?? {};
    const fed =
      purpose === 'source' && this.written.includes(name) ? this.#cluster.pullSecrets.get(pullSecret) : undefined;
    return fed && hubOf(fed)?.namespace === namespace ? fed : undefined;
  }

  /** A list that a manifest declares is applied again and again without what a policy appended. */
  #fights(plans: readonly AccountPlan[]): Problem[] {
    const planned = new Set(plans.map(({ namespace, name }) => `${namespace}/${name}`));
    return [...this.#accounts.values()].flatMap(({ name, namespace = '', pullSecrets, pullSecretsPlace, place }) => {
      if (pullSecrets.length === 0 || planned.has(`${namespace}/${name}`)) return [];
      const lacks = this.appended(namespace, name).filter((each) => !pullSecrets.includes(each));
      if (lacks.length === 0) return [];
      const at = pullSecretsPlace ?? place;
      return [
        At.of(at).find(
          'account-list-fights',
          words`service account ${namespace}/${name} declares its list, to which ${this.#appenders(lacks)} appends ${lacks.join(', ')}`,
        ),
      ];
    });
  }

  #appenders(names: readonly string[]): string {
    const all = names.flatMap((name) => this.#cluster.pullSecrets.get(name) ?? []);
    const copying = all.filter((each) => attachmentOf(each).purpose === 'copy');
    const programs = sortedUnique(copying.map(copierOf));
    return (copying.length === all.length ? programs : ['a policy', ...programs]).join(' or ');
  }

  #scope(pullSecret: ClusterPullSecret): PolicyScope {
    return this.#scopes.get(pullSecret.name) ?? policyScope(pullSecret, [], this.#cluster.exclude);
  }

  #namespace(name: string): Labelled {
    return { name, labels: this.#labels.get(name) ?? new Map() };
  }

  /** An account of ours, or one that nobody is known to declare. */
  #written(namespace: string, name: string): Labelled {
    const { metadata } = this.#cluster.namespaces.get(namespace)?.serviceAccounts?.[name] ?? {};
    return { name, labels: new Map(Object.entries(metadata?.labels ?? {})) };
  }

  #account(namespace: string, name: string): Labelled | undefined {
    const account = this.#accounts.get(`${namespace}/${name}`);
    return account && { name, labels: account.labels ?? new Map() };
  }
}

/** The namespaces with an annotation by which a distribution leaves them out; it is on those of its originals, too. */
function skippedNamespaces(annotation: string, { namespaces }: Inventory, { pullSecrets }: ClusterModel): string[] {
  const annotated = namespaces.filter(({ annotations }) => annotations?.get(annotation) === 'true');
  const own = [...pullSecrets.values()].filter((each) => distributionOf(each).skipAnnotation === annotation);
  return [...annotated.map(({ name }) => name), ...own.flatMap((each) => originalOf(each) ?? [])];
}

function scopesOf(cluster: ClusterModel, needs: readonly Need[], inventory: Inventory): Map<string, PolicyScope> {
  const served = new Map<string, Set<string>>();
  for (const { namespace, pullSecret } of needs) {
    const known = served.get(pullSecret.name);
    if (known) known.add(namespace);
    else served.set(pullSecret.name, new Set([namespace]));
  }
  const scopes = [...cluster.pullSecrets.values()].map((each) => {
    const scope = policyScope(each, served.get(each.name) ?? [], cluster.exclude);
    const { skipAnnotation } = distributionOf(each);
    const skipped = skipAnnotation === undefined ? [] : skippedNamespaces(skipAnnotation, inventory, cluster);
    const except = skipped.length > 0 ? sortedUnique([...scope.except, ...skipped]) : scope.except;
    return [each.name, { ...scope, except }] as const;
  });
  return new Map(scopes);
}

function sourceDeclared({ name }: ClusterPullSecret, namespace: string, { at, message }: OwnedSecret): Problem {
  return at.refuse(
    'source-declared-elsewhere',
    words`${message}, where the source of pull secret ${name} would be written`,
    words`remove the manifest; or source existing and no distribution; or another namespace than ${namespace}`,
  );
}
