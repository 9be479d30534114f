import { cli, cliWithStdin, deployment, folderOf } from '../support.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const entry = (key: string) => `{"auths":{"${key}":{"username":"bot","password":"hunter2"}}}`;
const secret = (config: string, type = 'kubernetes.io/dockerconfigjson') =>
  `---\napiVersion: v1\nkind: Secret\nmetadata: { name: regcred, namespace: team-a }\ntype: ${type}\ndata:\n  .dockerconfigjson: ${base64(config)}\n`;
const account = `---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: team-a }\nimagePullSecrets: [{ name: regcred }]\n`;
const web = `---\n${deployment('team-a', 'web', ['ghcr.io/acme/web:v4'])}`;

/** What `verify --format json` prints about some manifests. */
async function reported(
  manifests: string,
): Promise<{ code: number; verdicts: string[]; codes: string[]; text: string }> {
  const { code, out } = await cliWithStdin(folderOf({}), manifests, 'verify', '-', '--format', 'json');
  const { images, findings } = JSON.parse(out);
  return {
    code,
    verdicts: images.map((each: { verdict: string }) => each.verdict),
    codes: findings.map((each: { code: string }) => each.code),
    text: out,
  };
}

test.each([
  ['a Secret whose entry matches', secret(entry('ghcr.io')) + account + web, ['covered'], []],
  [
    'an entry for another organisation',
    secret(entry('ghcr.io/other/')) + account + web,
    ['anonymous'],
    ['access-unknown'],
  ],
  [
    'a Secret of a type that the kubelet passes over',
    secret(entry('ghcr.io'), 'Opaque') + account + web,
    ['inert'],
    ['access-unknown', 'secret-type-inert'],
  ],
  [
    'a document that does not decode',
    secret('{"auths":{"ghcr.io":{"auth":"pants"}}}') + account + web,
    ['blocked'],
    ['pull-blocked'],
  ],
  ['a name without a Secret', account + web, ['missing'], ['access-unknown', 'pull-secret-absent']],
  [
    'an image that is none',
    `${secret(entry('ghcr.io')) + account}---\n${deployment('team-a', 'x', ['GHCR.io/Acme/web:v4'])}`,
    ['invalid'],
    ['image-reference-invalid'],
  ],
])('%s', async (_what, manifests, verdicts, codes) => {
  const answer = await reported(manifests);
  expect(answer.verdicts).toEqual(verdicts);
  expect(answer.codes.sort()).toEqual([...codes].sort());
  expect(answer.code).toBe(codes.length > 0 ? 1 : 0);
  expect(answer.text).not.toContain('hunter2');
});

test('what synth wrote is read with the workloads of the config, and every image is accounted for', async () => {
  const folder = folderOf({
    'image-pull.yaml':
      'version: 1\nregistries: { ghcr: { preset: ghcr, path: acme } }\npullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: k } } } }\nclusters: { prod: { kubernetes: "1.35" } }\nworkloads: [apps]\n',
    'apps/web.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web:v4']),
  });
  const before = await cli(folder, 'verify');
  expect(before.code).toBe(1);
  expect(before.out).toContain('image-uncovered');
  await cli(folder, 'synth');
  const after = await cli(folder, 'verify');
  expect(after).toMatchObject({ code: 0, err: '' });
  expect(after.out).toBe('prod: 1 image: 1 assumed; read 4 objects in 2 files.\n');
});

test('a path that leads nowhere is an error of usage', async () => {
  expect(await cli(folderOf({}), 'verify', 'nowhere.yaml')).toMatchObject({ code: 2 });
});

test('of a folder, files that hold no object and no image are left out and counted; others are findings', async () => {
  const folder = folderOf({
    'apps/web.yaml': deployment('team-a', 'web', ['registry.k8s.io/pause:3.10']),
    'apps/ci.yaml': 'stages: [build]\n',
    'apps/values.yaml': 'image: { repository: ghcr.io/acme/web }\n',
    'apps/prod/kustomization.yaml': 'resources: [../web.yaml]\n',
  });
  const { out } = await cli(folder, 'verify', 'apps', '--format', 'json');
  const { findings, coverage } = JSON.parse(out);
  expect(findings.map((each: { file: string }) => each.file)).toContain('apps/values.yaml');
  expect(findings.map((each: { file: string }) => each.file)).not.toContain('apps/ci.yaml');
  expect(coverage[0].leftOut).toContainEqual({ why: 'no Kubernetes object', what: 'apps/ci.yaml', count: 1 });
});

test("a branch that Argo CD's hydrator wrote is read as it is applied", async () => {
  const folder = folderOf({
    '.gitattributes': '*/manifest.yaml linguist-generated=true\n',
    'README.md': '# Manifest Hydration\n',
    'hydrator.metadata': '{ "repoURL": "https://example.com/dry.git", "drySha": "abc" }\n',
    'apps/web/README.md': '# Manifest Hydration\n',
    'apps/web/hydrator.metadata': '{ "commands": ["kustomize build ."], "drySha": "abc" }\n',
    'apps/web/manifest.yaml': `${deployment('team-a', 'web', ['registry.k8s.io/web:1'])}---\n${deployment('team-a', 'job', ['registry.k8s.io/job:1'])}`,
    'apps/api/hydrator.metadata': '{}\n',
    'apps/api/manifest.yaml': deployment('team-b', 'api', ['registry.k8s.io/api:1']),
  });
  const { code, out } = await cli(folder, 'verify', '.');
  expect({ code, out }).toEqual({ code: 0, out: '3 images: 3 anonymous; read 3 objects in 2 files.\n' });
});

describe('a folder with folders of clusters', () => {
  const files = {
    'clusters/prod/web.yaml': web,
    'clusters/staging/web.yaml': web,
    'clusters/staging/pull.yaml': secret(entry('ghcr.io')) + account,
    'clusters/base/other.yaml': deployment('team-b', 'other', ['nginx']),
    'shared/team-c.yaml': deployment('team-c', 'all', ['nginx']),
  };

  async function verdictsOf(...args: string[]): Promise<string[]> {
    const { out } = await cli(folderOf(files), 'verify', ...args, '--format', 'json');
    return JSON.parse(out).images.map(
      ({ cluster, name, verdict }: Record<string, string>) => `${cluster || '-'} ${name} ${verdict}`,
    );
  }

  test('is judged cluster by cluster, as init would read it: what serves one serves no other', async () => {
    expect((await verdictsOf('.')).sort()).toEqual([
      'prod all anonymous',
      'prod other anonymous',
      'prod web anonymous',
      'staging all anonymous',
      'staging other anonymous',
      'staging web covered',
    ]);
  });

  test('of which one is asked about is that cluster', async () => {
    expect(await verdictsOf('clusters/prod')).toEqual(['- web anonymous']);
  });
});
