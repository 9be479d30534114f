import { argocdWave } from '../gitops/argocd.js';
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
  const hook = earlyHook(annotations?.get(argocdHook), annotations?.get('helm.sh/hook'));
  if (hook !== undefined) return words`hook ${hook}`;
  const wave = Number.parseInt(annotations?.get('argocd.argoproj.io/sync-wave') ?? '0', 10);
  // What a wave holds is applied without waiting, accounts before what has pods.
  const needed = attachmentOf(pullSecret).lists === 'accounts' ? 'defaultAccount' : 'externalSecret';
  return wave < argocdWave(needed) ? words`wave ${wave}` : undefined;
}

const argocdHook = 'argocd.argoproj.io/hook';

/** Where Argo CD's own hook is stated, it takes no note of Helm's. */
function earlyHook(own: string | undefined, helm: string | undefined): string | undefined {
  const hooks = (own ?? helm ?? '').split(',').map((each) => each.trim());
  const early = own === undefined ? ['pre-install', 'pre-upgrade'] : ['PreSync'];
  return hooks.find((each) => early.includes(each));
}
