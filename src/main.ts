import { synthesize } from './app/synthesize.js';
import { loadConfig } from './config/load.js';
import { ImagePullError, type Problem, problemText, severityOf } from './model/problem/problem.js';
import { planOutput } from './synth/plan.js';
import { applyPlan } from './synth/writer.js';

// The app that cdk8s.yaml runs: image-pull.yaml of this folder into the folder that the cdk8s CLI names.
try {
  const { output, problems } = synthesize({ config: loadConfig() });
  const folder = process.env.CDK8S_OUTDIR ?? 'dist';
  // The cdk8s CLI empties the folder before; removing files is not this app's business.
  const plan = planOutput(folder, output, { within: [] });
  if (plan.problems.length > 0) throw new ImagePullError(plan.problems);
  applyPlan(folder, plan);
  report(problems);
  if (problems.some((problem) => severityOf(problem) === 'finding')) process.exitCode = 1;
} catch (error) {
  if (!ImagePullError.is(error)) throw error;
  report(error.problems);
  process.exitCode = 2;
}

function report(problems: readonly Problem[]): void {
  for (const problem of problems) process.stderr.write(`${problemText(problem)}\n`);
}
