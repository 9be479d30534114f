import { existsSync } from 'node:fs';
import type { Engine } from '../engine.js';
import { command } from '../toolchain/command.js';

const path = '/usr/bin/etcd';

/** etcd as Debian ships it. */
export const etcd: Engine = {
  name: 'etcd',
  form: 'quick',
  async build() {
    if (!existsSync(path)) await install();
    const version = /^etcd Version: (\S+)/m.exec(await command(path, ['--version']))?.[1];
    return { version: `v${version}`, programs: { etcd: path } };
  },
};

async function install(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('etcd is missing: run "apt-get install etcd-server" as root');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await command('apt-get', ['update'], { env });
    await command('apt-get', ['install', '--yes', '--no-install-recommends', 'etcd-server'], { env });
  } catch (error) {
    throw new Error('etcd is missing, and apt-get could not install etcd-server', { cause: error });
  }
}
