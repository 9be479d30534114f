import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import type { Engine } from '../engine.js';
import { noteRan, programPath, workFolder } from '../session.js';
import { command } from '../toolchain/command.js';
import { GoModule } from '../toolchain/go-module.js';

/** The module of the CLI and the controllers, and the one whose version counts. */
export const kyvernoUpstream = 'github.com/kyverno/kyverno';
export const kyvernoModule = new GoModule('kyverno');

/** The command that applies policies to files; {@link mutatedByPolicies} runs it. */
export const kyvernoCli: Engine = {
  name: 'Kyverno CLI',
  form: 'quick',
  build: () => kyvernoModule.build(kyvernoUpstream, [`${kyvernoUpstream}/cmd/cli/kubectl-kyverno`]),
};

/** What mutation policies make of objects that are created. */
export async function mutatedByPolicies(policies: string, resources: string): Promise<KubeObject[]> {
  const folder = workFolder('kyverno-cli');
  const [policyFile, resourceFile, output] = ['policies.yaml', 'resources.yaml', 'out'].map((each) =>
    join(folder, each),
  );
  writeFileSync(policyFile!, policies);
  writeFileSync(resourceFile!, resources);
  mkdirSync(output!);
  const args = ['apply', policyFile!, '--resource', resourceFile!, '--output', output!];
  await command(programPath('kubectl-kyverno'), args, { env: { HOME: folder } });
  noteRan(kyvernoCli);
  return manifestsIn(output!).map(({ object }) => object);
}
