import type { Engine } from '../engine.js';
import { command } from '../toolchain/command.js';
import { aptProgram } from './apt-program.js';

/** Redis as Debian ships it: the cache of Argo CD. */
export const redis: Engine = {
  name: 'Redis',
  form: 'all',
  part: 'argocd',
  async build() {
    const path = await aptProgram('/usr/bin/redis-server', 'redis-server');
    const version = /v=(\S+)/.exec(await command(path, ['--version']))?.[1];
    return { version: `v${version}`, programs: { 'redis-server': path } };
  },
};
