import { type SealedPlace, sealedPlaces } from '../config/sealed-places.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { grouped } from '../model/names/grouped.js';
import { dueCredentials } from '../model/plan/due-credentials.js';
import type { Problem } from '../model/problem/problem.js';
import { isPerNamespace } from '../model/reach/policy-scope.js';
import { type ClusterModel, type ClusterPullSecret, clusterModel } from '../model/vocabulary/cluster.js';
import { dayOf } from '../sealing/certificate.js';
import type { VerifiedSpec } from './verified-spec.js';

/** Namespaces that are asked about, and what is there. */
export interface AskedNamespaces {
  readonly namespaces: ReadonlySet<string>;
  readonly inventory: Pick<Inventory, 'workloads' | 'accounts' | 'secrets'>;
}

/** Gives the problems of a cluster; of some namespaces, those of the pull secrets that these have or list. */
export type DueIn = (cluster: string, asked?: AskedNamespaces) => readonly Problem[];

/**
 * Problems about credentials that expire, by the config and by what is recorded beside ciphertext, which is looked for once.
 * None where there is no config or no clock, or where paths are asked about.
 */
export function dueIn({ config, isUncurated }: VerifiedSpec, now: Date | undefined): DueIn {
  if (!now || !config || isUncurated) return () => [];
  const { spec, base } = config;
  let places: ReadonlyMap<string, readonly SealedPlace[]> | undefined;
  return (name, asked) => {
    places ??= grouped(sealedPlaces(base), ({ cluster, pullSecret }) => `${cluster}/${pullSecret}`);
    const there = places;
    const cluster = clusterModel(spec, name);
    const sealedFor = (pullSecret: string) =>
      (there.get(`${name}/${pullSecret}`) ?? []).map(({ namespace }) => namespace);
    return asked ? dueThere(cluster, sealedFor, dayOf(now), asked) : dueCredentials(cluster, sealedFor, dayOf(now));
  };
}

/** Problems about the pull secrets of some namespaces: what is sealed for them, what they have or list, and what is in all. */
function dueThere(
  cluster: ClusterModel,
  sealedFor: (pullSecret: string) => readonly string[],
  today: string,
  { namespaces, inventory: { workloads, accounts, secrets } }: AskedNamespaces,
): Problem[] {
  if (namespaces.size === 0) return [];
  const isIn = ({ namespace = '' }: { readonly namespace?: string | undefined }) => namespaces.has(namespace);
  const named = new Set([
    ...workloads.filter(isIn).flatMap(({ pullSecrets }) => pullSecrets.names),
    ...accounts.filter(isIn).flatMap(({ pullSecrets }) => pullSecrets),
    ...secrets.filter(isIn).map(({ name }) => name),
  ]);
  const sealedThere = (pullSecret: string) => sealedFor(pullSecret).filter((namespace) => namespaces.has(namespace));
  const [own, everywhere] = [new Map<string, ClusterPullSecret>(), new Map<string, ClusterPullSecret>()];
  for (const [name, each] of cluster.pullSecrets)
    if (!isPerNamespace(each)) everywhere.set(name, each);
    else if (named.has(name) || sealedThere(name).length > 0) own.set(name, each);
  return [
    ...dueCredentials({ ...cluster, pullSecrets: own }, sealedThere, today),
    ...dueCredentials({ ...cluster, pullSecrets: everywhere }, sealedFor, today),
  ];
}
