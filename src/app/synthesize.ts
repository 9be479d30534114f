import type { AccessPlan } from '../model/access/access-plan.js';
import type { Problem } from '../model/problem/problem.js';
import type { ImagePullSpec } from '../model/spec/spec.js';
import { ImagePullApp } from '../synth/image-pull-app.js';
import type { Output } from '../synth/output.js';
import { type Plan, planOutput } from '../synth/plan.js';
import { type Rendered, renderApp } from '../synth/render.js';
import { buildCluster } from './build.js';
import { leavingAccess } from './leaving.js';
import { type PlanOptions, planClusters } from './plan.js';
import { sizeWarnings } from './size-warnings.js';

/** What to work out, and for which output folder. */
export interface SynthesizeOptions extends PlanOptions {
  /** The output folder. Read only; it need not exist. */
  readonly folder: string;
  /** Folders below it in which files of ours are pruned. */
  readonly within: readonly string[];
  /** Lets access leave at once: nothing is retired and nothing stops. @default false */
  readonly now?: boolean | undefined;
}

/** Everything a run of synth works out, before a file is touched. */
export interface Synthesis {
  readonly plans: readonly AccessPlan[];
  readonly output: Output;
  /** How many objects each file holds. */
  readonly objects: ReadonlyMap<string, number>;
  /** Findings and warnings. */
  readonly problems: readonly Problem[];
  /** What writing the output would change. */
  readonly changes: Plan;
  /** Findings that forbid writing: access would leave. */
  readonly stops: readonly Problem[];
}

/**
 * Config, manifests and the files in the output folder to new files, in memory. Throws all errors of config and
 * manifests together; what forbids writing to the folder is in `changes`.
 */
export function synthesize(options: SynthesizeOptions): Synthesis {
  const { config, folder, within } = options;
  const { clusters, problems } = planClusters(options);
  const plans = clusters.map(({ plan }) => plan);
  const rendered = render(config.spec, plans);
  const changes = planOutput(folder, rendered.output, { within });
  if (options.now) return synthesis(plans, rendered, changes, problems);
  const leaving = leavingAccess(clusters, config.spec, changes);
  const all = [...problems, ...leaving.problems.map(config.locate)];
  if (!leaving.plans.some(hasRetired)) return synthesis(plans, rendered, changes, all, leaving.stops);
  const again = render(config.spec, leaving.plans);
  const changesAgain = planOutput(folder, again.output, { within });
  return synthesis(leaving.plans, again, changesAgain, all, leaving.stops);
}

function render(spec: ImagePullSpec, plans: readonly AccessPlan[]): Rendered {
  const app = new ImagePullApp();
  for (const plan of plans) buildCluster(app, spec, plan);
  return renderApp(app);
}

function hasRetired({ accounts, retired }: AccessPlan): boolean {
  return retired.length > 0 || accounts.some((account) => account.retired.length > 0);
}

function synthesis(
  plans: readonly AccessPlan[],
  rendered: Rendered,
  changes: Plan,
  problems: readonly Problem[],
  stops: readonly Problem[] = [],
): Synthesis {
  const { output, objects } = rendered;
  return { plans, output, objects, changes, stops, problems: [...problems, ...sizeWarnings(plans, objects)] };
}
