import type { AccessPlan } from '../model/access/access-plan.js';
import type { Problem } from '../model/problem/problem.js';
import { ImagePullApp } from '../synth/image-pull-app.js';
import type { Output } from '../synth/output.js';
import { renderApp } from '../synth/render.js';
import { buildCluster } from './build.js';
import { type PlanOptions, planClusters } from './plan.js';
import { sizeWarnings } from './size-warnings.js';

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
    problems: [...problems, ...sizeWarnings(plans, rendered.objects)],
  };
}
