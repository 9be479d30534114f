import { groupOf } from './pod-kind-index.js';

/** Effect of another list of pull secrets in a pod template: new pods at once, or a refusal of the API server. */
export type EditEffect = 'restarts' | 'refused';

/**
 * The kinds of which something comes at once; of all others only pods that are made later have the list. Kubernetes:
 * `ValidatePodUpdate`, and `ValidateJobUpdate`, which takes a template as it is. JobSet, Tekton and Knative refuse by
 * webhooks of theirs.
 */
const effects: ReadonlyMap<string, EditEffect> = new Map([
  ['/Pod', 'refused'],
  ['batch/Job', 'refused'],
  ['jobset.x-k8s.io/JobSet', 'refused'],
  ['serving.knative.dev/Revision', 'refused'],
  ['tekton.dev/PipelineRun', 'refused'],
  ['tekton.dev/TaskRun', 'refused'],
  ['apps/DaemonSet', 'restarts'],
  ['apps/Deployment', 'restarts'],
  ['apps/StatefulSet', 'restarts'],
  ['apps.openshift.io/DeploymentConfig', 'restarts'],
  ['argoproj.io/Rollout', 'restarts'],
  ['monitoring.coreos.com/Alertmanager', 'restarts'],
  ['monitoring.coreos.com/Prometheus', 'restarts'],
  ['monitoring.coreos.com/PrometheusAgent', 'restarts'],
  ['monitoring.coreos.com/ThanosRuler', 'restarts'],
  ['serving.knative.dev/Configuration', 'restarts'],
  ['serving.knative.dev/Service', 'restarts'],
]);

/**
 * Tells the effect of an edit; undefined where nothing does before the next pod. What has no name of its own is made
 * anew each time.
 */
export function editEffect({
  apiVersion,
  kind,
  name,
}: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}): EditEffect | undefined {
  return name.endsWith('-') ? undefined : effects.get(`${groupOf(apiVersion)}/${kind}`);
}
