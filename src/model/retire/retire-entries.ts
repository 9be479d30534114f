import { matchesNamespace } from '../names/namespace-pattern.js';
import type { AccessPlan } from '../plan/access-plan.js';
import type { RetireSpec } from '../vocabulary/spec.js';
import type { Gift } from './gift.js';

/** True if an entry of `retire` is for this cluster and namespace. */
export function isAbout(entry: RetireSpec, cluster: string, namespace: string): boolean {
  return entry.clusters?.includes(cluster) !== false && matchesNamespace(entry.namespace ?? '*', namespace);
}

/** Whether a pull secret of a namespace is, or was, on the list of an account. */
export type WasListed = (namespace: string, pullSecret: string, account: string) => boolean;

/** The entries of `retire`, as they are for one cluster. An entry is known by its index. */
export class RetireEntries {
  /** Those that let something leave. */
  readonly used = new Set<number>();
  readonly #entries: readonly RetireSpec[];
  readonly #cluster: string;
  readonly #wasListed: WasListed;

  constructor(entries: readonly RetireSpec[], cluster: string, wasListed: WasListed) {
    this.#entries = entries;
    this.#cluster = cluster;
    this.#wasListed = wasListed;
  }

  /** The entries that cover a gift. */
  covering(gift: Gift): number[] {
    return [...this.#entries.entries()].filter(([, entry]) => this.#covers(entry, gift)).map(([index]) => index);
  }

  /** Takes note of entries that let something leave; the first one is said to do it. */
  use(covering: readonly number[]): number {
    for (const index of covering) this.used.add(index);
    return covering[0] ?? 0;
  }

  #covers(entry: RetireSpec, gift: Gift): boolean {
    const { pullSecret, serviceAccount } = entry;
    switch (gift.gives) {
      case 'grant':
        // An entry that names a pull secret says nothing of grants.
        return (
          pullSecret === undefined &&
          isAbout(entry, this.#cluster, gift.to) &&
          (serviceAccount ?? gift.account) === gift.account
        );
      case 'delivery':
      case 'copies':
      case 'node-entry':
        // These are for all namespaces.
        return (
          pullSecret === gift.pullSecret &&
          entry.namespace === undefined &&
          entry.clusters?.includes(this.#cluster) !== false
        );
      case 'secret':
      case 'entry':
      case 'listing':
        return (
          (pullSecret ?? gift.pullSecret) === gift.pullSecret &&
          isAbout(entry, this.#cluster, gift.namespace) &&
          (serviceAccount === undefined || this.#isOf(gift, serviceAccount))
        );
    }
  }

  #isOf(gift: Extract<Gift, { gives: 'secret' | 'entry' | 'listing' }>, account: string): boolean {
    return gift.gives === 'listing'
      ? gift.account === account
      : this.#wasListed(gift.namespace, gift.pullSecret, account);
  }
}

/** Suggests entries for what stops a run. */
export class EntrySuggestions {
  /** Pull secrets that a plan still has anywhere. */
  readonly #pullSecrets: ReadonlySet<string>;
  /** Namespaces that a plan still gives a pull secret to. */
  readonly #namespaces: ReadonlySet<string>;

  constructor({ secrets, accounts }: AccessPlan) {
    this.#pullSecrets = new Set([
      ...secrets.map(({ pullSecret }) => pullSecret),
      ...accounts.flatMap(({ pullSecrets }) => pullSecrets),
    ]);
    this.#namespaces = new Set(secrets.map(({ namespace }) => namespace));
  }

  /** The widest entry that covers a gift and names nothing that is still needed. */
  entryFor(gift: Gift): RetireSpec {
    if (gift.gives === 'grant')
      return { namespace: gift.to, ...(gift.account !== undefined && { serviceAccount: gift.account }) };
    const { pullSecret } = gift;
    if (!('namespace' in gift) || !this.#pullSecrets.has(pullSecret)) return { pullSecret };
    const { namespace } = gift;
    if (!this.#namespaces.has(namespace)) return { namespace };
    return gift.gives === 'listing' ? { namespace, serviceAccount: gift.account } : { pullSecret, namespace };
  }
}

/** An entry of `retire` as it is written in the config. */
export function entryText({ pullSecret, namespace, serviceAccount, clusters }: RetireSpec): string {
  const parts = Object.entries({
    pullSecret,
    namespace: namespace?.includes('*') ? JSON.stringify(namespace) : namespace,
    serviceAccount,
    clusters: clusters && `[${clusters.join(', ')}]`,
  });
  return `{ ${parts.flatMap(([key, value]) => (value === undefined ? [] : `${key}: ${value}`)).join(', ')} }`;
}
