import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../sealing/certificates.js';
import { cliAt, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const certificate = makeCertificate();
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const expires = new Date('2031-05-06T10:00:00Z');
const jwt = `${part({ alg: 'RS256' })}.${part({ exp: expires.getTime() / 1000 })}.${'c2ln'.repeat(8)}`;
const dockerConfig = JSON.stringify({ auths: { 'ghcr.io': { username: 'robot', password: jwt } } });

const config = (source: string, more = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { pull: { registries: [ghcr], source: { ${source} }${more} } }
workloads: [apps]
clusters: { prod: { gitops: argocd, sealing: { certificate: prod.pem } } }
`;
const repository = (text: string) =>
  folderOf({
    'image-pull.yaml': text,
    'prod.pem': certificate.pem,
    'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']),
  });

const external = 'external: { store: vault, key: a }';

describe.each([
  ['a day that a token told when it was sealed', 'sealed: {}', ''],
  ['a day of the config', external, ', expires: "2031-05-06"'],
])('%s', (_what, source, more) => {
  const prepared = async (own = more) => {
    const folder = repository(config(source, own));
    if (source.startsWith('sealed')) await cliWithStdin(folder, dockerConfig, 'seal', 'pull', '--from', '-');
    await cliAt(new Date(), folder, 'synth');
    return folder;
  };

  test.each([
    ['2031-04-21', undefined, 0],
    ['2031-04-22', 'rotation-due', 0],
    ['2031-05-05', 'rotation-due', 0],
    ['2031-05-06', 'rotation-overdue', 1],
    ['2040-01-01', 'rotation-overdue', 1],
  ])('on %s verify says %s', async (day, code, exit) => {
    const folder = await prepared();
    const ran = await cliAt(new Date(`${day}T12:00:00Z`), folder, 'verify');
    expect(ran.code).toBe(exit);
    if (code) expect(ran.out).toContain(code);
    else expect(ran.out).not.toContain('rotation');
    expect(ran.out).not.toContain(jwt);
  });

  test('rotateBefore says how long before', async () => {
    const folder = await prepared(`${more}, rotateBefore: 60d`);
    expect((await cliAt(new Date('2031-03-08T00:00:00Z'), folder, 'verify')).out).toContain('rotation-due');
  });

  test('the status exits with 1 from the day on which it is due', async () => {
    const folder = await prepared();
    for (const [day, code] of [
      ['2031-04-21', 0],
      ['2031-04-22', 1],
      ['2031-05-07', 1],
    ] as const)
      expect((await cliAt(new Date(`${day}T00:00:00Z`), folder, 'seal', '--status')).code).toBe(code);
  });

  test('synth gives the same bytes at any time', async () => {
    const folder = await prepared();
    const before = filesOf(folder);
    for (const day of ['2020-01-01', '2031-05-07', '2099-12-31']) {
      const { code, out, err } = await cliAt(new Date(`${day}T00:00:00Z`), folder, 'synth');
      expect([code, out + err]).toEqual([0, expect.not.stringContaining('rotation')]);
    }
    expect(filesOf(folder)).toEqual(before);
  });
});

test('the day of an entry in the global pull secret is said of the pull secret that it is of', async () => {
  const folder = folderOf({
    'image-pull.yaml': `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { node-pull: { registries: [ghcr], distribution: globalPullSecret, source: { sealed: {} } } }
workloads: [apps]
clusters: { ocp: { openshift: "4.20", sealing: { certificate: prod.pem }, globalPullSecret: { current: { sealed: {} } } } }
`,
    'prod.pem': certificate.pem,
    'dump.json': JSON.stringify({ auths: { 'cloud.openshift.com': { auth: 'dTpw' } } }),
    'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']),
  });
  await cliWithStdin(folder, dockerConfig, 'seal', 'node-pull', '--from', '-', '--merge-from', 'dump.json');
  for (const argv of [['verify'], ['seal', '--status']]) {
    const { out, err } = await cliAt(new Date('2031-05-07T00:00:00Z'), folder, ...argv);
    expect(out + err).toContain('the credential of pull secret node-pull expired on 2031-05-06');
  }
});

test('a token in a Secret that has ended is a finding of verify', async () => {
  const data = Buffer.from(dockerConfig).toString('base64');
  const folder = repository(config('existing: {}'));
  writeFileSync(
    join(folder, 'apps/secret.yaml'),
    `apiVersion: v1\nkind: Secret\nmetadata: { name: pull, namespace: team-a }\ntype: kubernetes.io/dockerconfigjson\ndata: { .dockerconfigjson: ${data} }\n`,
  );
  expect((await cliAt(new Date('2031-05-07T00:00:00Z'), folder, 'verify')).out).toContain('credential-expired');
  expect((await cliAt(new Date('2031-05-05T00:00:00Z'), folder, 'verify')).out).not.toContain('credential-expired');
});
