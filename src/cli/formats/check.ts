import type { AccessPlan } from '../../model/access/access-plan.js';
import { workloadText } from '../../model/access/finding-collector.js';
import { placeText } from '../../model/problem/problem.js';
import { oneLine, visible } from '../../model/problem/terminal-text.js';
import type { Plan } from '../../synth/plan.js';

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

/** What lists in manifests of the user lack, a line each; empty if nothing. */
export function editsReport(plans: readonly AccessPlan[]): string {
  const lines = [...new Set(plans.flatMap(edits))];
  return lines.length === 0 ? '' : visible(`${lines.map(oneLine).join('\n')}\nAdd what is named to these manifests.\n`);
}

/** Only the file of a namespace is there for one reason; a policy has a pull secret's name. */
function keyOf(path: string): string {
  const parts = path.split('/');
  return parts[1] === 'namespaces' ? `${parts[0]}/${parts[parts.length - 1]}` : '';
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

function edits(plan: AccessPlan): string[] {
  return [
    ...plan.accounts
      .filter((account) => account.missing.length > 0)
      .map(({ declared, missing, namespace, name }) => {
        const place = declared?.pullSecretsPlace ?? declared?.place;
        return `${place ? `${placeText(place)}: ` : ''}service account ${namespace}/${name} lacks ${missing.join(', ')}`;
      }),
    ...plan.templates
      .filter((template) => template.missing.length > 0)
      .map(({ workload, missing }) => {
        const place = workload.pullSecrets.place ?? workload.podSpecPlace ?? workload.place;
        return `${place ? `${placeText(place)}: ` : ''}${workloadText(workload)} lacks ${missing.join(', ')}`;
      }),
  ];
}
