import type { PodKind, PodPath } from '../pod-kind.js';
import { patchImages } from './pod-template.js';

/** Groups of pods that work on one task, and engines of distributed computing. */
export const batchKinds: readonly PodKind[] = [
  // JobSet: sigs.k8s.io/jobset api/jobset/v1alpha2
  {
    group: 'jobset.x-k8s.io',
    kind: 'JobSet',
    pods: [{ podSpec: 'spec.replicatedJobs[].template.spec.template.spec' }],
  },

  // LeaderWorkerSet: sigs.k8s.io/lws api/leaderworkerset/v1, api/disaggregatedset/v1
  { group: 'leaderworkerset.x-k8s.io', kind: 'LeaderWorkerSet', pods: leaderWorker('spec') },
  { group: 'disaggregatedset.x-k8s.io', kind: 'DisaggregatedSet', pods: leaderWorker('spec.roles[].spec') },

  // Volcano: volcano.sh/apis pkg/apis/batch/v1alpha1
  { group: 'batch.volcano.sh', kind: 'Job', pods: [{ podSpec: 'spec.tasks[].template.spec' }] },
  { group: 'batch.volcano.sh', kind: 'CronJob', pods: [{ podSpec: 'spec.jobTemplate.spec.tasks[].template.spec' }] },

  // Spark: github.com/kubeflow/spark-operator api/v1beta2
  { group: 'sparkoperator.k8s.io', kind: 'SparkApplication', ...spark('spec') },
  { group: 'sparkoperator.k8s.io', kind: 'ScheduledSparkApplication', ...spark('spec.template') },

  // Ray: github.com/ray-project/kuberay ray-operator/apis/ray/v1
  { group: 'ray.io', kind: 'RayCluster', pods: ray('spec') },
  { group: 'ray.io', kind: 'RayJob', pods: rayJob('spec') },
  { group: 'ray.io', kind: 'RayCronJob', pods: rayJob('spec.jobTemplate') },
  { group: 'ray.io', kind: 'RayService', pods: ray('spec.rayClusterConfig') },

  // Flink: github.com/apache/flink-kubernetes-operator, its CRDs; pods take the template of the whole first
  { group: 'flink.apache.org', kind: 'FlinkDeployment', pods: [flink('spec')] },
  { group: 'flink.apache.org', kind: 'FlinkBlueGreenDeployment', pods: [flink('spec.template.spec')] },
];

function leaderWorker(spec: string): readonly PodPath[] {
  return ['leaderTemplate', 'workerTemplate'].map((each) => ({
    podSpec: `${spec}.leaderWorkerTemplate.${each}.spec`,
  }));
}

function spark(spec: string): Pick<PodKind, 'pods' | 'pullSecrets'> {
  const pod = (role: string): PodPath => ({
    at: `${spec}.${role}`,
    images: [
      { path: '.image', orElse: `${spec}.image` },
      '.initContainers[].image',
      '.sidecars[].image',
      ...patchImages('.template.spec'),
      `${spec}.volumes[].image.reference`,
    ],
    serviceAccount: ['.serviceAccount'],
  });
  return { pods: [pod('driver'), pod('executor')], pullSecrets: [`${spec}.imagePullSecrets[]`] };
}

// The autoscaler runs beside the head, whose account the operator then makes: ray/common/rbac.go.
function ray(spec: string): readonly PodPath[] {
  return [
    {
      podSpec: `${spec}.headGroupSpec.template.spec`,
      images: [`${spec}.autoscalerOptions.image`],
      defaultAccount: { name: '{name}', ownListOnly: true, where: `${spec}.enableInTreeAutoscaling` },
    },
    { podSpec: `${spec}.workerGroupSpecs[].template.spec` },
  ];
}

function rayJob(spec: string): readonly PodPath[] {
  return [...ray(`${spec}.rayClusterSpec`), { podSpec: `${spec}.submitterPodTemplate.spec`, imageRequired: false }];
}

function flink(at: string): PodPath {
  const templates = ['.podTemplate.spec', '.jobManager.podTemplate.spec', '.taskManager.podTemplate.spec'];
  return {
    at,
    images: ['.image', ...templates.flatMap(patchImages)],
    serviceAccount: ['.serviceAccount'],
    pullSecrets: ['.podTemplate.spec.imagePullSecrets[].name'],
  };
}
