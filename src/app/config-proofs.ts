import type { LoadedConfig } from '../config/load.js';
import type { Workshop } from '../manifests/make.js';
import type { Proof } from '../model/proof/state.js';
import { nothingRetired } from '../model/retire/retired.js';
import { makeManifests } from './made-clusters.js';
import { planClusters } from './plan.js';
import { provePlanned } from './planned-proof.js';
import { planObjects } from './render.js';

/** Proves every cluster of a config as it will be once `synth` and `attach` have run. Throws the errors of the config. */
export async function plannedProofs(config: LoadedConfig, workshop: Workshop, stdin?: Uint8Array): Promise<Proof[]> {
  const made = await makeManifests(config, workshop);
  const { clusters } = planClusters({ config, made, stdin });
  return clusters.map(({ plan, inventory }) => {
    const { objects } = planObjects(plan, nothingRetired);
    return provePlanned({ plan, objects, inventory });
  });
}
