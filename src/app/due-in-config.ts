import type { LoadedConfig } from '../config/load.js';
import { sealedPlaces } from '../config/sealed-places.js';
import { grouped } from '../model/names/grouped.js';
import { dueCredentials } from '../model/plan/due-credentials.js';
import type { Problem } from '../model/problem/problem.js';
import { clusterModel } from '../model/vocabulary/cluster.js';
import { dayOf } from '../sealing/certificate.js';

/** Problems about credentials that expire, by the config and by what is recorded beside ciphertext. */
export function dueInConfig({ spec, base }: LoadedConfig, clusters: readonly string[], now: Date): Problem[] {
  const places = grouped(sealedPlaces(base), ({ cluster, pullSecret }) => `${cluster}/${pullSecret}`);
  return clusters.flatMap((name) => {
    const namespacesOf = (pullSecret: string) =>
      (places.get(`${name}/${pullSecret}`) ?? []).map(({ namespace }) => namespace);
    return dueCredentials(clusterModel(spec, name), namespacesOf, dayOf(now));
  });
}
