import { parseAllDocuments } from 'yaml';
import { InventoryBuilder, mergeInventories } from '../../../src/model/inventory/inventory.js';
import { plainTree } from '../../../src/model/inventory/tree.js';
import type { Workload } from '../../../src/model/inventory/workload.js';

const objectsOf = (text: string) => parseAllDocuments(text).map((document) => plainTree(document.toJS()));

function read(text: string) {
  const builder = new InventoryBuilder();
  for (const object of objectsOf(text)) builder.add(object);
  return { ...builder.build(), problems: builder.problems };
}

const deployment = (podSpec: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { spec: ${podSpec} } }
`;

const messages = (text: string) => read(text).problems.map(({ code, message }) => `${code}: ${message}`);
const pod = ({ kind, name, serviceAccount, pullSecrets, images, takenFrom }: Workload) =>
  `${kind}/${name} ${serviceAccount} [${pullSecrets.names.join(' ')}] ${images.map(({ image }) => image).join(' ')}${
    takenFrom ? ` of ${takenFrom.kind}/${takenFrom.name}` : ''
  }`;

describe('one object', () => {
  test('gives everything that a pod says about its pulls', () => {
    const text = deployment(
      '{ serviceAccountName: runner, imagePullSecrets: [{ name: a }, {}], containers: [{ name: web, image: r.io/web }] }',
    );
    expect(read(text).workloads).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
        namespace: 'shop',
        serviceAccount: 'runner',
        accountStated: true,
        pullSecrets: { names: ['a', ''] },
        images: [{ image: 'r.io/web', container: 'web', field: 'containers' }],
        templatePath: 'spec.template.spec',
        listPath: 'spec.template.spec.imagePullSecrets',
      },
    ]);
  });

  test('takes the deprecated serviceAccount where serviceAccountName is absent or empty', () => {
    expect(read(deployment('{ serviceAccount: old, serviceAccountName: "" }')).workloads[0]).toMatchObject({
      serviceAccount: 'old',
      accountStated: true,
    });
    expect(read(deployment('{ serviceAccount: old, serviceAccountName: new }')).workloads[0]?.serviceAccount).toBe(
      'new',
    );
    expect(read(deployment('{ serviceAccountName: "" }')).workloads[0]).toMatchObject({
      serviceAccount: 'default',
      accountStated: false,
    });
  });

  test('takes generateName for the name', () => {
    expect(
      read('{ apiVersion: batch/v1, kind: Job, metadata: { generateName: run- }, spec: { template: { spec: {} } } }')
        .workloads[0]?.name,
    ).toBe('run-');
  });

  test('keeps names and images as they are, whatever they look like', () => {
    const { workloads } = read(`
