import { dirname, resolve } from 'node:path';
import { App, type AppProps } from 'cdk8s';
import { throwErrors } from '../model/problem/problem.js';
import type { Output } from './output.js';
import { planOutput } from './plan.js';
import { renderApp } from './render.js';
import { toYamlStream } from './stream.js';
import { applyPlan } from './writer.js';

/**
 * An app with linear synthesis: one walk over the tree instead of one per chart. Clusters become
 * `<outdir>/<cluster>/<stage>/…yaml`; other charts keep the names and bytes that stock cdk8s gives them.
 */
export class ImagePullApp extends App {
  constructor(props: AppProps = {}) {
    super(props);
  }

  /**
   * Renders everything in memory: files by path below the output folder. Those of namespaces with a `folder` lie
   * elsewhere and are left out. Throws what {@link synth} throws.
   */
  render(): Output {
    return renderApp(this).output;
  }

  /**
   * Renders, then writes what changed into `outdir` and removes files of earlier runs that are no longer rendered.
   * Throws `validation-failed`, `object-duplicate`, `secret-too-large`, `output-collision`, `output-not-writable`,
   * `output-foreign-file` and `output-path-outside`, in each case with no file touched.
   */
  override synth(): void {
    const { output, beside } = renderApp(this);
    const plan = planOutput(this.outdir, output, { within: [''] });
    const around = dirname(resolve(this.outdir));
    const besidePlan = planOutput(around, beside, { within: [] });
    throwErrors([...plan.problems, ...besidePlan.problems]);
    applyPlan(this.outdir, plan);
    applyPlan(around, besidePlan);
  }

  /** All objects as one YAML stream. */
  override synthYaml(): string {
    const { output, beside } = renderApp(this);
    return toYamlStream([...output.values(), ...beside.values()]);
  }
}
