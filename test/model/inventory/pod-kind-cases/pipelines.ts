import { parse } from 'yaml';
import { type Case, inTemplate } from './case.js';

const workflowSpec = parse(`
  serviceAccountName: flow
  executorPlugins: [{ metadata: { name: p }, spec: { sidecar: { container: { name: p, image: r.io/plugin } } } }]
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
  'flow [own] r.io/plugin',
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

export const pipelineCases: readonly Case[] = [
  inTemplate('argoproj.io/v1alpha1', 'Rollout'),
  workflow('Workflow', { spec: workflowSpec }, ofWorkflow),
  workflow('WorkflowTemplate', { spec: workflowSpec }, ofWorkflow),
  workflow('ClusterWorkflowTemplate', { spec: workflowSpec }, []),
  workflow('CronWorkflow', { spec: { schedule: '* * * * *', workflowSpec } }, ofWorkflow, 'spec.workflowSpec'),
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
];
