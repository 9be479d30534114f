import type { Borrow, ImagePath, PodKind, PodPath } from './pod-kind.js';

export type { Borrow, ImagePath, PodKind, PodKindSpec, PodPath } from './pod-kind.js';

/**
 * Every kind that is known to run pods. The version of the API group does not matter. A new kind is one line here and
 * one case in the table of test/model/inventory/pod-kinds.test.ts.
 */
export const podKinds: readonly PodKind[] = [
  // Kubernetes: k8s.io/api core/v1, apps/v1, batch/v1
  { group: '', kind: 'Pod', pods: [{ podSpec: 'spec' }] },
  { group: '', kind: 'PodTemplate', pods: [{ podSpec: 'template.spec' }] },
  { group: '', kind: 'ReplicationController', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'apps', kind: 'Deployment', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'apps', kind: 'StatefulSet', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'apps', kind: 'DaemonSet', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'apps', kind: 'ReplicaSet', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'batch', kind: 'Job', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'batch', kind: 'CronJob', pods: [{ podSpec: 'spec.jobTemplate.spec.template.spec' }] },

  // OpenShift: github.com/openshift/api apps/v1, build/v1
  { group: 'apps.openshift.io', kind: 'DeploymentConfig', pods: [{ podSpec: 'spec.template.spec' }] },
  {
    group: 'build.openshift.io',
    kind: 'BuildConfig',
    pods: [
      build('spec.strategy.sourceStrategy'),
      build('spec.strategy.dockerStrategy'),
      build('spec.strategy.customStrategy'),
      build('spec.source.images[]'),
    ],
    serviceAccount: ['spec.serviceAccount'],
    defaultAccount: 'builder',
  },

  // Argo Rollouts and Argo Workflows: github.com/argoproj/argo-workflows pkg/apis/workflow/v1alpha1
  { group: 'argoproj.io', kind: 'Rollout', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'argoproj.io', kind: 'Workflow', ...workflow('spec') },
  { group: 'argoproj.io', kind: 'WorkflowTemplate', ...workflow('spec'), lends: 'namespace' },
  { group: 'argoproj.io', kind: 'ClusterWorkflowTemplate', ...workflow('spec'), lends: 'cluster' },
  { group: 'argoproj.io', kind: 'CronWorkflow', ...workflow('spec.workflowSpec') },

  // Knative: knative.dev/serving pkg/apis/serving/v1
  { group: 'serving.knative.dev', kind: 'Service', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'serving.knative.dev', kind: 'Configuration', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'serving.knative.dev', kind: 'Revision', pods: [{ podSpec: 'spec' }] },

  // Tekton: github.com/tektoncd/pipeline pkg/apis/pipeline v1 and v1beta1
  { group: 'tekton.dev', kind: 'Task', pods: [task('spec')], borrows: steps('spec'), lends: 'namespace' },
  { group: 'tekton.dev', kind: 'ClusterTask', pods: [task('spec')], borrows: steps('spec'), lends: 'cluster' },
  { group: 'tekton.dev', kind: 'StepAction', pods: [{ images: ['spec.image'] }], lends: 'namespace' },
  {
    group: 'tekton.dev',
    kind: 'TaskRun',
    pods: [task('spec.taskSpec')],
    serviceAccount: ['spec.serviceAccountName'],
    pullSecrets: ['spec.podTemplate.imagePullSecrets[].name'],
    borrows: [{ ref: 'spec.taskRef', kind: 'Task', clusterKind: 'ClusterTask' }, ...steps('spec.taskSpec')],
  },
  { group: 'tekton.dev', kind: 'Pipeline', ...pipeline('spec'), lends: 'namespace' },
  {
    group: 'tekton.dev',
    kind: 'PipelineRun',
    pods: pipeline('spec.pipelineSpec').pods,
    serviceAccount: ['spec.taskRunTemplate.serviceAccountName', 'spec.serviceAccountName'],
    pullSecrets: [
      'spec.taskRunTemplate.podTemplate.imagePullSecrets[].name',
      'spec.podTemplate.imagePullSecrets[].name',
    ],
    borrows: [{ ref: 'spec.pipelineRef', kind: 'Pipeline' }, ...pipeline('spec.pipelineSpec').borrows],
    perTask: {
      at: 'spec.taskRunSpecs[]',
      task: '.pipelineTaskName',
      serviceAccount: ['.serviceAccountName', '.taskServiceAccountName'],
      pullSecrets: ['.podTemplate.imagePullSecrets[].name', '.taskPodTemplate.imagePullSecrets[].name'],
    },
  },

  // Prometheus operator: github.com/prometheus-operator/prometheus-operator pkg/apis/monitoring
  { group: 'monitoring.coreos.com', kind: 'Prometheus', ...monitoring('spec.image', 'spec.thanos.image') },
  { group: 'monitoring.coreos.com', kind: 'PrometheusAgent', ...monitoring('spec.image') },
  { group: 'monitoring.coreos.com', kind: 'Alertmanager', ...monitoring('spec.image') },
  { group: 'monitoring.coreos.com', kind: 'ThanosRuler', ...monitoring('spec.image') },

  // Kubeflow: github.com/kubeflow/kubeflow components/notebook-controller, github.com/kubeflow/training-operator
  { group: 'kubeflow.org', kind: 'Notebook', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'kubeflow.org', kind: 'PyTorchJob', pods: [{ podSpec: 'spec.pytorchReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'TFJob', pods: [{ podSpec: 'spec.tfReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'MPIJob', pods: [{ podSpec: 'spec.mpiReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'XGBoostJob', pods: [{ podSpec: 'spec.xgbReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'PaddleJob', pods: [{ podSpec: 'spec.paddleReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'MXJob', pods: [{ podSpec: 'spec.mxReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'JAXJob', pods: [{ podSpec: 'spec.jaxReplicaSpecs.*.template.spec' }] },

  // KServe: github.com/kserve/kserve pkg/apis/serving/v1beta1. A model without image gets that of its runtime.
  {
    group: 'serving.kserve.io',
    kind: 'InferenceService',
    pods: [
      { podSpec: 'spec.predictor', images: ['.model.image'], imageRequired: false },
      { podSpec: 'spec.predictor.workerSpec', imageRequired: false },
      { podSpec: 'spec.transformer', imageRequired: false },
      { podSpec: 'spec.explainer', imageRequired: false },
    ],
  },
];

function build(at: string): PodPath {
  return { at, images: [{ path: '.from', reference: true }], pullSecrets: ['.pullSecret.name'] };
}

// Only pods have images: a template of steps or a DAG has none, and the defaults of all templates are none for it.
function workflow(spec: string): Pick<PodKind, 'pods' | 'serviceAccount' | 'pullSecrets' | 'borrows'> {
  const defaults = `${spec}.templateDefaults`;
  const callers = [`${spec}.templates[].steps[][]`, `${spec}.templates[].dag.tasks[]`];
  const template = (at: string): PodPath => ({
    at,
    images: [
      { path: '.container.image', orElse: `${defaults}.container.image` },
      { path: '.script.image', orElse: `${defaults}.script.image` },
      '.containerSet.containers[].image',
      '.initContainers[].image',
      '.sidecars[].image',
      '.volumes[].image.reference',
      `${defaults}.initContainers[].image`,
      `${defaults}.sidecars[].image`,
      `${spec}.volumes[].image.reference`,
    ],
    serviceAccount: ['.serviceAccountName'],
  });
  const reference = { kind: 'WorkflowTemplate', clusterKind: 'ClusterWorkflowTemplate' };
  return {
    pods: [`${spec}.templates[]`, ...callers.map((caller) => `${caller}.inline`)].map(template),
    serviceAccount: [`${defaults}.serviceAccountName`, `${spec}.serviceAccountName`],
    pullSecrets: [`${spec}.imagePullSecrets[].name`],
    borrows: [
      { ref: `${spec}.workflowTemplateRef`, whole: true, ...reference },
      { ref: `${spec}.hooks.*.templateRef`, ...reference },
      ...callers.map((caller): Borrow => ({ ref: `${caller}.templateRef`, ...reference })),
      ...callers.map((caller): Borrow => ({ ref: `${caller}.hooks.*.templateRef`, ...reference })),
    ],
  };
}

function task(at: string): PodPath {
  return { at, images: taskImages('') };
}

function taskImages(prefix: string): readonly (string | ImagePath)[] {
  return [
    { path: `${prefix}.steps[].image`, orElse: `${prefix}.stepTemplate.image` },
    `${prefix}.sidecars[].image`,
    `${prefix}.volumes[].image.reference`,
  ];
}

function steps(spec: string): readonly Borrow[] {
  return [{ ref: `${spec}.steps[].ref`, kind: 'StepAction' }];
}

function pipeline(spec: string): { pods: readonly PodPath[]; borrows: readonly Borrow[] } {
  const lists = [`${spec}.tasks[]`, `${spec}.finally[]`];
  return {
    pods: lists.map((at) => ({ at, images: taskImages('.taskSpec'), task: '.name' })),
    borrows: lists.flatMap((at): Borrow[] => [
      { at, ref: '.taskRef', kind: 'Task', clusterKind: 'ClusterTask', task: '.name' },
      { at, ref: '.taskSpec.steps[].ref', kind: 'StepAction', task: '.name' },
    ]),
  };
}

// Containers of the same name as one of the operator's are patches of it and need no image.
function monitoring(...images: string[]): Pick<PodKind, 'pods' | 'serviceAccount' | 'pullSecrets' | 'operatorImages'> {
  const further = ['spec.containers[].image', 'spec.initContainers[].image', 'spec.volumes[].image.reference'];
  return {
    pods: [{ images: [...images, ...further] }],
    serviceAccount: ['spec.serviceAccountName'],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    operatorImages: images,
  };
}
