import type { Borrow, ImagePath, PodKind, PodPath } from '../pod-kind.js';

const parameters = { declared: ['spec.params[]'] };
/** The parameters of a task of a pipeline, those of a matrix with all their values. */
const taskParameters = ['.params[]', '.matrix.params[]', '.matrix.include[].params[]'];
const lentTask = { pods: [task('spec')], borrows: steps('spec'), parameters };

/** Kinds that run steps: workflows, pipelines, runners of CI. */
export const pipelineKinds: readonly PodKind[] = [
  // Argo Rollouts and Argo Workflows: github.com/argoproj/argo-workflows pkg/apis/workflow/v1alpha1
  { group: 'argoproj.io', kind: 'Rollout', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'argoproj.io', kind: 'Workflow', ...workflow('spec'), workflow: 'spec' },
  { group: 'argoproj.io', kind: 'WorkflowTemplate', ...workflow('spec'), lends: 'namespace' },
  { group: 'argoproj.io', kind: 'ClusterWorkflowTemplate', ...workflow('spec'), lends: 'cluster' },
  { group: 'argoproj.io', kind: 'CronWorkflow', ...workflow('spec.workflowSpec'), workflow: 'spec.workflowSpec' },

  // Tekton: github.com/tektoncd/pipeline pkg/apis/pipeline v1 and v1beta1
  { group: 'tekton.dev', kind: 'Task', ...lentTask, lends: 'namespace' },
  { group: 'tekton.dev', kind: 'ClusterTask', ...lentTask, lends: 'cluster' },
  { group: 'tekton.dev', kind: 'StepAction', pods: [{ images: ['spec.image'] }], lends: 'namespace', parameters },
  {
    group: 'tekton.dev',
    kind: 'TaskRun',
    pods: [task('spec.taskSpec')],
    serviceAccount: ['spec.serviceAccountName'],
    pullSecrets: ['spec.podTemplate.imagePullSecrets[].name'],
    borrows: [
      { ref: 'spec.taskRef', kind: 'Task', clusterKind: 'ClusterTask', given: ['spec.params[]'] },
      ...steps('spec.taskSpec'),
    ],
    parameters: { declared: ['spec.taskSpec.params[]'], given: ['spec.params[]'] },
  },
  { group: 'tekton.dev', kind: 'Pipeline', ...pipeline('spec'), lends: 'namespace', parameters },
  {
    group: 'tekton.dev',
    kind: 'PipelineRun',
    pods: pipeline('spec.pipelineSpec').pods,
    serviceAccount: ['spec.taskRunTemplate.serviceAccountName', 'spec.serviceAccountName'],
    pullSecrets: [
      'spec.taskRunTemplate.podTemplate.imagePullSecrets[].name',
      'spec.podTemplate.imagePullSecrets[].name',
    ],
    borrows: [
      { ref: 'spec.pipelineRef', kind: 'Pipeline', given: ['spec.params[]'] },
      ...pipeline('spec.pipelineSpec').borrows,
    ],
    parameters: { declared: ['spec.pipelineSpec.params[]'], given: ['spec.params[]'] },
    perTask: {
      at: 'spec.taskRunSpecs[]',
      task: '.pipelineTaskName',
      serviceAccount: ['.serviceAccountName', '.taskServiceAccountName'],
      pullSecrets: ['.podTemplate.imagePullSecrets[].name', '.taskPodTemplate.imagePullSecrets[].name'],
    },
  },
];

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
    pods: [
      ...[`${spec}.templates[]`, ...callers.map((caller) => `${caller}.inline`)].map(template),
      // The agent runs plugins beside it, under what the workflow says: workflow/controller/agent.go.
      { images: [`${spec}.executorPlugins[].spec.sidecar.container.image`] },
    ],
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
  return [{ at: `${spec}.steps[]`, ref: '.ref', kind: 'StepAction', given: ['.params[]'] }];
}

function pipeline(spec: string): { pods: readonly PodPath[]; borrows: readonly Borrow[] } {
  const lists = [`${spec}.tasks[]`, `${spec}.finally[]`];
  return {
    pods: lists.map((at) => ({
      at,
      images: taskImages('.taskSpec'),
      task: '.name',
      parameters: { declared: ['.taskSpec.params[]'], given: taskParameters },
    })),
    borrows: lists.flatMap((at): Borrow[] => [
      { at, ref: '.taskRef', kind: 'Task', clusterKind: 'ClusterTask', task: '.name', given: taskParameters },
      { at, ref: '.taskSpec.steps[].ref', kind: 'StepAction', task: '.name', given: ['.taskSpec.steps[].params[]'] },
    ]),
  };
}