apiVersion: v1
kind: Pod
metadata: { name: ../../x, namespace: ../y }
spec: { containers: [{ name: __proto__, image: "{{ .Values.image }}" }, { name: b, image: "\${REGISTRY}/app" }] }
`);
    expect(workloads).toMatchObject([
      {
        name: '../../x',
        namespace: '../y',
        images: [{ container: '__proto__', image: '{{ .Values.image }}' }, { image: `\${REGISTRY}/app` }],
      },
    ]);
  });

  test('reads objects of kinds without pods as nothing', () => {
    expect(read('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { image: x } }')).toMatchObject({
      workloads: [],
      objects: 1,
      problems: [],
    });
  });

  test.each([
    ['{ containers: [{ name: a }] }', 'Deployment shop/web: container a has no image'],
    ['{ containers: [{ name: a, image: }] }', 'Deployment shop/web: container a has no image'],
    [
      '{ initContainers: [{ image: "" }] }',
      'Deployment shop/web: container spec.template.spec.initContainers[0] has no image',
    ],
    ['{ containers: [{ name: a, image: " " }] }', 'Deployment shop/web: container a has no image'],
    ['{ containers: [null] }', 'Deployment shop/web: container spec.template.spec.containers[0] has no image'],
    [
      '{ containers: [{ image: 1.5 }] }',
      'Deployment shop/web: spec.template.spec.containers[0].image must be text, not a number',
    ],
    [
      '{ containers: [{ image: { a: b } }] }',
      'Deployment shop/web: spec.template.spec.containers[0].image must be text, not a map',
    ],
    ['{ containers: [text] }', 'Deployment shop/web: spec.template.spec.containers[0] must be a map, not text'],
    [
      '{ containers: { a: { image: x } } }',
      'Deployment shop/web: spec.template.spec.containers must be a list, not a map',
    ],
    ['text', 'Deployment shop/web: spec.template.spec must be a map, not text'],
    [
      '{ serviceAccountName: 5 }',
      'Deployment shop/web: spec.template.spec.serviceAccountName must be text, not a number',
    ],
    [
      '{ imagePullSecrets: regcred }',
      'Deployment shop/web: spec.template.spec.imagePullSecrets must be a list, not text',
    ],
    [
      '{ imagePullSecrets: [regcred] }',
      'Deployment shop/web: spec.template.spec.imagePullSecrets[0] must be a map, not text',
    ],
    [
      '{ volumes: [{ name: v, image: text }] }',
      'Deployment shop/web: spec.template.spec.volumes[0].image must be a map, not text',
    ],
  ])('finds the wrong type in %s', (podSpec, message) => {
    expect(messages(deployment(podSpec))).toEqual([`manifest-wrong-type: ${message}`]);
  });

  test.each([
    ['metadata: {}', 'Deployment has no metadata.name'],
    ['{}', 'Deployment has no metadata.name'],
    ['metadata: { name: 5 }', 'Deployment: metadata.name must be text, not a number'],
    ['metadata: { name: x, namespace: true }', 'Deployment: metadata.namespace must be text, not a boolean'],
  ])('finds the wrong name in %s', (metadata, message) => {
    expect(messages(`{ apiVersion: apps/v1, kind: Deployment, ${metadata.replace(/^\{}$/, 'x: y')} }`)).toEqual([
      `manifest-wrong-type: ${message}`,
    ]);
  });

  test.each([
    '{}',
    '{ containers: }',
    '{ containers: [], volumes: null }',
    '{ volumes: [{ image: { pullPolicy: Always } }] }',
    'null',
  ])('finds nothing wrong with %s', (podSpec) => {
    expect(messages(deployment(podSpec))).toEqual([]);
  });
});

describe('image triggers', () => {
  test('fill the blank images of a DeploymentConfig', () => {
    const { workloads, problems } = read(`
apiVersion: apps.openshift.io/v1
kind: DeploymentConfig
metadata: { name: api, namespace: shop }
spec:
  triggers:
    - { type: ConfigChange }
    - { type: ImageChange, imageChangeParams: { containerNames: [api], from: { kind: ImageStreamTag, name: "api:latest", namespace: builds } } }
    - { type: ImageChange, imageChangeParams: { containerNames: [init, side], from: { kind: ImageStreamTag, name: "side:1" } } }
  template:
    spec:
      containers: [{ name: api, image: " " }, { name: side }, { name: stated, image: r.io/stated }]
      initContainers: [{ name: init, image: "" }]
