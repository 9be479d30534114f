import { existsSync } from 'node:fs';
import type { Engine } from '../engine.js';
import { noteRan, programOf } from '../session.js';
import { command } from '../toolchain/command.js';

const path = '/usr/bin/age';

/** age as Debian ships it. */
export const ageEngine: Engine = {
  name: 'age',
  form: 'full',
  async build() {
    if (!existsSync(path)) await install();
    return { version: `v${(await command(path, ['--version'])).trim()}`, programs: { age: path } };
  },
};

async function install(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('age is missing: run "apt-get install age" as root');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await command('apt-get', ['update'], { env });
    await command('apt-get', ['install', '--yes', '--no-install-recommends', 'age'], { env });
  } catch (error) {
    throw new Error('age is missing, and apt-get could not install it', { cause: error });
  }
}

/** Decrypts a text in armor with the identity in a file. */
export async function ageDecrypt(text: string, identity: string): Promise<string> {
  const answer = await command(programOf(ageEngine, 'age'), ['--decrypt', '--identity', identity], { input: text });
  noteRan(ageEngine);
  return answer;
}
