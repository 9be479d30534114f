import { parse } from 'yaml';
import type { PodKindSpec } from '../../../src/model/inventory/pod-kind.js';
import { groupOf, PodKindIndex, podKindOf } from '../../../src/model/inventory/pod-kind-index.js';
import { podKinds } from '../../../src/model/inventory/pod-kinds.js';
import { settlePods } from '../../../src/model/inventory/pod-loans.js';
import { podsIn } from '../../../src/model/inventory/pods.js';
import { plainTree } from '../../../src/model/inventory/tree.js';

const podSpec = {
  serviceAccountName: 'runner',
  imagePullSecrets: [{ name: 'own' }],
  containers: [{ name: 'main', image: 'r.io/main' }],
  initContainers: [{ name: 'first', image: 'r.io/first' }],
  ephemeralContainers: [{ name: 'later', image: 'r.io/later' }],
  volumes: [
    { name: 'data', image: { reference: 'r.io/data' } },
    { name: 'tmp', emptyDir: {} },
  ],
};
const ofPodSpec = 'runner [own] r.io/main r.io/first r.io/later r.io/data';

interface Case {
  readonly apiVersion: string;
  readonly kind: string;
  readonly rest: unknown;
  /** Account, pull secrets and images of each pod. */
  readonly expected: readonly string[];
  readonly listPath: string | undefined;
}

const template = { template: { spec: podSpec } };
const inTemplate = (apiVersion: string, kind: string): Case => ({
  apiVersion,
  kind,
  rest: { spec: template },
  expected: [ofPodSpec],
  listPath: 'spec.template.spec.imagePullSecrets',
});
const training = (kind: string, field: string): Case => ({
  apiVersion: 'kubeflow.org/v1',
  kind,
  rest: { spec: { [field]: { Master: template, Worker: template } } },
  expected: [ofPodSpec, ofPodSpec],
  listPath: `spec.${field}.Master.template.spec.imagePullSecrets`,
});
const monitoring = (kind: string): Case => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind,
  rest: parse(`
    spec:
      image: r.io/main
      serviceAccountName: runner
      imagePullSecrets: [{ name: own }]
      containers: [{ name: side, image: r.io/side }, { name: config-reloader }]
      initContainers: [{ name: first, image: r.io/first }]
  `),
  expected: ['runner [own] r.io/main r.io/side r.io/first'],
  listPath: 'spec.imagePullSecrets',
});
const workflowSpec = parse(`
  serviceAccountName: flow
  imagePullSecrets: [{ name: own }]
  templateDefaults: { container: { image: r.io/usual }, sidecars: [{ name: all, image: r.io/all }] }
  volumes: [{ name: data, image: { reference: r.io/data } }]
  templates:
    - { name: main, steps: [[{ name: a, template: c }, { name: b, inline: { container: { image: r.io/inline } } }]] }
    - { name: c, container: { image: r.io/c }, initContainers: [{ name: i, image: r.io/i }], sidecars: [{ name: s, image: r.io/s }] }
    - { name: s, script: { image: r.io/script }, serviceAccountName: special }
    - { name: set, containerSet: { containers: [{ name: a, image: r.io/set-a }, { name: b, image: r.io/set-b }] } }
    - { name: usual, container: { command: [x] } }
    - { name: dag, dag: { tasks: [{ name: a, inline: { script: { image: r.io/inline-script } } }] } }
`);
const ofWorkflow = [
  'flow [own] r.io/c r.io/i r.io/s r.io/all r.io/data',
  'special [own] r.io/script r.io/all r.io/data',
  'flow [own] r.io/set-a r.io/set-b r.io/all r.io/data',
  'flow [own] r.io/usual r.io/all r.io/data',
  'flow [own] r.io/inline r.io/all r.io/data',
  'flow [own] r.io/inline-script r.io/all r.io/data',
];
const workflow = (kind: string, rest: unknown, expected: readonly string[], spec = 'spec'): Case => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind,
  rest,
  expected,
  listPath: expected.length > 0 ? `${spec}.imagePullSecrets` : undefined,
});
const taskSpec = parse(`
  stepTemplate: { image: r.io/usual }
  steps: [{ name: a, image: r.io/a }, { name: b }]
  sidecars: [{ name: s, image: r.io/s }]
  volumes: [{ name: data, image: { reference: r.io/data } }]
`);
const ofTask = 'r.io/a r.io/usual r.io/s r.io/data';
const pipelineSpec = {
  tasks: [
    { name: 'build', taskSpec },
    { name: 'test', taskSpec: { steps: [{ image: 'r.io/test' }] } },
  ],
  finally: [{ name: 'clean', taskSpec: { steps: [{ image: 'r.io/clean' }] } }],
};
const tekton = (kind: string, spec: unknown, expected: readonly string[], listPath?: string): Case => ({
  apiVersion: 'tekton.dev/v1',
  kind,
  rest: { spec },
  expected,
  listPath,
});

