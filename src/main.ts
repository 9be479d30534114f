import { synthesize } from './app/synthesize.js';
import { loadConfig } from './config/load.js';
import { planOutput } from './synth/plan.js';
import { applyPlan } from './synth/writer.js';

// The app that cdk8s.yaml runs: image-pull.yaml of this folder into the folder that the cdk8s CLI names.
const { output } = synthesize({ config: loadConfig() });
const folder = process.env.CDK8S_OUTDIR ?? 'dist';
applyPlan(folder, planOutput(folder, output, { within: [''] }));
