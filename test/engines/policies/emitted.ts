import { join } from 'node:path';
import { cli, folderOf } from '../../support.js';
import type { ApiServer } from '../cluster/api-server.js';
import { applyOutput } from '../cluster/apply-output.js';
import type { KubeObject, Manifest } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { eventually } from '../processes/eventually.js';

const policyKinds = ['GeneratingPolicy', 'MutatingPolicy', 'ClusterPolicy', 'MutatingAdmissionPolicy'];

/** What the generator writes for cluster `prod` of a config, as it is committed. */
export class Emitted {
  private constructor(readonly manifests: readonly Manifest[]) {}

  static async of(config: string): Promise<Emitted> {
    const folder = folderOf({ 'image-pull.yaml': config });
    const { code, err } = await cli(folder, 'synth');
    // The pods are made in the test: that the config has none to read is the one finding there may be.
    const findings = err.match(/^(?:finding|error|stop):.*/gm) ?? [];
    if (code > 1 || findings.some((finding) => !finding.endsWith('[no-pods]'))) throw new Error(err);
    return new Emitted(manifestsIn(join(folder, 'dist/prod')));
  }

  get policies(): KubeObject[] {
    return this.#objects(({ kind }) => policyKinds.includes(kind));
  }

  get roles(): KubeObject[] {
    return this.#objects(({ kind }) => kind === 'ClusterRole');
  }

  /** The source Secret of a policy that clones. */
  source(pullSecret: string): KubeObject {
    const [source] = this.#objects(({ kind, metadata }) => kind === 'Secret' && metadata.name === pullSecret);
    if (!source) throw new Error(`the output holds no Secret ${pullSecret}`);
    return source;
  }

  /**
   * Applies rights and sources before policies. Kyverno refuses a policy until the rights have reached its roles; a GitOps
   * engine tries again.
   */
  async apply(api: ApiServer): Promise<void> {
    const isPolicy = ({ object }: Manifest) => policyKinds.includes(object.kind);
    expect(
      await applyOutput(
        api,
        this.manifests.filter((each) => !isPolicy(each)),
      ),
    ).toEqual([]);
    for (const policy of this.manifests.filter(isPolicy)) await eventually(() => api.apply(policy));
  }

  #objects(wanted: (object: KubeObject) => boolean): KubeObject[] {
    return this.manifests.map(({ object }) => object).filter(wanted);
  }
}
