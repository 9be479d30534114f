import { cli, deployment, folderOf } from '../support.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (content: string, type = 'kubernetes.io/dockerconfigjson') =>
  `---\napiVersion: v1\nkind: Secret\nmetadata: { name: regcred, namespace: team-a }\ntype: ${type}\ndata: { .dockerconfigjson: ${base64(content)} }\n`;
const entry = (key: string) => `{"auths":{"${key}":{"username":"bot","password":"hunter2"}}}`;
const config =
  'version: 1\nregistries: { ghcr: { preset: ghcr, path: acme } }\npullSecrets: { regcred: { registries: [ghcr], source: { existing: {} } } }\nclusters: { prod: { kubernetes: "1.35" } }\nworkloads: [apps]\n';
const web = `${deployment('team-a', 'web', ['ghcr.io/acme/web:v4'])}`;

/** The codes that `synth` finds where this Secret stands in the manifests under the name that the config relies on. */
async function found(content: string, type?: string): Promise<{ code: number; codes: string[]; err: string }> {
  const { code, err } = await cli(
    folderOf({ 'image-pull.yaml': config, 'apps/all.yaml': web + secret(content, type) }),
    'synth',
  );
  return { code, codes: [...err.matchAll(/\[([a-z-]+)\]\n/g)].map(([, each]) => each ?? ''), err };
}

test('a Secret of somebody else that opens what it must is fine', async () => {
  expect(await found(entry('ghcr.io/acme/'))).toMatchObject({ code: 0, codes: [] });
});

test.each([
  ['has no entry for the image', entry('ghcr.io/other/'), 'image-uncovered'],
  ['does not decode', '{"auths":{"ghcr.io":{"auth":"pants"}}}', 'pull-blocked'],
  ['has an entry without a password', '{"auths":{"ghcr.io":{"username":"bot"}}}', 'credential-blank'],
  [
    'has two keys that come to the same',
    '{"auths":{"ghcr.io":{"auth":"YTpi"},"https://ghcr.io/v2/":{"auth":"Yzpk"}}}',
    'credential-order-random',
  ],
])('synth does not say fine about a Secret of somebody else that %s', async (_what, content, code) => {
  const answer = await found(content);
  expect(answer).toMatchObject({ code: 1, codes: [code] });
  expect(answer.err).not.toContain('hunter2');
});

test('a need that the config takes away is not proven', async () => {
  const folder = folderOf({
    'image-pull.yaml': `${config}exclude: [{ namespace: team-a }]\n`,
    'apps/all.yaml': web + secret(entry('quay.io')),
  });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
});
