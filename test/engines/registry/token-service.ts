import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Running } from '../engine.js';
import { registryUser, type TokenService } from '../engines/registry.js';
import { workFolder } from '../session.js';
import { command } from '../toolchain/command.js';

/**
 * A service that issues tokens to the one user of the registry, by distribution's token specification: whoever comes with a
 * wrong password gets none, whoever comes without gets one that allows nothing.
 */
export class RunningTokenService implements Running {
  private constructor(
    private readonly server: Server,
    /** As the registry is told of it. */
    readonly service: TokenService,
  ) {}

  static async start(): Promise<RunningTokenService> {
    const folder = workFolder('tokens');
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=tokens of the test', '-days', '2'];
    await command('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      certificate,
      ...subject,
    ]);
    const server = createServer((request, response) => {
      const login = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
      const isUser = login === `${registryUser.username}:${registryUser.password}`;
      if (login !== '' && !isUser) return void response.writeHead(401).end();
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      const token = signed(claims(searchParams, isUser ? registryUser.username : undefined), key, certificate);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new RunningTokenService(server, {
      realm: `http://127.0.0.1:${port}/token`,
      service: 'registry',
      issuer: 'tokens',
      certificate,
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function claims(asked: URLSearchParams, user: string | undefined): object {
  const now = Math.floor(Date.now() / 1000);
  const [type = '', name = '', actions = ''] = (asked.get('scope') ?? '').split(':');
  const access = user !== undefined && name !== '' ? [{ type, name, actions: actions.split(',') }] : [];
  return {
    iss: 'tokens',
    aud: asked.get('service'),
    sub: user ?? '',
    nbf: now - 60,
    iat: now,
    exp: now + 300,
    jti: 'x',
    access,
  };
}

function signed(payload: object, key: string, certificate: string): string {
  const der = readFileSync(certificate, 'utf8').replace(/-----[^-]+-----|\s/g, '');
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT', x5c: [der] })}.${part(payload)}`;
  const signature = sign('RSA-SHA256', Buffer.from(text), createPrivateKey(readFileSync(key)));
  return `${text}.${signature.toString('base64url')}`;
}
