import { dirname, resolve } from 'node:path';
import { App, type AppProps } from 'cdk8s';
import type { Output } from '../output/output.js';
import { planOutput } from '../output/plan.js';
import { toYamlStream } from '../output/stream.js';
import { applyPlans } from '../output/writer.js';
import { renderApp } from './render.js';
import { PrintedWarnings } from './warnings.js';

/**
 * An app with linear synthesis: one walk over the tree instead of one per chart. Clusters become
 * `<outdir>/<cluster>/<stage>/…yaml`; other charts keep the names and bytes that stock cdk8s gives them.
 *
 * @example
 * ```ts
 * import { Cluster, ImagePullApp } from 'cdk8s-image-pull';
 *
 * const app = new ImagePullApp({ outdir: 'rendered' });
 * const prod = new Cluster(app, 'prod', { kubernetes: '1.35' });
 * prod.namespace('team-a');
 * const files = [...app.render().keys()]; // prod/namespaces/team-a.yaml
 * app.synth();
 * ```
 */
export class ImagePullApp extends App {
  readonly #warnings = new PrintedWarnings();

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
   * `output-foreign-file` and `output-path-outside`, in each case with no file touched. Prints the warnings of clusters and
   * pull secrets on standard error, each once.
   */
  override synth(): void {
    const { output, beside } = renderApp(this);
    this.#warnings.print(this.node.findAll());
    const plan = planOutput(this.outdir, output, { within: [''] });
    const around = dirname(resolve(this.outdir));
    const besidePlan = planOutput(around, beside, { within: [] });
    applyPlans([
      { folder: this.outdir, plan },
      { folder: around, plan: besidePlan, isUsers: true },
    ]);
  }

  /** All objects as one YAML stream. */
  override synthYaml(): string {
    const { output, beside } = renderApp(this);
    return toYamlStream([...output.values(), ...beside.values()]);
  }
}
