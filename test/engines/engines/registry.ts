import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, Running } from '../engine.js';
import { eventually } from '../processes/eventually.js';
import { firstEnd, Kept } from '../processes/keeper.js';
import { freePorts } from '../processes/ports.js';
import { noteRan, programPath, workFolder } from '../session.js';
import { command } from '../toolchain/command.js';
import { aptProgram } from './apt-program.js';

/** A registry built on distribution, as Debian ships it. */
export const registryEngine: Engine = {
  name: 'registry',
  form: 'full',
  async build() {
    const path = await aptProgram('/usr/bin/docker-registry', 'docker-registry');
    const version = /(\d+\.\d+\.\d+\S*)/.exec(await command(path, ['--version']))?.[1];
    return { version: `v${version ?? ''}`, programs: { 'docker-registry': path } };
  },
};

/** The one user that the registry knows; the hash is bcrypt, of the password. */
export const registryUser = {
  username: 'robot',
  password: 'a-token-of-the-test',
  hash: '$2a$05$abcdefghijklmnopqrstuu/9iUEJ5GxvBRrRcXCP7gkPtuj2x/bDe',
} as const;

/** The service that issues tokens, as the registry is told of it. */
export interface TokenService {
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** The file with the certificate that tokens are checked by. */
  readonly certificate: string;
}

/** A registry on the loopback interface. */
export class RunningRegistry implements Running {
  private constructor(
    private readonly process: Kept,
    /** `127.0.0.1:<port>`, as images name it. */
    readonly host: string,
  ) {}

  /** Starts a registry that asks for user name and password, or for tokens of a service. */
  static async start(tokens?: TokenService): Promise<RunningRegistry> {
    const folder = workFolder('registry');
    const [port] = await freePorts(1);
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const auth = tokens
      ? {
          token: {
            realm: tokens.realm,
            service: tokens.service,
            issuer: tokens.issuer,
            rootcertbundle: tokens.certificate,
          },
        }
      : { htpasswd: { realm: 'test', path: file('users', `${registryUser.username}:${registryUser.hash}\n`) } };
    const config = {
      version: 0.1,
      log: { level: 'warn' },
      storage: { filesystem: { rootdirectory: join(folder, 'data') } },
      http: { addr: `127.0.0.1:${port}` },
      auth,
    };
    const process = Kept.start({
      program: programPath('docker-registry'),
      args: ['serve', file('config.yml', JSON.stringify(config))],
      folder,
    });
    const registry = new RunningRegistry(process, `127.0.0.1:${port}`);
    try {
      await eventually(async () => (await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined))?.status, {
        seconds: 30,
        hopeless: () => firstEnd([process]),
        otherwise: () => process.logTail(),
      });
    } catch (error) {
      await process.stop();
      throw error;
    }
    noteRan(registryEngine);
    return registry;
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}
