import type { PodKind } from './pod-kind.js';
import { batchKinds } from './pod-kinds/batch.js';
import { databaseKinds } from './pod-kinds/databases.js';
import { kruiseKinds } from './pod-kinds/kruise.js';
import { kubernetesKinds } from './pod-kinds/kubernetes.js';
import { machineLearningKinds } from './pod-kinds/machine-learning.js';
import { machineKinds } from './pod-kinds/machines.js';
import { messagingKinds } from './pod-kinds/messaging.js';
import { observabilityKinds } from './pod-kinds/observability.js';
import { pipelineKinds } from './pod-kinds/pipelines.js';
import { platformKinds } from './pod-kinds/platform.js';

export type { Borrow, ImagePath, PodKind, PodKindSpec, PodPath } from './pod-kind.js';

/**
 * Every kind that is known to run pods. The version of the API group does not matter. A new kind is a row in its family,
 * a case in test/model/inventory/pod-kind-cases, and a row in `edit-effect.ts` where an edit of its template restarts pods.
 */
export const podKinds: readonly PodKind[] = [
  ...kubernetesKinds,
  ...kruiseKinds,
  ...pipelineKinds,
  ...batchKinds,
  ...machineLearningKinds,
  ...observabilityKinds,
  ...databaseKinds,
  ...messagingKinds,
  ...machineKinds,
  ...platformKinds,
];
