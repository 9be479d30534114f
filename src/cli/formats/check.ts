import type { AccessPlan } from '../../model/access/access-plan.js';
import { declaredLists, isPending } from '../../model/access/declared-list.js';
import { pullText } from '../../model/access/finding-collector.js';
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

/** Only the file of a namespace is there for one reason; a policy has a pull secret's name. */
function keyOf(path: string): string {
  const parts = path.split('/');
  return parts[1] === 'namespaces' ? `${parts[0]}/${parts[parts.length - 1]}` : '';
}

/** For each namespace's file the first reason for it. */
function reasonsByFile(plans: readonly AccessPlan[]): Map<string, string> {
  const reasons = new Map<string, string>();
  const say = (cluster: string, namespace: string, reason: string) => {
    const key = `${cluster}/${namespace}.yaml`;
    if (!reasons.has(key)) reasons.set(key, reason);
  };
  for (const { cluster, needs, grants } of plans) {
    for (const { namespace, why } of needs)
      say(cluster.name, namespace, 'byHand' in why ? `said at ${why.byHand.join('.')}` : pullText(why));
    for (const { from, why } of grants) if (why) say(cluster.name, from, pullText(why));
  }
  return reasons;
}
