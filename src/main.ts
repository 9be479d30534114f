import { makeManifests } from './app/made-clusters.js';
import { synthesize } from './app/synthesize.js';
import { loadConfig } from './config/load.js';
import { hasFindings, ImagePullError, type Problem, problemText } from './model/problem/problem.js';
import { applyPlans } from './output/writer.js';

// The app that cdk8s.yaml runs: image-pull.yaml of this folder into the folder that the cdk8s CLI names.
main().catch((error: unknown) => {
  if (!ImagePullError.is(error)) throw error;
  report(error.problems);
  process.exitCode = 2;
});

async function main(): Promise<void> {
  const folder = process.env.CDK8S_OUTDIR ?? 'dist';
  const config = loadConfig();
  const made = await makeManifests(config, { environment: process.env });
  const { changes, beside, problems, stops, known } = synthesize({ config, made, folder, within: [''] });
  const blocked = [...changes.problems, ...beside.changes.problems];
  if (blocked.length > 0) throw new ImagePullError(blocked);
  // The cdk8s CLI empties the folder before; removing files is not this app's business.
  if (stops.length === 0) {
    applyPlans(
      [
        { folder, plan: { ...changes, prune: [] } },
        { folder: beside.root, plan: { ...beside.changes, prune: [] }, isUsers: true },
      ],
      known,
    );
  }
  const all = [...problems, ...stops];
  report(all);
  if (hasFindings(all)) process.exitCode = 1;
}

function report(problems: readonly Problem[]): void {
  for (const problem of problems) process.stderr.write(`${problemText(problem)}\n`);
}
