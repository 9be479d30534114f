import type { PlannedObjects } from '../app/render.js';
import { sortedUnique } from '../model/names/names.js';
import { terminalText } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import { plural } from './problems.js';
import type { ShownPlan } from './shown-plan.js';

const maxNames = 20;
/** Argo CD's apply is that of kubectl, which takes over what kubectl applied before; nothing on the Application changes that. */
const ofKubectl = 'Argo CD takes away labels that kubectl apply once put on them: plan --live names these.\n';

/** The namespaces of workloads that the first run declares, and what that means; empty in later runs. Those of sources are ours. */
export function declaredNamespacesReport(
  planned: readonly PlannedObjects[],
  { replace, unchanged, prune }: ShownPlan,
): string {
  const declaring = planned.map(({ plan, objects }) => ({
    gitops: plan.cluster.gitops,
    written: objects.filter(({ kind, at }) => kind === 'Namespace' && at.stage === 'namespaces'),
  }));
  const written = declaring.flatMap((each) => each.written);
  const names = sortedUnique(written.map(({ metadata }) => metadata.name));
  const [first] = names;
  if (first === undefined || replace.length + unchanged.length + prune.length > 0) return '';
  const rest = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
  const list = oneLine(names.slice(0, maxNames).join(', ')) + rest;
  return terminalText(
    `${plural(names.length, 'namespace')} declared: ${list}. Where another application declares one too, each takes the other's labels away:\n` +
      `say namespaces: { ${oneLine(first)}: { declare: false } }, or declareNamespaces: false for all of a cluster.\n` +
      (declaring.some((each) => each.gitops === 'argocd' && each.written.length > 0) ? ofKubectl : ''),
  );
}