`);
    expect(problems).toEqual([]);
    expect(workloads[0]?.images).toEqual([
      { image: 'api:latest', container: 'api', field: 'containers', imageStream: { name: 'api', namespace: 'builds' } },
      { image: 'side:1', container: 'side', field: 'containers', imageStream: { name: 'side' } },
      { image: 'r.io/stated', container: 'stated', field: 'containers' },
      { image: 'side:1', container: 'init', field: 'initContainers', imageStream: { name: 'side' } },
    ]);
  });

  test('fill the blank images that the annotation names, by name or index', () => {
    const triggers = [
      {
        from: { kind: 'ImageStreamTag', name: 'a:1' },
        fieldPath: 'spec.template.spec.containers[?(@.name=="a")].image',
      },
      { from: { kind: 'ImageStreamTag', name: 'b:1' }, fieldPath: 'spec.template.spec.containers[1].image' },
    ];
    const { workloads, problems } = read(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, annotations: { image.openshift.io/triggers: ${JSON.stringify(JSON.stringify(triggers))} } }
spec: { template: { spec: { containers: [{ name: a, image: " " }, { name: b, image: " " }, { name: c, image: " " }] } } }
`);
    expect(workloads[0]?.images.map(({ imageStream }) => imageStream?.name)).toEqual(['a', 'b']);
    expect(problems.map(({ message }) => message)).toEqual(['Deployment web: container c has no image']);
  });

  test('fill a container whose image is a short name, and leave whole names alone', () => {
    const from = { kind: 'ImageStreamTag', name: 'a:1', namespace: 'builds' };
    const triggers = [0, 1].map((index) => ({ from, fieldPath: `spec.template.spec.containers[${index}].image` }));
    const { workloads } = read(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, annotations: { image.openshift.io/triggers: ${JSON.stringify(JSON.stringify(triggers))} } }
spec: { template: { spec: { containers: [{ name: a, image: "a:latest" }, { name: b, image: r.io/b }] } } }
`);
    expect(workloads[0]?.images).toMatchObject([
      { image: 'a:1', imageStream: { name: 'a', namespace: 'builds' } },
      { image: 'r.io/b' },
    ]);
    expect(workloads[0]?.images[1]).not.toHaveProperty('imageStream');
  });

  test('that are not JSON fill nothing', () => {
    const text = deployment('{ containers: [{ name: a }] }').replace(
      'name: web',
      'name: web, annotations: { image.openshift.io/triggers: "[" }',
    );
    expect(messages(text)).toHaveLength(1);
  });
});

describe('images that an operator chooses', () => {
  test('are reported by field', () => {
    const { operatorImages } = read(`
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: k8s, namespace: monitoring }
spec: { thanos: {}, image: "" }
`);
    expect(operatorImages).toEqual([
      { kind: 'Prometheus', name: 'k8s', namespace: 'monitoring', field: 'spec.image' },
      { kind: 'Prometheus', name: 'k8s', namespace: 'monitoring', field: 'spec.thanos.image' },
    ]);
  });

  test('are none where the image is named or its parent is absent', () => {
    const text =
      '{ apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: { name: k8s }, spec: { image: r.io/p } }';
    expect(read(text).operatorImages).toEqual([]);
  });
});

describe('borrowed pods', () => {
  const task = (name: string, image: string, namespace = 'ci') =>
    `{ apiVersion: tekton.dev/v1, kind: Task, metadata: { name: ${name}, namespace: ${namespace} }, spec: { steps: [{ name: s, image: ${image} }] } }`;
  const run = (spec: string, kind = 'TaskRun') =>
    `{ apiVersion: tekton.dev/v1, kind: ${kind}, metadata: { generateName: run-, namespace: ci }, spec: ${spec} }`;

  test('run under the account of the object that names them', () => {
    const { workloads } = read(
      `${run('{ serviceAccountName: runner, taskRef: { name: build } }')}\n---\n${task('build', 'r.io/b')}`,
    );
    expect(workloads.map(pod)).toEqual(['TaskRun/run- runner [] r.io/b of Task/build']);
    expect(workloads[0]).toMatchObject({ listPath: 'spec.podTemplate.imagePullSecrets' });
    expect(workloads[0]?.templatePath).toBeUndefined();
  });

  test('come from the same namespace only', () => {
    const { workloads } = read(
      `${run('{ serviceAccountName: runner, taskRef: { name: build } }')}\n---\n${task('build', 'r.io/b', 'other')}`,
    );
    expect(workloads.map(pod)).toEqual(['Task/build default [] r.io/b']);
  });

  test('come through a Pipeline, with the accounts of single tasks', () => {
    const { workloads } = read(`
${run('{ pipelineRef: { name: all }, taskRunTemplate: { serviceAccountName: runner }, taskRunSpecs: [{ pipelineTaskName: two, serviceAccountName: second }] }', 'PipelineRun')}
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: { name: all, namespace: ci }
spec:
  tasks:
    - { name: one, taskRef: { name: build } }
    - { name: two, taskRef: { name: build, kind: Task } }
    - { name: three, taskRef: { name: shared, kind: ClusterTask } }
    - { name: four, taskRef: { name: custom, kind: Wait, apiVersion: acme.io/v1 } }
    - { name: five, taskRef: { resolver: hub, name: build } }
    - { name: six, taskSpec: { steps: [{ ref: { name: lint } }, { image: r.io/own }] } }
---
${task('build', 'r.io/b')}
---
{ apiVersion: tekton.dev/v1beta1, kind: ClusterTask, metadata: { name: shared }, spec: { steps: [{ image: r.io/shared }] } }
---
{ apiVersion: tekton.dev/v1beta1, kind: StepAction, metadata: { name: lint, namespace: ci }, spec: { image: r.io/lint } }
---
${task('unused', 'r.io/unused')}
`);
    expect(workloads.map(pod).sort()).toEqual([
      'PipelineRun/run- runner [] r.io/b of Task/build',
      'PipelineRun/run- runner [] r.io/lint of StepAction/lint',
      'PipelineRun/run- runner [] r.io/own of Pipeline/all',
      'PipelineRun/run- runner [] r.io/shared of ClusterTask/shared',
      'PipelineRun/run- second [] r.io/b of Task/build',
      'Task/unused default [] r.io/unused',
    ]);
  });

  const template = (kind: string, name: string, spec: string) =>
    `{ apiVersion: argoproj.io/v1alpha1, kind: ${kind}, metadata: { name: ${name}${kind.startsWith('Cluster') ? '' : ', namespace: ci'} }, spec: ${spec} }`;

  test('of a WorkflowTemplate have its account and secrets too, where the Workflow names all of it', () => {
    const lender = template(
      'WorkflowTemplate',
      'wft',
      '{ serviceAccountName: theirs, imagePullSecrets: [{ name: b }], templates: [{ container: { image: r.io/w } }, { container: { image: r.io/s }, serviceAccountName: special }] }',
    );
    const borrower = (spec: string) => template('Workflow', 'run', `{ workflowTemplateRef: { name: wft }, ${spec} }`);
    expect(read(`${borrower('imagePullSecrets: [{ name: a }]')}\n---\n${lender}`).workloads.map(pod)).toEqual(
      [
        'Workflow/run theirs [a b] r.io/w of WorkflowTemplate/wft',
        'Workflow/run special [a b] r.io/s of WorkflowTemplate/wft',
      ].sort(),
    );
    expect(read(`${borrower('serviceAccountName: mine')}\n---\n${lender}`).workloads.map(pod)).toContain(
      'Workflow/run mine [b] r.io/w of WorkflowTemplate/wft',
    );
    const step = template(
      'Workflow',
      'run',
      '{ templates: [{ steps: [[{ templateRef: { name: wft, template: x } }]] }] }',
    );
    expect(read(`${step}\n---\n${lender}`).workloads.map(pod)).toContain(
      'Workflow/run default [] r.io/w of WorkflowTemplate/wft',
    );
  });

  test('of what a WorkflowTemplate names have its account too', () => {
    const { workloads } = read(
      [
        template('Workflow', 'run', '{ workflowTemplateRef: { name: wft } }'),
        template(
          'WorkflowTemplate',
          'wft',
          '{ serviceAccountName: theirs, templates: [{ steps: [[{ templateRef: { name: lib } }]] }] }',
        ),
        template(
          'WorkflowTemplate',
          'lib',
          '{ serviceAccountName: unused, templates: [{ container: { image: r.io/lib } }] }',
        ),
      ].join('\n---\n'),
    );
    expect(workloads.map(pod)).toEqual(['Workflow/run theirs [] r.io/lib of WorkflowTemplate/lib']);
  });

  test('of a ClusterWorkflowTemplate are those of every Workflow that names it', () => {
    const lender = template('ClusterWorkflowTemplate', 'cwt', '{ templates: [{ container: { image: r.io/c } }] }');
    const cron = template(
      'CronWorkflow',
      'nightly',
      '{ workflowSpec: { serviceAccountName: night, workflowTemplateRef: { name: cwt, clusterScope: true } } }',
    );
    const dag = template(
      'Workflow',
      'dag',
      '{ templates: [{ dag: { tasks: [{ name: a, templateRef: { name: cwt, clusterScope: true } }] } }] }',
    );
    expect(read([lender, cron, dag].join('\n---\n')).workloads.map(pod)).toEqual([
      'CronWorkflow/nightly night [] r.io/c of ClusterWorkflowTemplate/cwt',
      'Workflow/dag default [] r.io/c of ClusterWorkflowTemplate/cwt',
    ]);
  });

  test.each([
    [
      'a catalog of images that a database names',
      `{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: pg, namespace: shop }, spec: { imageCatalogRef: { kind: ClusterImageCatalog, name: all, major: 18 } } }
