import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const token = `ghp_${'aB3dE5gH7jK9mN2pQ4sT6vW8yZ1cF0rX'.slice(0, 32)}q1W2`;
const password = 'Tr0ub4dor&3-horse';
const auth = Buffer.from(`robot:${password}`).toString('base64');
const docker = JSON.stringify({ auths: { 'ghcr.io': { auth } } });

const config = (source: string, more = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { pull: { registries: [ghcr], source: { ${source} }${more} } }
workloads: [apps]
clusters: { prod: { gitops: argocd } }
`;

const existing = { 'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']) };
const plaintext = `plaintext: { acceptPlaintextInGit: true, username: robot, password: "${password}" }`;

describe('synth writes nothing that would expose a credential', () => {
  test.each([
    [
      'a token in an annotation',
      config('external: { store: vault, key: a }', `, metadata: { annotations: { note: ${token} } }`),
    ],
    ['the password of another pull secret', config(plaintext, `, metadata: { annotations: { note: "${password}" } }`)],
    [
      'a docker config in an annotation',
      config('external: { store: vault, key: a }', `, metadata: { annotations: { note: '${docker}' } }`),
    ],
  ])('%s', async (_what, text) => {
    const folder = folderOf({ 'image-pull.yaml': text, ...existing });
    for (const argv of [['synth'], ['synth', '--stdout']]) {
      if (argv.includes('--stdout') && text.includes('plaintext')) continue;
      const { code, out, err } = await cli(folder, ...argv);
      expect(code).toBe(2);
      expect(err).toMatch(/dist\S*|prod\/\S+/);
      expect(err).toContain('[output-exposed]');
      expect(out + err).not.toContain(token);
      expect(out + err).not.toContain(password);
      expect(out + err).not.toContain(auth);
    }
    expect(Object.keys(filesOf(folder)).filter((file) => file.startsWith('dist'))).toEqual([]);
  });

  test('the password of a Secret among the manifests', async () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: own, namespace: team-b }\ntype: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: '${docker}' }\n`;
    const text = config('external: { store: vault, key: a }', `, metadata: { annotations: { note: "${password}" } }`);
    const folder = folderOf({ 'image-pull.yaml': text, ...existing, 'apps/secret.yaml': secret });
    const { code, err } = await cli(folder, 'synth');
    expect([code, err.includes('[output-exposed]'), err.includes(password)]).toEqual([2, true, false]);
  });

  test('a Secret that the config accepts in the clear is written, for its owner alone', async () => {
    const folder = folderOf({ 'image-pull.yaml': config(plaintext), ...existing });
    expect((await cli(folder, 'synth')).code).toBe(0);
    expect(statSync(join(folder, 'dist/prod/namespaces/team-a.yaml')).mode & 0o777).toBe(0o600);
  });
});

test('attach does not care for a credential that stands in a manifest already', async () => {
  const secret = `---\napiVersion: v1\nkind: Secret\nmetadata: { name: own, namespace: team-a }\nstringData: { token: ${token} }\n`;
  const folder = folderOf({
    'image-pull.yaml': config('external: { store: vault, key: a }').replace(
      'gitops: argocd',
      'gitops: argocd, attachment: podTemplate',
    ),
    'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']) + secret,
  });
  expect((await cli(folder, 'attach')).code).toBe(0);
  expect(readFileSync(join(folder, 'apps/a.yaml'), 'utf8')).toContain('name: pull');
});

