import type { KubeObject } from '../cluster/kube-object.js';
import type { Engine } from '../engine.js';
import { noteRan, programPath } from '../session.js';
import { command } from '../toolchain/command.js';
import { GoModule } from '../toolchain/go-module.js';

const goModule = new GoModule('external-secrets');

/** The template engine of the External Secrets Operator, in a program of ours; {@link renderExternalSecret} asks it. */
export const externalSecretsTemplates: Engine = {
  name: 'Templates of External Secrets',
  form: 'full',
  build: () => goModule.build('github.com/external-secrets/external-secrets', ['.']),
};

/** The Secret that the operator makes of an ExternalSecret when its store gives these values, by `secretKey`. */
export async function renderExternalSecret(
  externalSecret: KubeObject,
  values: Readonly<Record<string, string>>,
): Promise<KubeObject> {
  const input = JSON.stringify({ externalSecret, values });
  const secret = JSON.parse(await command(programPath('external-secrets'), [], { input })) as KubeObject;
  noteRan(externalSecretsTemplates);
  return secret;
}
