import type { Synthesis } from '../app/synthesize.js';
import { pullText } from '../model/needs/puller-text.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import { terminalText } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import { pendingReport } from './pending.js';
import type { FileOf } from './row.js';
import type { ShownPlan } from './shown-plan.js';

/** Report of what differs between the config and what is there, a line each; empty if nothing does. */
export function checkReport({ plans, pending }: Synthesis, plan: ShownPlan, fileOf: FileOf): string {
  const reasons = reasonsByFile(plans, fileOf);
  const because = (path: string) => {
    const reason = reasons.get(path);
    return reason === undefined ? '' : `: ${reason}`;
  };
  const lines = [
    ...plan.create.map(({ path }) => `${path} is missing${because(path)}`),
    ...plan.replace.map(({ file }) => `${file.path} differs`),
    ...plan.prune.map(({ path }) => `${path} is no longer needed`),
  ];
  const files =
    lines.length === 0 ? '' : terminalText(`${lines.map(oneLine).join('\n')}\nRun synth and commit what it writes.\n`);
  return files + pendingReport(pending);
}

/** For each namespace's file the first reason for it. */
function reasonsByFile(plans: readonly AccessPlan[], fileOf: FileOf): Map<string, string> {
  const reasons = new Map<string, string>();
  const say = (cluster: string, namespace: string, reason: string) => {
    const key = fileOf(cluster, namespace);
    if (!reasons.has(key)) reasons.set(key, reason);
  };
  for (const { cluster, needs, grants } of plans) {
    for (const { namespace, why } of needs)
      say(cluster.name, namespace, 'byHand' in why ? `said at ${why.byHand.join('.')}` : pullText(why));
    for (const { from, why } of grants) if (why) say(cluster.name, from, pullText(why));
  }
  return reasons;
}