const cases: readonly Case[] = [
  { apiVersion: 'v1', kind: 'Pod', rest: { spec: podSpec }, expected: [ofPodSpec], listPath: 'spec.imagePullSecrets' },
  {
    apiVersion: 'v1',
    kind: 'PodTemplate',
    rest: template,
    expected: [ofPodSpec],
    listPath: 'template.spec.imagePullSecrets',
  },
  inTemplate('v1', 'ReplicationController'),
  inTemplate('apps/v1', 'Deployment'),
  inTemplate('apps/v1', 'StatefulSet'),
  inTemplate('apps/v1', 'DaemonSet'),
  inTemplate('apps/v1', 'ReplicaSet'),
  inTemplate('batch/v1', 'Job'),
  {
    apiVersion: 'batch/v1beta1',
    kind: 'CronJob',
    rest: { spec: { jobTemplate: { spec: template } } },
    expected: [ofPodSpec],
    listPath: 'spec.jobTemplate.spec.template.spec.imagePullSecrets',
  },
  inTemplate('apps.openshift.io/v1', 'DeploymentConfig'),
  {
    apiVersion: 'build.openshift.io/v1',
    kind: 'BuildConfig',
    rest: parse(`
      spec:
        strategy:
          type: Source
          sourceStrategy: { from: { kind: DockerImage, name: r.io/builder }, pullSecret: { name: own } }
        source:
          images:
            - { from: { kind: ImageStreamTag, name: "tools:1", namespace: shared }, paths: [] }
            - { from: { kind: ImageStreamImage, name: "lib@sha256:00" }, pullSecret: { name: other } }
    `),
    expected: ['builder [own] r.io/builder', 'builder [] shared/tools=tools:1', 'builder [other] lib=lib@sha256:00'],
    listPath: undefined,
  },
  inTemplate('argoproj.io/v1alpha1', 'Rollout'),
  workflow('Workflow', { spec: workflowSpec }, ofWorkflow),
  workflow('WorkflowTemplate', { spec: workflowSpec }, ofWorkflow),
  workflow('ClusterWorkflowTemplate', { spec: workflowSpec }, []),
  workflow('CronWorkflow', { spec: { schedule: '* * * * *', workflowSpec } }, ofWorkflow, 'spec.workflowSpec'),
  inTemplate('serving.knative.dev/v1', 'Service'),
  inTemplate('serving.knative.dev/v1', 'Configuration'),
  {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Revision',
    rest: { spec: podSpec },
    expected: [ofPodSpec],
    listPath: 'spec.imagePullSecrets',
  },
  tekton('Task', taskSpec, [`default [] ${ofTask}`]),
  tekton('ClusterTask', taskSpec, []),
  tekton('StepAction', { image: 'r.io/step' }, ['default [] r.io/step']),
  tekton(
    'TaskRun',
    { serviceAccountName: 'runner', podTemplate: { imagePullSecrets: [{ name: 'own' }] }, taskSpec },
    [`runner [own] ${ofTask}`],
    'spec.podTemplate.imagePullSecrets',
  ),
  tekton('Pipeline', pipelineSpec, [`default [] ${ofTask}`, 'default [] r.io/test', 'default [] r.io/clean']),
  tekton(
    'PipelineRun',
    {
      pipelineSpec,
      taskRunTemplate: { serviceAccountName: 'runner', podTemplate: { imagePullSecrets: [{ name: 'own' }] } },
      taskRunSpecs: [
        {
          pipelineTaskName: 'test',
          serviceAccountName: 'tester',
          podTemplate: { imagePullSecrets: [{ name: 'test' }] },
        },
      ],
    },
    [`runner [own] ${ofTask}`, 'tester [test] r.io/test', 'runner [own] r.io/clean'],
    'spec.taskRunTemplate.podTemplate.imagePullSecrets',
  ),
  {
    ...monitoring('Prometheus'),
    rest: { spec: { image: 'r.io/main', thanos: { image: 'r.io/thanos' }, serviceAccountName: 'runner' } },
    expected: ['runner [] r.io/main r.io/thanos'],
  },
  monitoring('PrometheusAgent'),
  monitoring('Alertmanager'),
  monitoring('ThanosRuler'),
  inTemplate('kubeflow.org/v1', 'Notebook'),
  training('PyTorchJob', 'pytorchReplicaSpecs'),
  training('TFJob', 'tfReplicaSpecs'),
  training('MPIJob', 'mpiReplicaSpecs'),
  training('XGBoostJob', 'xgbReplicaSpecs'),
  training('PaddleJob', 'paddleReplicaSpecs'),
  training('MXJob', 'mxReplicaSpecs'),
  training('JAXJob', 'jaxReplicaSpecs'),
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
];

