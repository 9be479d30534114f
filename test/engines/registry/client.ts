import { createHash } from 'node:crypto';

/** User name and password. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

/**
 * Asks a registry for an image as a container runtime does: without a credential first, then as the challenge says, with
 * user name and password, or with a token that they buy.
 *
 * @returns the status of the last answer
 */
export async function pull(image: string, login: Login | undefined): Promise<number> {
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/([^:]+):(.+)$/.exec(image) ?? [];
  const url = `http://${host}/v2/${repository}/manifests/${tag}`;
  const first = await fetch(url, { method: 'HEAD', headers: { accept: manifestType } });
  if (first.status !== 401) return first.status;
  const authorization = await answerTo(first.headers.get('www-authenticate') ?? '', login);
  if (authorization === undefined) return 401;
  return (await fetch(url, { method: 'HEAD', headers: { accept: manifestType, authorization } })).status;
}

/** Puts an image without layers into a registry. */
export async function push(image: string, login: Login): Promise<void> {
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/([^:]+):(.+)$/.exec(image) ?? [];
  const base = `http://${host}/v2/${repository}`;
  const challenged = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const authorization = (await answerTo(challenged.headers.get('www-authenticate') ?? '', login)) ?? '';
  const config = '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}';
  const digest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
  const upload = await fetch(`${base}/blobs/uploads/`, { method: 'POST', headers: { authorization } });
  const location = new URL(upload.headers.get('location') ?? '', base);
  location.searchParams.set('digest', digest);
  await expectStatus(
    fetch(location, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/octet-stream' },
      body: config,
    }),
    201,
  );
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: config.length, digest },
    layers: [],
  });
  await expectStatus(
    fetch(`${base}/manifests/${tag}`, {
      method: 'PUT',
      headers: { authorization, 'content-type': manifestType },
      body: manifest,
    }),
    201,
  );
}

/** The header that answers a challenge; undefined where nothing can. */
async function answerTo(challenge: string, login: Login | undefined): Promise<string | undefined> {
  const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  if (challenge.startsWith('Basic')) return basic;
  const values = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value]) => [key, value]),
  );
  if (values.realm === undefined) return undefined;
  const url = new URL(values.realm);
  url.searchParams.set('service', values.service ?? '');
  if (values.scope !== undefined) url.searchParams.set('scope', values.scope);
  const answer = await fetch(url, basic === undefined ? {} : { headers: { authorization: basic } });
  if (!answer.ok) return undefined;
  return `Bearer ${((await answer.json()) as { token: string }).token}`;
}

async function expectStatus(answer: Promise<Response>, status: number): Promise<void> {
  const { status: found } = await answer;
  if (found !== status) throw new Error(`the registry answered ${found} in place of ${status}`);
}
