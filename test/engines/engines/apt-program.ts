import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { command } from '../toolchain/command.js';

/**
 * A program as Debian ships it; it is installed where that can be done.
 *
 * @throws Error with a message for people where it is missing and cannot be installed
 */
export async function aptProgram(path: string, debianPackage: string): Promise<string> {
  if (!existsSync(path)) await install(basename(path), debianPackage);
  return path;
}

async function install(name: string, debianPackage: string): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error(`${name} is missing: run "apt-get install ${debianPackage}" as root`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await command('apt-get', ['update'], { env });
    await command('apt-get', ['install', '--yes', '--no-install-recommends', debianPackage], { env });
  } catch (error) {
    throw new Error(`${name} is missing, and apt-get could not install ${debianPackage}`, { cause: error });
  }
}
