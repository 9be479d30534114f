import type { LoadedConfig } from '../config/load.js';
import { proveCluster } from '../model/proof/prove.js';
import type { Proof } from '../model/proof/state.js';
import { nothingRetired } from '../model/retire/retired.js';
import type { MadeClusters } from './made-clusters.js';
import { planClusters } from './plan.js';
import { plannedInput } from './planned-proof.js';
import { planObjects } from './render.js';

/** Proves every cluster of a config as it will be once `synth` and `attach` have run. Throws the errors of the config. */
export function plannedProofs(config: LoadedConfig, made: MadeClusters): Proof[] {
  const { clusters } = planClusters({ config, made });
  return clusters.map(({ plan, inventory }) => {
    const { objects } = planObjects(plan, nothingRetired);
    return proveCluster(plannedInput({ plan, objects, inventory }));
  });
}
