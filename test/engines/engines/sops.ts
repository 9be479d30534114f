import type { Engine } from '../engine.js';
import { noteRan, programOf } from '../session.js';
import { type CommandOptions, command } from '../toolchain/command.js';
import { GoModule } from '../toolchain/go-module.js';

const upstream = 'github.com/getsops/sops/v3';
const goModule = new GoModule('sops');

/** The program that encrypts, decrypts and edits files. */
export const sopsEngine: Engine = {
  name: 'SOPS',
  form: 'full',
  build: () => goModule.build(upstream, [`${upstream}/cmd/sops`]),
};

/** Runs sops. */
export async function sops(args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const answer = await command(programOf(sopsEngine, 'sops'), args, options);
  noteRan(sopsEngine);
  return answer;
}