---
{ apiVersion: postgresql.cnpg.io/v1, kind: ClusterImageCatalog, metadata: { name: all }, spec: { images: [{ major: 18, image: r.io/pg }] } }`,
      'Cluster/pg pg [] r.io/pg of ClusterImageCatalog/all',
    ],
    [
      'the runtime of a model, by its name alone, under the account beside it',
      `{ apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: { name: m, namespace: shop }, spec: { predictor: { serviceAccountName: models, imagePullSecrets: [{ name: own }], model: { runtime: sk } } } }
---
{ apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: { name: sk, namespace: shop }, spec: { containers: [{ name: c, image: r.io/sk }] } }`,
      'InferenceService/m models [own] r.io/sk of ServingRuntime/sk',
    ],
    [
      'the runtime of the cluster, where nobody says which kind',
      `{ apiVersion: trainer.kubeflow.org/v1alpha1, kind: TrainJob, metadata: { name: t, namespace: shop }, spec: { runtimeRef: { name: torch } } }
---
{ apiVersion: trainer.kubeflow.org/v1alpha1, kind: ClusterTrainingRuntime, metadata: { name: torch }, spec: { template: { spec: { replicatedJobs: [{ name: n, template: { spec: { template: { spec: { containers: [{ name: c, image: r.io/torch }] } } } } }] } } } }`,
      'TrainJob/t default [] r.io/torch of ClusterTrainingRuntime/torch',
    ],
  ])('come from %s', (_what, text, expected) => {
    const { workloads, operatorImages } = read(text);
    expect(workloads.filter(({ images }) => images.length > 0).map(pod)).toEqual([expected]);
    expect(operatorImages).toEqual([]);
  });

  test('in a ring are each taken once', () => {
    const ring = (name: string, next: string) =>
      template(
        'WorkflowTemplate',
        name,
        `{ templates: [{ container: { image: r.io/${name} } }, { steps: [[{ templateRef: { name: ${next} } }]] }] }`,
      );
    expect(read(`${ring('a', 'b')}\n---\n${ring('b', 'a')}`).workloads.map(pod)).toEqual([
      'WorkflowTemplate/a default [] r.io/a',
      'WorkflowTemplate/a default [] r.io/b of WorkflowTemplate/b',
    ]);
  });

  test('through many ways are each taken once', () => {
    const steps = (next: number) =>
      Array.from({ length: 10 }, () => `[{ templateRef: { name: w${next} } }]`).join(', ');
    const chain = Array.from({ length: 30 }, (_, index) =>
      template(
        'WorkflowTemplate',
        `w${index}`,
        `{ templates: [{ container: { image: r.io/${index} } }, { steps: [${steps(index + 1)}] }] }`,
      ),
    );
    const start = template('Workflow', 'start', '{ templates: [{ steps: [[{ templateRef: { name: w0 } }]] }] }');
    expect(read([start, ...chain].join('\n---\n')).workloads).toHaveLength(30);
  });
});

describe('pools of nodes', () => {
  const kafka = (template = '') =>
    `{ apiVersion: kafka.strimzi.io/v1, kind: Kafka, metadata: { name: events, namespace: n }, spec: { kafka: { image: r.io/kafka${template} }, entityOperator: { topicOperator: { image: r.io/operator } } } }`;
  const pool = (name: string, template = '', cluster = 'events') =>
    `{ apiVersion: kafka.strimzi.io/v1, kind: KafkaNodePool, metadata: { name: ${name}, namespace: n, labels: { strimzi.io/cluster: ${cluster} } }, spec: { roles: [broker]${template} } }`;
  const shared = ', template: { pod: { imagePullSecrets: [{ name: shared }] } }';
  const podsOf = (...texts: string[]) => read(texts.join('\n---\n')).workloads.map(pod);
  const own = ['Kafka/events events-entity-operator [] r.io/operator', 'Kafka/events events-kafka [shared] r.io/kafka'];

  test('have the template of their cluster where they have none', () => {
    expect(podsOf(kafka(shared), pool('a'))).toEqual(own);
  });

  test('have their own in place of it, whatever it says', () => {
    const affinity = ', template: { pod: { affinity: {} } }';
    const secret = ', template: { pod: { imagePullSecrets: [{ name: own }] } }';
    const { workloads } = read([kafka(shared), pool('a', affinity), pool('b', secret)].join('\n---\n'));
    expect(workloads.map(pod)).toEqual([
      ...own,
      'KafkaNodePool/a events-kafka [] r.io/kafka of Kafka/events',
      'KafkaNodePool/b events-kafka [own] r.io/kafka of Kafka/events',
    ]);
    expect(workloads[2]).toMatchObject({ listPath: 'spec.template.pod.imagePullSecrets' });
  });

  test('of a cluster that nobody has read have no image that is known', () => {
    expect(podsOf(kafka(shared), pool('a', ', template: { pod: {} }', 'other'))).toEqual(own);
  });
});

describe('mergeInventories', () => {
  test('gives the same for any order, sorted by namespace, kind and name', () => {
    const a = read(
      `${deployment('{ containers: [{ image: r.io/a }] }')}\n---\n{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { tier: gold } } }`,
    );
    const b = read(
      '{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: shop } , spec: {} }\n---\n{ apiVersion: v1, kind: Pod, metadata: { name: z }, spec: {} }',
    );
    const merged = mergeInventories([a, b]);
    expect(mergeInventories([b, a])).toEqual(merged);
    expect(merged.workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Pod z', 'Deployment web', 'Pod a']);
    expect(merged.objects).toBe(4);
    expect([...(merged.namespaces[0]?.labels ?? [])]).toEqual([['tier', 'gold']]);
  });
});

describe('the annotation that asks for short names to be resolved', () => {
  const annotated = '{ annotations: { alpha.image.policy.openshift.io/resolve-names: "*" } }';

  test.each([
    ['Pod', '{ apiVersion: v1, kind: Pod, metadata: META, spec: { containers: [] } }'],
    ['Deployment', '{ apiVersion: apps/v1, kind: Deployment, metadata: META, spec: { template: { spec: {} } } }'],
    [
      'template',
      '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: x }, spec: { template: { metadata: META, spec: {} } } }',
    ],
    [
      'template of a CronJob',
      '{ apiVersion: batch/v1, kind: CronJob, metadata: { name: x }, spec: { jobTemplate: { spec: { template: { metadata: META, spec: {} } } } } }',
    ],
  ])('counts on a %s', (_, yaml) => {
    const at = (meta: string) => read(yaml.replace('META', meta)).workloads[0]?.resolveNames;
    const named = annotated.replace('{ ', '{ name: x, ');
    expect(at(named)).toBe(true);
    expect(at(named.replace('*', 'x'))).toBeUndefined();
    expect(at('{ name: x }')).toBeUndefined();
  });
});

test.each([
  ['v1', 'spec.taskRunTemplate.podTemplate.imagePullSecrets'],
  ['v1beta1', 'spec.podTemplate.imagePullSecrets'],
])('the list of a PipelineRun of %s that has none is where that version has it', (version, listPath) => {
  const spec = { pipelineSpec: { tasks: [{ name: 't', taskSpec: { steps: [{ image: 'r.io/a' }] } }] } };
  const run = { apiVersion: `tekton.dev/${version}`, kind: 'PipelineRun', metadata: { name: 'r' }, spec };
  expect(read(JSON.stringify(run)).workloads).toMatchObject([{ listPath }]);
});
