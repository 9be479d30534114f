import type { LoadedConfig } from '../config/load.js';
import { type InventoryRead, readInventory } from '../manifests/inventory.js';
import type { Made } from '../manifests/made.js';
import type { SourceMarks } from '../manifests/source-marks.js';
import { workloadsOf } from '../model/vocabulary/cluster.js';
import type { MadeClusters } from './made-clusters.js';

/** Input that manifests are read with. */
export interface ReadClustersOptions {
  readonly config: LoadedConfig;
  /** The text of `-` in workloads. */
  readonly stdin?: Uint8Array | undefined;
  /** Manifests of entries that are rendered or followed. @default - nothing */
  readonly made?: MadeClusters | undefined;
}

/** Reads the manifests of clusters; those that read the same are read once. */
export function readClusters(
  options: ReadClustersOptions,
  names: readonly string[],
): ReadonlyMap<string, InventoryRead> {
  const { config, stdin, made } = options;
  const read = new Map<string, InventoryRead>();
  const marks = made && sourceMarks(config.base);
  const withMarks = (result: InventoryRead, own: Made | undefined): InventoryRead =>
    marks && own ? { ...result, inventory: marks.in(result.inventory, own) } : result;
  return new Map(
    names.map((name) => {
      const workloads = workloadsOf(config.spec, name);
      const own = made?.get(name);
      const key = JSON.stringify([workloads, own ? name : undefined]);
      const result =
        read.get(key) ??
        withMarks(
          readInventory({
            base: config.base,
            workloads,
            keepSecretData: true,
            ...(own && { made: own }),
            ...(stdin && { stdin }),
            ...(config.spec.podKinds && { podKinds: config.spec.podKinds }),
          }),
          own,
        );
      read.set(key, result);
      return [name, result] as const;
    }),
  );
}

/** Loaded only where something was made. */
function sourceMarks(base: string): SourceMarks {
  const { SourceMarks } = require('../manifests/source-marks.js') as typeof import('../manifests/source-marks.js');
  return new SourceMarks(base);
}
