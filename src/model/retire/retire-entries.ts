import { matchesNamespace } from '../names/namespace-pattern.js';
import type { AccessPlan } from '../plan/access-plan.js';
import type { RetireSpec } from '../vocabulary/spec.js';
import type { Departure } from './departure.js';

/** True if an entry of `retire` is for this cluster and namespace. */
export function isAbout(entry: RetireSpec, cluster: string, namespace: string): boolean {
  return entry.clusters?.includes(cluster) !== false && matchesNamespace(entry.namespace ?? '*', namespace);
}

/** The entries of `retire`, as they are for one cluster. An entry is known by its index. */
export class RetireEntries {
  /** Those that let something leave. */
  readonly used = new Set<number>();
  readonly #entries: readonly RetireSpec[];
  readonly #cluster: string;

  constructor(entries: readonly RetireSpec[], cluster: string) {
    this.#entries = entries;
    this.#cluster = cluster;
  }

  /**
   * The entries that match a pull secret in a namespace.
   *
   * @param isOf whether it is, or was, on the list of an account
   */
  matching(namespace: string, pullSecret: string, isOf: (account: string) => boolean): number[] {
    return [...this.#entries.entries()]
      .filter(
        ([, entry]) =>
          (entry.pullSecret ?? pullSecret) === pullSecret &&
          isAbout(entry, this.#cluster, namespace) &&
          (entry.serviceAccount === undefined || isOf(entry.serviceAccount)),
      )
      .map(([index]) => index);
  }

  /** The entries that match the policies of a pull secret, which are for all namespaces. */
  ofPolicies(pullSecret: string): number[] {
    return [...this.#entries.entries()]
      .filter(
        ([, entry]) =>
          entry.pullSecret === pullSecret &&
          entry.namespace === undefined &&
          entry.clusters?.includes(this.#cluster) !== false,
      )
      .map(([index]) => index);
  }

  /** The entries that match a grant to a namespace: an entry that names a pull secret says nothing of grants. */
  ofGrants(namespace: string, serviceAccount: string | undefined): number[] {
    return [...this.#entries.entries()]
      .filter(
        ([, entry]) =>
          entry.pullSecret === undefined &&
          isAbout(entry, this.#cluster, namespace) &&
          (entry.serviceAccount === undefined || entry.serviceAccount === serviceAccount),
      )
      .map(([index]) => index);
  }

  /** Takes note of entries that let something leave; the first one is said to do it. */
  use(matching: readonly number[]): number {
    for (const index of matching) this.used.add(index);
    return matching[0] ?? 0;
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

  /** The widest entry that covers a departure and names nothing that is still needed. */
  entryFor({ namespace, pullSecret, serviceAccount }: Departure): RetireSpec {
    if (namespace === undefined || !this.#pullSecrets.has(pullSecret)) return { pullSecret };
    if (!this.#namespaces.has(namespace)) return { namespace };
    return serviceAccount === undefined ? { pullSecret, namespace } : { namespace, serviceAccount };
  }
}
