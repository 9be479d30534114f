import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import type { ImagePullSpec } from '../vocabulary/spec.js';
import { checkClusters } from './check-clusters.js';
import { checkGlobalPullSecrets } from './check-global-pull-secret.js';
import { checkNodes } from './check-nodes.js';
import { checkPullSecrets } from './check-pull-secrets.js';
import { checkReferences } from './check-references.js';
import { checkRegistries } from './check-registries.js';
import { checkRetire } from './check-retire.js';
import { checkWorkloads } from './check-workloads.js';

const checks: readonly ((spec: ImagePullSpec, root: At) => void)[] = [
  checkRegistries,
  checkPullSecrets,
  checkClusters,
  checkGlobalPullSecrets,
  checkNodes,
  checkReferences,
  checkRetire,
  checkWorkloads,
];

/**
 * Everything that is wrong with a spec by itself, each with its model path. Types are taken for granted: the config
 * checks them before, TypeScript does for constructs.
 */
export function check(spec: ImagePullSpec): Problem[] {
  return At.collect((root) => {
    for (const each of checks) each(spec, root);
  });
}
