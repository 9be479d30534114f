import type { LivePlanned } from '../app/live-plan.js';
import { workloadText } from '../model/needs/puller-text.js';
import { shown, terminalText } from '../model/problem/shown.js';
import { type AccessChange, isLost, type LivePlan, type LiveStep } from '../model/proof/live-plan.js';
import { columns } from './columns.js';
import { plural } from './problems.js';

/** Changes of applying in a running cluster, as text: who gains and loses, then what to do, in order. */
export function livePlanText({ cluster, plan }: LivePlanned): string {
  const changed = plan.changes.filter(({ before, after }) => before !== after);
  const rows = changed.map(({ image, before, after }) => [
    `  ${shown(workloadText(image.pod.workload))}`,
    shown(image.use.container),
    shown(image.use.image),
    `${before} -> ${after}`,
  ]);
  const lost = changed.filter(isLost).length;
  const head = `${cluster}: ${plural(plan.changes.length, 'image')} of the dump, ${changed.length} answered otherwise once everything is applied${lost > 0 ? `, ${lost} of them lost` : ''}.\n`;
  const steps = plan.steps.map((step, index) => `${index + 1}. ${stepText(step)}\n`);
  return terminalText(`${head}${columns(rows)}${steps.join('')}${managersNote(plan)}`);
}

/** The same as JSON: `version`, `cluster`, `images` with `before` and `after`, and `steps` in order. */
export function livePlanJson({ cluster, plan }: LivePlanned): string {
  const report = {
    version: 1,
    cluster,
    images: plan.changes.map(imageRow),
    steps: plan.steps.map((step) =>
      Object.fromEntries(Object.entries(step).map(([key, value]) => [key, shownValue(value)])),
    ),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** True if somebody loses access, or something has to be decided before it is safe to apply. */
export function needsDecision({ changes, steps }: LivePlan): boolean {
  return (
    changes.some(isLost) ||
    steps.some(({ step }) => step === 'keep-entries' || step === 'secret-in-the-way' || step === 'other-owner')
  );
}

function imageRow({ image, before, after }: AccessChange): Readonly<Record<string, unknown>> {
  const { workload, namespace } = image.pod;
  return {
    kind: shown(workload.kind),
    namespace: shown(namespace),
    name: shown(workload.name),
    place: image.use.field,
    container: shown(image.use.container),
    image: shown(image.use.image),
    before,
    after,
  };
}

function shownValue(value: string | number | readonly string[]): string | number | readonly string[] {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? shown(value) : value.map((each) => shown(each));
}

function stepText(step: LiveStep): string {
  switch (step.step) {
    case 'keep-entries':
      return `Service account ${shown(step.namespace)}/${shown(step.account)} lists ${names(step.names)}, which the complete list would drop. To keep them: namespaces: { ${shown(step.namespace)}: { serviceAccounts: { ${shown(step.account)}: { keep: [${names(step.names)}] } } } }`;
    case 'secret-in-the-way':
      return `Secret ${shown(step.namespace)}/${shown(step.name)} is in the way: ${shown(step.why)}. Give the pull secret another name, or delete it when everything is ready to apply.`;
    case 'other-owner':
      return `${shown(step.subject)} has ${names(step.fields)} of another place that is applied by the same manager, or of kubectl: they would go. Say declare: false for the namespace, or state them under metadata.`;
    case 'apply':
      return `Apply ${plural(step.objects, 'object')}.`;
    case 'restart':
      return `${shown(step.subject)} keeps its old list: delete it, and it is made again with ${names(step.names)}.`;
    case 'cached':
      return `${shown(step.subject)} runs ${shown(step.image)} without a credential, because it is on the node: from Kubernetes 1.35 on a new pod is asked for one.`;
  }
}

function names(all: readonly string[]): string {
  return all.map((each) => shown(each)).join(', ');
}

function managersNote({ saysManagers }: LivePlan): string {
  return saysManagers
    ? ''
    : 'The dump does not say who set which labels and annotations: make it with --show-managed-fields to see what another owner would lose.\n';
}
