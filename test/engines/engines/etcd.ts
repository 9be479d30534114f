import type { Engine } from '../engine.js';
import { command } from '../toolchain/command.js';
import { aptProgram } from './apt-program.js';

/** etcd as Debian ships it. */
export const etcd: Engine = {
  name: 'etcd',
  form: 'quick',
  async build() {
    const path = await aptProgram('/usr/bin/etcd', 'etcd-server');
    const version = /^etcd Version: (\S+)/m.exec(await command(path, ['--version']))?.[1];
    return { version: `v${version}`, programs: { etcd: path } };
  },
};
