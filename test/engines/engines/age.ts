import type { Engine } from '../engine.js';
import { noteRan, programOf } from '../session.js';
import { command } from '../toolchain/command.js';
import { aptProgram } from './apt-program.js';

/** age as Debian ships it. */
export const ageEngine: Engine = {
  name: 'age',
  form: 'full',
  async build() {
    const path = await aptProgram('/usr/bin/age', 'age');
    return { version: `v${(await command(path, ['--version'])).trim()}`, programs: { age: path } };
  },
};

/** Decrypts a text in armor with the identity in a file. */
export async function ageDecrypt(text: string, identity: string): Promise<string> {
  const answer = await command(programOf(ageEngine, 'age'), ['--decrypt', '--identity', identity], { input: text });
  noteRan(ageEngine);
  return answer;
}
