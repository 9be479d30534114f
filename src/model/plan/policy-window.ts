import { compareText } from '../names/names.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { copierOf } from '../reach/copier.js';
import { isPolicyName } from '../reach/delivery-names.js';
import { attachmentOf } from '../vocabulary/attachments.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { distributionOf, isCopied } from '../vocabulary/distributions.js';

/** New policies act late: once per cluster, with the names that it is about. */
export function policyWindow(cluster: ClusterModel, names: readonly string[]): Problem[] {
  const policies = names.filter(isPolicyName);
  if (policies.length === 0) return [];
  return [
    At.of({ path: ['clusters', cluster.name] }).warn(
      'policy-window',
      words`cluster ${cluster.name}: a policy acts some seconds after it was applied and changes no pod that runs: ${policies.join(', ')}`,
    ),
  ];
}

/** Copies come late, too. Of clones the warning about policies says it. */
export function copyWindow({ name, pullSecrets }: ClusterModel): Problem[] {
  const copied = [...pullSecrets.values()].filter(
    (each) => isCopied(each) && distributionOf(each).delivery?.purpose !== 'clone',
  );
  if (copied.length === 0) return [];
  const copies = copied.map((each) => `${each.name} by ${copierOf(each)}`).sort(compareText);
  const isPatched = copied.some((each) => attachmentOf(each).purpose === 'copy');
  return [
    At.of({ path: ['clusters', name] }).warn(
      'policy-window',
      words`cluster ${name}: copies come some seconds after their source or their namespace: ${copies.join(', ')}`,
      words`sync the source before the workloads; a pod that lists a copy pulls once it is there${isPatched ? ', but a pod that was made before the patcher changed its account must be deleted' : ''}`,
    ),
  ];
}
