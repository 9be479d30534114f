import type { AccessPlan } from '../model/plan/access-plan.js';
import { plural } from './problems.js';

/** One line per cluster: what became of every image. */
export function imageReport(plans: readonly AccessPlan[]): string {
  return plans
    .map(({ cluster, counts }) => {
      const parts = [
        [counts.needed, 'with a pull secret'],
        [counts.internal, 'internal to OpenShift'],
        [counts.public, 'public'],
        [counts.anonymous, 'anonymous'],
        [counts.mirrored, 'from mirrors'],
        [counts.nodes, 'opened by the nodes'],
        [counts.excluded, 'excluded'],
        [counts.findings, 'in findings'],
      ] as const;
      const text = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
      return `${cluster.name}: ${plural(counts.images, 'image reference')}${text.length > 0 ? `: ${text.join(', ')}` : ''}.\n`;
    })
    .join('');
}
