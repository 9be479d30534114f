import { Agent, request } from 'node:https';

/** What the API server answered. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** A request to the API server. */
export interface Call {
  readonly method?: string;
  /** Path and query. */
  readonly path: string;
  readonly body?: string;
  /** @default application/json */
  readonly contentType?: string;
}

/** HTTPS to one API server, as one user. */
export class Connection {
  readonly #agent: Agent;

  constructor(
    readonly port: number,
    private readonly token: string,
    certificateAuthority: string,
  ) {
    this.#agent = new Agent({ keepAlive: true, ca: certificateAuthority });
  }

  call({ method = 'GET', path, body, contentType = 'application/json' }: Call): Promise<Reply> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(body !== undefined && { 'content-type': contentType }),
    };
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, path, method, headers, agent: this.#agent };
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
