import type { AccessPlan } from '../model/access/access-plan.js';
import type { Problem } from '../model/problem/problem.js';
import { ImagePullApp } from '../synth/image-pull-app.js';
import type { Output } from '../synth/output.js';
import { type Rendered, renderApp } from '../synth/render.js';
import { buildCluster } from './build.js';
import { type PlanOptions, planClusters } from './plan.js';

/** Everything a run of synth works out, before a file is touched. */
export interface Synthesis {
  readonly plans: readonly AccessPlan[];
  readonly output: Output;
  /** How many objects each file holds. */
  readonly objects: ReadonlyMap<string, number>;
  /** Findings and warnings. */
  readonly problems: readonly Problem[];
}

/** Config to files, in memory. Throws all errors together. */
export function synthesize(options: PlanOptions): Synthesis {
  const { plans, problems } = planClusters(options);
  const app = new ImagePullApp();
  for (const plan of plans) buildCluster(app, options.config.spec, plan);
  const rendered = renderApp(app);
  return {
    plans,
    output: rendered.output,
    objects: rendered.objects,
    problems: [...problems, ...sizeWarnings(plans, rendered)],
  };
}

const maxObjects = 2000;

/** Argo CD and Flux compare every object of an application at every refresh. */
function sizeWarnings(plans: readonly AccessPlan[], { objects }: Rendered): Problem[] {
  return plans.flatMap(({ cluster }) => {
    const shards = cluster.bootstrap?.shards ?? 1;
    const counts = new Map<string, number>();
    for (const [path, count] of objects) {
      const [name, stage, shard] = path.split('/');
      if (name !== cluster.name || stage === 'bootstrap') continue;
      const key = shards > 1 && stage === 'namespaces' ? `namespaces/${shard}` : '';
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
    const largest = Math.max(0, ...counts.values());
    if (largest <= maxObjects) return [];
    return [
      {
        code: 'application-large' as const,
        message: `cluster ${cluster.name}: ${largest} objects would be in one application`,
        hint: `bootstrap: { shards: ${Math.ceil((largest * shards) / maxObjects)} } spreads the namespaces`,
      },
    ];
  });
}
