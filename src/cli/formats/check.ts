import type { AccessPlan } from '../../model/access/access-plan.js';
import { declaredLists, isPending } from '../../model/access/declared-list.js';
import { workloadText } from '../../model/access/finding-collector.js';
import { oneLine, visible } from '../../model/problem/terminal-text.js';
import type { Plan } from '../../synth/plan.js';
import { pendingReport } from './pending.js';

/** What differs between the config and what is there, a line each; empty if nothing does. */
export function checkReport(plan: Plan, plans: readonly AccessPlan[], shown: string): string {
  const reasons = reasonsByFile(plans);
  const because = (path: string) => {
    const reason = reasons.get(keyOf(path));
    return reason === undefined ? '' : `: ${reason}`;
  };
  const lines = [
    ...plan.create.map(({ path }) => `${shown}/${path} is missing${because(path)}`),
    ...plan.replace.map(({ file }) => `${shown}/${file.path} differs`),
    ...plan.prune.map(({ path }) => `${shown}/${path} is no longer needed`),
  ];
  const files =
    lines.length === 0 ? '' : visible(`${lines.map(oneLine).join('\n')}\nRun synth and commit what it writes.\n`);
  return files + editsReport(plans);
}

/** What `attach` would change, a line each; empty if nothing. */
export function editsReport(plans: readonly AccessPlan[]): string {
  return pendingReport(plans.flatMap(declaredLists).filter(isPending));
}

function keyOf(path: string): string {
  const parts = path.split('/');
  return `${parts[0]}/${parts[parts.length - 1]}`;
}

/** For each namespace's file the first reason for it. */
function reasonsByFile(plans: readonly AccessPlan[]): Map<string, string> {
  const reasons = new Map<string, string>();
  for (const { cluster, needs } of plans) {
    for (const need of needs) {
      const key = `${cluster.name}/${need.namespace}.yaml`;
      if (reasons.has(key)) continue;
      const { why } = need;
      reasons.set(
        key,
        'byHand' in why ? `said at ${why.byHand.join('.')}` : `${workloadText(why.workload)} pulls ${why.image.image}`,
      );
    }
  }
  return reasons;
}