describe('verify --secrets', () => {
  const repository = {
    ...existing,
    'apps/chart-values.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: values, namespace: team-a }\ndata:\n  token: ${token}\n`,
    'apps/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: pull, namespace: team-a }\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${Buffer.from(docker).toString('base64')}\n`,
  };

  test('each credential in a file that is read is a finding with file and line, and never the value', async () => {
    const folder = folderOf({ 'image-pull.yaml': config('existing: {}'), ...repository });
    const { code, out, err } = await cli(folder, 'verify', '--secrets', '--all');
    expect(code).toBe(1);
    expect(out).toMatch(/apps\/chart-values\.yaml:5:10/);
    expect(out).toMatch(/apps\/secret\.yaml:6:22/);
    expect(out).toContain('a token of GitHub stands in the clear');
    expect(out).toContain('a docker config with a password stands in the clear');
    for (const value of [token, password, auth]) expect(out + err).not.toContain(value);
    expect((await cli(folder, 'verify')).out).not.toContain('secret-exposed');
  });

  test('paths without a config are searched, too', async () => {
    const folder = folderOf(repository);
    expect((await cli(folder, 'verify', '--secrets', 'apps', '--all')).out).toContain('apps/chart-values.yaml:5:10');
  });

  test('every format has it, and none the value', async () => {
    const folder = folderOf({ 'image-pull.yaml': config('existing: {}'), ...repository });
    for (const format of ['json', 'sarif', 'github', 'gitlab', 'junit']) {
      const { out } = await cli(folder, 'verify', '--secrets', '--format', format);
      expect(out).toContain('secret-exposed');
      for (const value of [token, password, auth]) expect(out).not.toContain(value);
    }
  });

  test('config, output and ciphertext are searched', async () => {
    const folder = folderOf({
      'image-pull.yaml': `# ${token}\n${config('sealed: {}')}`,
      ...existing,
      'dist/prod/namespaces/team-a.yaml': `# Written by cdk8s-image-pull for cluster prod. Do not edit: change image-pull.yaml and run synth.\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: team-a }\ndata: { token: ${token} }\n`,
      'sealed/prod/pull/team-a.yaml': `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: pull, namespace: team-a }\nspec: { template: { data: { other: ${token} } } }\n`,
    });
    const { out } = await cli(folder, 'verify', '--secrets', '--all');
    for (const place of [
      'image-pull.yaml:1:3',
      'dist/prod/namespaces/team-a.yaml:5:16',
      'sealed/prod/pull/team-a.yaml:4:36',
    ])
      expect(out).toContain(place);
  });

  test('what says for whom is encrypted is searched: rules of SOPS and certificates', async () => {
    const identity = `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`;
    const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQ7b'.repeat(8)}\n-----END PRIVATE KEY-----\n`;
    const folder = folderOf({
      'image-pull.yaml': config('sealed: {}').replace('prod: {', 'prod: { sealing: { certificate: certs/prod.pem },'),
      ...existing,
      '.sops.yaml': `creation_rules:\n  - age: ${identity}\n`,
      'certs/prod.pem': key,
    });
    const { out } = await cli(folder, 'verify', '--secrets', '--all');
    expect(out).toContain('.sops.yaml:2:10: an identity of age stands in the clear');
    expect(out).toContain('certs/prod.pem:1:1: a private key stands in the clear');
    expect(out).not.toContain(identity);
  });

  test('what the config accepts in the clear is none, where it says and where synth puts it', async () => {
    const folder = folderOf({
      'image-pull.yaml': config('plaintext: { acceptPlaintextInGit: true, file: docker.json }'),
      'docker.json': docker,
      ...existing,
    });
    await cli(folder, 'synth');
    expect((await cli(folder, 'verify', '--secrets')).out).not.toContain('secret-exposed');
    writeFileSync(join(folder, 'apps/b.yaml'), `${deployment('team-a', 'b', ['ghcr.io/acme/b'])}# ${password}\n`);
    expect((await cli(folder, 'verify', '--secrets', '--all')).out).toContain(
      'the value of a credential stands in the clear',
    );
  });

  test('an acknowledgement takes a finding away', async () => {
    const more = 'acknowledge: [{ code: secret-exposed, path: apps, reason: keys of tests }]\n';
    const folder = folderOf({ 'image-pull.yaml': config('existing: {}') + more, ...repository });
    const { out } = await cli(folder, 'verify', '--secrets');
    expect(out).not.toContain('in the clear');
    expect(out).toContain('2 findings acknowledged');
  });

  test('standard input is a dump, not a file', async () => {
    const folder = folderOf({});
    const { out } = await cliWithStdin(folder, repository['apps/secret.yaml'], 'verify', '--secrets', '-');
    expect(out).not.toContain('secret-exposed');
  });
});