function podsOf(object: unknown, specs: readonly PodKindSpec[] = []) {
  const kinds = specs.map((spec) => podKindOf(spec).kind).filter((kind) => kind !== undefined);
  const { object: found, problems } = podsIn(plainTree(object), new PodKindIndex(kinds));
  expect(problems).toEqual([]);
  return found ? settlePods([found]) : [];
}

function podText(workload: ReturnType<typeof podsOf>[number]): string {
  const images = workload.images.map(({ image, imageStream: stream }) =>
    stream ? `${stream.namespace ? `${stream.namespace}/` : ''}${stream.name}=${image}` : image,
  );
  return [workload.serviceAccount, `[${workload.pullSecrets.names.join(' ')}]`, ...images].join(' ');
}

describe('podKinds', () => {
  test.each(cases)('finds the pods of $apiVersion $kind', ({ apiVersion, kind, rest, expected, listPath }) => {
    const workloads = podsOf({ apiVersion, kind, metadata: { name: 'x', namespace: 'n' }, ...(rest as object) });
    expect(workloads.map(podText)).toEqual(expected);
    expect(workloads[0]?.listPath).toBe(listPath);
  });

  test('has a case here for every line of the table, and no line twice', () => {
    const lines = podKinds.map(({ group, kind }) => `${group}/${kind}`);
    expect(cases.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`)).toEqual(lines);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('takes the group into account: a Service of the core group runs nothing', () => {
    expect(podsOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: template })).toEqual([]);
    expect(podsOf({ apiVersion: 'other.io/v1', kind: 'Deployment', metadata: { name: 'x' }, spec: template })).toEqual(
      [],
    );
  });
});

describe('podKindOf', () => {
  const object = (apiVersion: string) => ({
    apiVersion,
    kind: 'Machine',
    metadata: { name: 'x' },
    spec: {
      account: 'outer',
      secrets: ['a', 'b'],
      image: 'r.io/top',
      parts: { one: { image: 'r.io/one' }, two: { image: 'r.io/two' } },
      pod: podSpec,
    },
  });

  test.each<[string, PodKindSpec, string[]]>([
    ['a pod spec', { kind: 'Machine', podSpec: 'spec.pod' }, [ofPodSpec]],
    [
      'images alone',
      { kind: 'Machine', images: ['spec.image', 'spec.parts.*.image'] },
      ['default [] r.io/top r.io/one r.io/two'],
    ],
    [
      'images with account and pull secrets',
      { kind: 'Machine', images: ['spec.image'], serviceAccount: 'spec.account', pullSecrets: 'spec.secrets[]' },
      ['outer [a b] r.io/top'],
    ],
    [
      'both, sharing the account of the pod spec',
      { kind: 'Machine', podSpec: 'spec.pod', images: ['spec.image'] },
      [ofPodSpec, 'runner [own] r.io/top'],
    ],
  ])('reads %s', (_what, spec, expected) => {
    expect(podsOf(object('acme.io/v1'), [spec]).map(podText)).toEqual(expected);
  });

  test.each([
    ['acme.io/v1', 1],
    ['acme.io/v2', 1],
    ['acme.io', 1],
    [undefined, 1],
    ['other.io/v1', 0],
    ['v1', 0],
  ])('with apiVersion %p finds %i object of acme.io/v1', (apiVersion, count) => {
    const spec: PodKindSpec = { kind: 'Machine', images: ['spec.image'], ...(apiVersion && { apiVersion }) };
    expect(podsOf(object('acme.io/v1'), [spec])).toHaveLength(count);
  });

  test('goes before the table', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'x' },
      spec: { image: 'r.io/x' },
    };
    expect(
      podsOf(deployment, [{ apiVersion: 'apps', kind: 'Deployment', images: ['spec.image'] }]).map(podText),
    ).toEqual(['default [] r.io/x']);
  });

  test.each<[PodKindSpec, (string | number)[]]>([
    [{ kind: 'Machine' }, []],
    [{ kind: '', podSpec: 'spec' }, ['kind']],
    [{ kind: 'a/b', podSpec: 'spec' }, ['kind']],
    [{ kind: 'Machine', podSpec: '.spec' }, ['podSpec']],
    [{ kind: 'Machine', podSpec: '$.spec' }, ['podSpec']],
    [{ kind: 'Machine', images: ['spec.image', 'spec.images[0]'] }, ['images', 1]],
    [{ kind: 'Machine', podSpec: 'spec', serviceAccount: '' }, ['serviceAccount']],
    [{ kind: 'Machine', podSpec: 'spec', pullSecrets: 'a..b' }, ['pullSecrets']],
  ])('refuses %p and says where', (spec, path) => {
    const { kind, problems } = podKindOf(spec, ['podKinds', 3]);
    expect(kind).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'pod-kind-invalid', at: { path: ['podKinds', 3, ...path] } }]);
  });
});
