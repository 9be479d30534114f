import type { LoadedConfig } from '../config/load.js';
import { type SealedPlace, sealedPlaces } from '../config/sealed-places.js';
import { grouped } from '../model/names/grouped.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { keptSecrets } from '../model/retire/retired.js';
import { sealedFolder, sealedPath } from '../model/sealing/sealed-path.js';
import type { PlannedObjects } from './render.js';

/** Clusters with all that stays of them. */
export interface SettledClusters {
  readonly config: LoadedConfig;
  /** The clusters that are looked at. @default - all */
  readonly clusters?: readonly string[] | undefined;
  readonly read: readonly PlannedCluster[];
  readonly planned: readonly PlannedObjects[];
}

/**
 * The places of ciphertext that nothing needs any more: neither the plan nor what leaves in two steps. Where a manifest
 * cannot be read nobody knows that.
 */
export function unneededCiphertexts({ config, clusters, read, planned }: SettledClusters): SealedPlace[] {
  const places = sealedPlaces(config.base).filter(({ cluster }) => clusters?.includes(cluster) !== false);
  if (places.length === 0) return [];
  const doubtful = new Set(
    read.filter(({ inventory }) => inventory.unread.length > 0).map(({ plan }) => plan.cluster.name),
  );
  const needed = new Set(planned.flatMap(pathsOf));
  return places.filter((place) => !doubtful.has(place.cluster) && !needed.has(pathOf(place)));
}

/** Findings about them, one for each pull secret of a cluster. */
export function unneededProblems(places: readonly SealedPlace[]): Problem[] {
  const groups = grouped(places, ({ cluster, pullSecret }) => `${cluster}/${pullSecret}`);
  return [...groups].map(([folder, own]) =>
    At.of().find(
      'sealed-unneeded',
      words`${sealedFolder}/${folder} holds ciphertext that nothing needs any more: ${own.map(({ namespace }) => `${namespace}.yaml`)}`,
    ),
  );
}

/** The file of a place, relative to the folder of ciphertext. */
export function pathOf({ cluster, pullSecret, namespace }: SealedPlace): string {
  return sealedPath(cluster, pullSecret, namespace);
}

function pathsOf({ plan, retired }: PlannedObjects): string[] {
  const { cluster, secrets, globalPullSecret: global } = plan;
  return [
    ...secrets.filter(({ sealed }) => sealed).map((each) => sealedPath(cluster.name, each.pullSecret, each.namespace)),
    ...keptSecrets(retired).map(({ name, namespace }) => sealedPath(cluster.name, name, namespace)),
    ...(global?.kept ? [sealedPath(cluster.name, global.name, global.namespace)] : []),
  ];
}
