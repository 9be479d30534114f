import { argocdWave } from '../gitops/argocd.js';
import { type Hook, hookOf } from '../model/inventory/hook.js';
import type { Workload } from '../model/inventory/workload.js';
import type { Need } from '../model/needs/need.js';
import { workloadText } from '../model/needs/puller-text.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { type Words, words } from '../model/problem/shown.js';
import { attachmentOf } from '../model/vocabulary/attachments.js';

/**
 * Findings about pods that Argo CD makes before what lies beside them: in a hook before the sync, which ends before the
 * rest begins, or in an earlier wave, which must be healthy before the next one. Both would wait for ever.
 */
export function earlyPods({ cluster, needs, folders }: AccessPlan): Problem[] {
  if (cluster.gitops !== 'argocd') return [];
  const told = new Set<Workload>();
  return needs.flatMap((need) => {
    const { why } = need;
    if (!('workload' in why) || !folders.has(need.namespace) || told.has(why.workload)) return [];
    const moment = earlyMoment(why.workload, need);
    if (moment === undefined) return [];
    told.add(why.workload);
    return [
      At.of(why.workload.place).find(
        'pods-too-early',
        words`${workloadText(why.workload)} runs in ${moment}, before its pull secret ${need.pullSecret.name}, which lies beside it`,
        words`let its access sync earlier (placement: central), or move it: wave ${argocdWave('defaultAccount') + 1} or later, hook Sync or PostSync`,
      ),
    ];
  });
}

function earlyMoment({ annotations }: Workload, { pullSecret }: Need): Words | undefined {
  const hook = hookOf(annotations);
  const early = hook?.moments.find((each) => beforeSync[hook.engine].includes(each));
  if (early !== undefined) return words`hook ${early}`;
  const wave = Number.parseInt(annotations?.get('argocd.argoproj.io/sync-wave') ?? '0', 10);
  // What a wave holds is applied without waiting, accounts before what has pods.
  const needed = attachmentOf(pullSecret).lists === 'accounts' ? 'defaultAccount' : 'externalSecret';
  return wave < argocdWave(needed) ? words`wave ${wave}` : undefined;
}

/** The moments that come before the sync. */
const beforeSync: Readonly<Record<Hook['engine'], readonly string[]>> = {
  'Argo CD': ['PreSync'],
  Helm: ['pre-install', 'pre-upgrade'],
};
