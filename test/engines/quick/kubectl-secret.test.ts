// The docker config that we write is the one that `kubectl create secret docker-registry` writes.
import { join } from 'node:path';
import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { cli, folderOf } from '../../support.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { kubectl } from '../engines/kubernetes.js';

interface Credential {
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly email?: string;
}

async function kubectlSecret({ server, username, password, email }: Credential): Promise<KubeObject> {
  const flags = { server, username, password, ...(email !== undefined && { email }) };
  const args = Object.entries(flags).map(([name, value]) => `--docker-${name}=${value}`);
  return JSON.parse(
    await kubectl('create', 'secret', 'docker-registry', 'pull', ...args, '--dry-run=client', '--output=json'),
  ) as KubeObject;
}

const decoded = (secret: KubeObject | undefined): unknown =>
  JSON.parse(Buffer.from(secret?.data?.['.dockerconfigjson'] ?? '', 'base64').toString('utf8'));

test.each<Credential>([
  { server: 'ghcr.io', username: 'robot', password: 'secret' },
  { server: 'https://index.docker.io/v1/', username: 'robot', password: 'secret', email: 'a@b.example' },
  { server: 'quay.io/org/', username: 'org+robot', password: 'with:colon:and = sign' },
  { server: 'reg.example:5000', username: '_json_key', password: '{"type":"service_account","key":"-----\\n"}' },
  { server: 'reg.example', username: 'd\u00fcrer', password: 'p\u00e4ss \u{1f511} <&> "\\ \u2028' },
  { server: 'reg.example', username: 'user', password: 'line\nbreak\ttab\u0001' },
  { server: '*.dkr.ecr.*.amazonaws.com', username: 'AWS', password: 'x'.repeat(3000) },
])('for $username on $server, as kubectl makes it', async (credential) => {
  const { server: key, ...rest } = credential;
  const ours = DockerConfig.fromEntries([{ key, ...rest }]).toJson();
  expect(JSON.parse(ours)).toEqual(decoded(await kubectlSecret(credential)));
});

test('the Secret of source plaintext has type and content of the one that kubectl makes', async () => {
  const config = `
version: 1
registries: { reg: { host: reg.example, path: team } }
pullSecrets:
  pull:
    registries: [reg]
    source: { plaintext: { acceptPlaintextInGit: true, username: robot, password: "s\u00e9cret:", email: a@b.example } }
clusters: { prod: {} }
namespaces: { team-a: { pullSecrets: [pull] } }
`;
  const folder = folderOf({ 'image-pull.yaml': config });
  expect((await cli(folder, 'synth')).code).toBe(0);
  const ours = manifestsIn(join(folder, 'dist')).find(({ object }) => object.kind === 'Secret')?.object;
  const [server = ''] = Object.keys((decoded(ours) as { auths: object }).auths);
  const theirs = await kubectlSecret({ server, username: 'robot', password: 's\u00e9cret:', email: 'a@b.example' });
  expect(server).toBe('reg.example/team/');
  expect([ours?.type, decoded(ours)]).toEqual([theirs.type, decoded(theirs)]);
});
