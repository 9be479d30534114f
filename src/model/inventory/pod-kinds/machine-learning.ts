import type { Borrow, PodKind, PodPath } from '../pod-kind.js';

const runtimePod = 'spec.template.spec.replicatedJobs[].template.spec.template.spec';
const predictor = {
  at: 'spec.predictor',
  serviceAccount: ['.serviceAccountName'],
  pullSecrets: ['.imagePullSecrets[].name'],
};
const servingPods: readonly PodPath[] = [{ podSpec: 'spec' }, { podSpec: 'spec.workerSpec', imageRequired: false }];

const llmPods: readonly PodPath[] = [
  ...['spec.template', 'spec.worker', 'spec.prefill.template', 'spec.prefill.worker'],
  ...['spec.router.scheduler.template', 'spec.router.scheduler.tokenizer.template'],
].map((podSpec) => ({ podSpec, imageRequired: false }));

/** Notebooks, training and serving of models. */
export const machineLearningKinds: readonly PodKind[] = [
  // Kubeflow: github.com/kubeflow/kubeflow components/notebook-controller, github.com/kubeflow/training-operator
  { group: 'kubeflow.org', kind: 'Notebook', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'kubeflow.org', kind: 'PyTorchJob', pods: [{ podSpec: 'spec.pytorchReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'TFJob', pods: [{ podSpec: 'spec.tfReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'MPIJob', pods: [{ podSpec: 'spec.mpiReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'XGBoostJob', pods: [{ podSpec: 'spec.xgbReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'PaddleJob', pods: [{ podSpec: 'spec.paddleReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'MXJob', pods: [{ podSpec: 'spec.mxReplicaSpecs.*.template.spec' }] },
  { group: 'kubeflow.org', kind: 'JAXJob', pods: [{ podSpec: 'spec.jaxReplicaSpecs.*.template.spec' }] },

  // Kubeflow Trainer: github.com/kubeflow/trainer pkg/apis/trainer/v1alpha1. Pods are those of the runtime.
  { group: 'trainer.kubeflow.org', kind: 'TrainingRuntime', pods: [{ podSpec: runtimePod }], lends: 'namespace' },
  { group: 'trainer.kubeflow.org', kind: 'ClusterTrainingRuntime', pods: [{ podSpec: runtimePod }], lends: 'cluster' },
  {
    group: 'trainer.kubeflow.org',
    kind: 'TrainJob',
    pods: [
      { images: ['spec.trainer.image'] },
      {
        podSpec: `spec.runtimePatches[].trainingRuntimeSpec.${runtimePod.slice('spec.'.length)}`,
        imageRequired: false,
      },
    ],
    borrows: [
      { ref: 'spec.runtimeRef', kind: 'TrainingRuntime' },
      ofCluster('spec.runtimeRef', 'ClusterTrainingRuntime'),
    ],
  },

  // KServe: github.com/kserve/kserve pkg/apis/serving/v1beta1 and v1alpha1. A model without image gets that of its runtime.
  {
    group: 'serving.kserve.io',
    kind: 'InferenceService',
    pods: [
      { podSpec: 'spec.predictor', images: ['.model.image'], imageRequired: false },
      { podSpec: 'spec.predictor.workerSpec', imageRequired: false },
      { podSpec: 'spec.transformer', imageRequired: false },
      { podSpec: 'spec.explainer', imageRequired: false },
    ],
    borrows: [
      { ...predictor, ref: '.model.runtime', kind: 'ServingRuntime' },
      { ...predictor, ...ofCluster('.model.runtime', 'ClusterServingRuntime') },
    ],
  },
  { group: 'serving.kserve.io', kind: 'ServingRuntime', pods: servingPods, lends: 'namespace' },
  { group: 'serving.kserve.io', kind: 'ClusterServingRuntime', pods: servingPods, lends: 'cluster' },
  // v1alpha2, and v1alpha1 of the same fields
  {
    group: 'serving.kserve.io',
    kind: 'LLMInferenceService',
    pods: llmPods,
    borrows: [{ ref: 'spec.baseRefs[]', kind: 'LLMInferenceServiceConfig', whole: true }],
  },
  { group: 'serving.kserve.io', kind: 'LLMInferenceServiceConfig', pods: llmPods, lends: 'namespace' },
  {
    group: 'serving.kserve.io',
    kind: 'ClusterStorageContainer',
    pods: [],
    injects: ['spec.container.image'],
    ofCluster: true,
  },
];

/** A field that means an object of the cluster, whatever kind it says. */
function ofCluster(ref: string, kind: string): Borrow {
  return { ref, kind, clusterKind: kind };
}
