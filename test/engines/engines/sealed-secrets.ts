import type { Engine } from '../engine.js';
import { noteRan, programOf } from '../session.js';
import { command } from '../toolchain/command.js';
import { GoModule } from '../toolchain/go-module.js';

function sealedSecrets(name: string, folder: string, upstream: string): Engine {
  const goModule = new GoModule(folder);
  return {
    name,
    form: 'full',
    build: () => goModule.build(upstream, [`${upstream}/cmd/kubeseal`, `${upstream}/cmd/controller`]),
  };
}

/** The newest that the module proxy serves, and the last one before templates could leave keys out. */
export const sealedSecretsEngines: readonly Engine[] = [
  sealedSecrets('sealed-secrets', 'sealed-secrets', 'github.com/bitnami/sealed-secrets'),
  sealedSecrets('sealed-secrets 0.36', 'sealed-secrets-0.36', 'github.com/bitnami-labs/sealed-secrets'),
];

/** Runs kubeseal, which holds the code by which the controller opens what is sealed. */
export async function kubeseal(engine: Engine, input: string, ...args: string[]): Promise<string> {
  const answer = await command(programOf(engine, 'kubeseal'), args, { input });
  noteRan(engine);
  return answer;
}
