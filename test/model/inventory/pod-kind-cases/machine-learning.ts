import { type Case, inTemplate, manifest, ofPodSpec, podSpec, template } from './case.js';

const training = (kind: string, field: string): Case => ({
  apiVersion: 'kubeflow.org/v1',
  kind,
  rest: { spec: { [field]: { Master: template, Worker: template } } },
  expected: [ofPodSpec, ofPodSpec],
  listPath: `spec.${field}.Master.template.spec.imagePullSecrets`,
});
export const machineLearningCases: readonly Case[] = [
  inTemplate('kubeflow.org/v1', 'Notebook'),
  training('PyTorchJob', 'pytorchReplicaSpecs'),
  training('TFJob', 'tfReplicaSpecs'),
  training('MPIJob', 'mpiReplicaSpecs'),
  training('XGBoostJob', 'xgbReplicaSpecs'),
  training('PaddleJob', 'paddleReplicaSpecs'),
  training('MXJob', 'mxReplicaSpecs'),
  training('JAXJob', 'jaxReplicaSpecs'),
  manifest(
    `
    apiVersion: trainer.kubeflow.org/v1alpha1
    kind: TrainingRuntime
    spec:
      template:
        spec:
          replicatedJobs:
            - { name: node, template: { spec: { template: { spec: { containers: [{ name: node, image: r.io/node }] } } } } }
    `,
    ['default [] r.io/node'],
    'spec.template.spec.replicatedJobs[0].template.spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: trainer.kubeflow.org/v1alpha1
    kind: ClusterTrainingRuntime
    spec:
      template:
        spec:
          replicatedJobs:
            - { name: node, template: { spec: { template: { spec: { containers: [{ name: node, image: r.io/node }] } } } } }
    `,
    [],
  ),
  manifest(
    `
    apiVersion: trainer.kubeflow.org/v1alpha1
    kind: TrainJob
    spec:
      runtimeRef: { name: torch-distributed }
      trainer: { image: r.io/train, numNodes: 2 }
    `,
    ['default [] r.io/train'],
  ),
  {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    rest: {
      spec: {
        predictor: {
          ...podSpec,
          model: { modelFormat: { name: 'sklearn' }, image: 'r.io/model' },
          workerSpec: podSpec,
        },
        transformer: { containers: [{ image: 'r.io/t' }] },
        explainer: { containers: [{ name: 'patch' }] },
      },
    },
    expected: [`${ofPodSpec} r.io/model`, ofPodSpec, 'default [] r.io/t', 'default []'],
    listPath: 'spec.predictor.imagePullSecrets',
  },
  manifest(
    `
    apiVersion: serving.kserve.io/v1alpha1
    kind: ServingRuntime
    spec:
      supportedModelFormats: [{ name: sklearn, version: '1', autoSelect: true }]
      imagePullSecrets: [{ name: own }]
      containers: [{ name: kserve-container, image: r.io/sklearn }]
      workerSpec: { containers: [{ name: worker-container, image: r.io/worker }] }
    `,
    ['default [own] r.io/sklearn', 'default [] r.io/worker'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: serving.kserve.io/v1alpha1
    kind: ClusterServingRuntime
    spec:
      supportedModelFormats: [{ name: sklearn, version: '1', autoSelect: true }]
      imagePullSecrets: [{ name: own }]
      containers: [{ name: kserve-container, image: r.io/sklearn }]
      workerSpec: { containers: [{ name: worker-container, image: r.io/worker }] }
    `,
    [],
  ),
  manifest(
    `
    apiVersion: serving.kserve.io/v1alpha2
    kind: LLMInferenceService
    spec:
      template: { imagePullSecrets: [{ name: own }], containers: [{ name: main, image: r.io/main }] }
      prefill: { template: { containers: [{ name: main, image: r.io/prefill }] } }
      router: { scheduler: { template: { serviceAccountName: epp, containers: [{ name: main, image: r.io/epp }] } } }
    `,
    ['default [own] r.io/main', 'default [] r.io/prefill', 'epp [] r.io/epp'],
    'spec.template.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: serving.kserve.io/v1alpha2
    kind: LLMInferenceServiceConfig
    spec: { template: { containers: [{ name: main, image: r.io/main }, { name: other }] } }
    `,
    ['default [] r.io/main'],
    'spec.template.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: serving.kserve.io/v1alpha1
    kind: ClusterStorageContainer
    spec: { container: { name: storage-initializer, image: r.io/storage }, supportedUriFormats: [{ prefix: 'gs://' }] }
    `,
    [],
  ),
];
