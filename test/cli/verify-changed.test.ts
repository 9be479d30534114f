// `verify --changed` and `--since` judge what a change can affect, by what Git says the files were.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, cliAt, cliWithStdin, folderOf } from '../support.js';

const secret = (namespace: string) => `apiVersion: v1
kind: Secret
metadata:
  name: pull
  namespace: ${namespace}
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: '{"auths":{"ghcr.io":{"username":"u","password":"MARKERhunter2"}}}'
`;

const pod = (namespace: string) => `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: ${namespace}
spec:
  imagePullSecrets: [{ name: pull }]
  containers:
    - name: web
      image: ghcr.io/acme/web:1
`;

const config = `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
clusters: { prod: { kubernetes: "1.35", workloads: [apps] } }
`;

/** A repository in which everything is fine, committed. */
function repository(more: Readonly<Record<string, string>> = {}): string {
  const folder = folderOf({
    'image-pull.yaml': config,
    'apps/a/pull.yaml': secret('a'),
    'apps/a/web.yaml': pod('a'),
    'apps/b/pull.yaml': secret('b'),
    'apps/b/web.yaml': pod('b'),
    'README.md': 'hello\n',
    ...more,
  });
  git(folder, 'init', '--initial-branch=main');
  commit(folder);
  return folder;
}

function git(folder: string, ...args: string[]): void {
  execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' });
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message=x');
}

const last = (out: string) => out.trimEnd().split('\n').at(-1);

test('a pod in another file is judged when its Secret has changed', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'apps/a/pull.yaml'), secret('a').replace('ghcr.io', 'quay.io'));
  const { code, out } = await cli(folder, 'verify', '--changed', 'apps/a/pull.yaml');
  expect(code).toBe(1);
  expect(out).toContain('Pod a/web pulls ghcr.io/acme/web:1, for which no credential is offered');
  expect(last(out)).toBe('prod: judged what 1 changed file can affect: 1 namespace; passed over 2 files.');
});

test('a Secret that has moved to another namespace, and one that is deleted, are missed where they were', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'apps/a/pull.yaml'), secret('c'));
  rmSync(join(folder, 'apps/b/pull.yaml'));
  const { code, out } = await cli(folder, 'verify', '--since', 'HEAD');
  expect(code).toBe(1);
  expect(out).toContain('Pod a/web lists pull');
  expect(out).toContain('Pod b/web lists pull');
  expect(last(out)).toBe('prod: judged what 2 changed files can affect: 3 namespaces; passed over 0 files.');
});

test('names come from standard input, as Git prints them, from any folder', async () => {
  const folder = repository({ 'apps/a/grün.yaml': secret('a').replace('pull', 'other') });
  for (const file of ['grün.yaml', 'pull.yaml'])
    writeFileSync(join(folder, 'apps/a', file), secret('a').replace('hunter2', 'hunter3'));
  const quoted = execFileSync('git', ['-C', folder, 'diff', '--name-only']);
  const plain = execFileSync('git', ['-C', folder, 'diff', '--name-only', '-z']);
  for (const names of [quoted, plain]) {
    const { code, out } = await cliWithStdin(folder, names.toString(), 'verify', '--changed', '-');
    expect({ code, last: last(out) }).toEqual({
      code: 0,
      last: 'prod: judged what 2 changed files can affect: 1 namespace; passed over 2 files.',
    });
    expect(out).not.toContain('MARKER');
  }
});

test('what a commit has changed is compared with the revision that is named', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'apps/a/pull.yaml'), secret('c'));
  commit(folder);
  const { out } = await cli(folder, 'verify', '--changed', 'apps/a/pull.yaml');
  expect(last(out)).toBe(
    'prod: judged everything for 1 changed file: apps/a/pull.yaml is as it is in HEAD; --since names the revision that it has changed since.',
  );
  const since = await cli(folder, 'verify', '--since', 'HEAD~1');
  expect(since.code).toBe(1);
  expect(since.out).toContain('Pod a/web lists pull');
  expect(last(since.out)).toBe('prod: judged what 1 changed file can affect: 2 namespaces; passed over 2 files.');
});

test('files that are no manifests affect nothing', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'README.md'), 'hello again\n');
  const { code, out } = await cli(folder, 'verify', '--since', 'HEAD');
  expect({ code, out }).toEqual({
    code: 0,
    out: 'prod: 0 images; read 0 objects in 0 files.\nprod: judged what 1 changed file can affect: no namespace; passed over 4 files.\n',
  });
});

const policy = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: p }
spec: { rules: [] }
`;

test.each([
  ['a policy', 'apps/p.yaml', policy, 'ClusterPolicy p can matter to any namespace'],
  [
    'an Application',
    'apps/x.yaml',
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: x }\n',
    'Application x can matter to any namespace',
  ],
  [
    'a kustomization',
    'apps/a/kustomization.yaml',
    'resources: [web.yaml]\n',
    'kustomization.yaml says what its folder is',
  ],
  ['the config', 'image-pull.yaml', `${config}# changed\n`, 'image-pull.yaml may be a part of the config'],
  ['a broken manifest', 'apps/a/web.yaml', 'a: [\n', 'web.yaml cannot be read, or could not'],
  ['a binary file', 'apps/a/web.yaml', 'a\0', 'apps/a/web.yaml is or was not UTF-8 text'],
  [
    'a Secret that is copied',
    'apps/a/pull.yaml',
    secret('a').replace(
      '  namespace: a',
      '  namespace: a\n  annotations: { replicator.v1.mittwald.de/replicate-to: "*" }',
    ),
    'pull.yaml has or had the name of a program or platform that acts on others',
  ],
])('%s can affect anything', async (_what, file, text, why) => {
  const folder = repository();
  writeFileSync(join(folder, file), text);
  const { out } = await cli(folder, 'verify', '--since', 'HEAD');
  expect(out).toContain(`prod: judged everything for 1 changed file: ${why}.\n`);
});

test('a file that is nowhere, a folder without Git and unchanged policies let everything be judged', async () => {
  const folder = repository({ 'apps/p.yaml': policy });
  const nowhere = await cli(folder, 'verify', '--changed', 'apps/typo.yaml');
  expect(last(nowhere.out)).toBe('prod: judged everything for 1 changed file: apps/typo.yaml is not there.');
  writeFileSync(join(folder, 'apps/a/web.yaml'), pod('a').replace(':1', ':2'));
  const policies = await cli(folder, 'verify', '--changed', 'apps/a/web.yaml');
  expect(last(policies.out)).toContain('there are policies, copies, image streams or mirrors');
  rmSync(join(folder, '.git'), { recursive: true });
  const bare = await cli(folder, 'verify', '--changed', 'apps/a/web.yaml');
  expect(last(bare.out)).toBe('prod: judged everything for 1 changed file: Git does not say what they held before.');
});

test('a revision that Git does not know is a usage error, whatever it looks like', async () => {
  const folder = repository();
  for (const revision of ['nowhere', '--output=x', '-x'])
    expect(await cli(folder, 'verify', `--since=${revision}`)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Git does not know the revision'),
    });
});

test('the JSON says what was judged', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'apps/a/web.yaml'), pod('a').replace(':1', ':2'));
  const { out } = await cli(folder, 'verify', '--since', 'HEAD', '--format', 'json');
  const { images, coverage } = JSON.parse(out);
  expect(images.map(({ namespace, image }: { namespace: string; image: string }) => [namespace, image])).toEqual([
    ['a', 'ghcr.io/acme/web:2'],
  ]);
  expect(coverage[0].change).toEqual({ files: 1, namespaces: ['a'], passedOver: 2 });
});

describe('a credential that expires', () => {
  const due = 'the credential of pull secret pull expired on 2031-05-06';
  const later = new Date('2031-06-01T00:00:00Z');
  const expiring = (source: string, more = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { pull: { registries: [ghcr], source: { ${source} }${more} } }
clusters: { prod: { kubernetes: "1.35", workloads: [apps] } }
`;
  const expires = ', expires: "2031-05-06"';
  const isDue = async (folder: string, file: string) => {
    writeFileSync(join(folder, file), `${readFileSync(join(folder, file), 'utf8')}# changed\n`);
    const { code, out } = await cliAt(later, folder, 'verify', '--changed', file);
    git(folder, 'checkout', '--quiet', '.');
    expect(last(out)).toContain('judged what 1 changed file can affect');
    return [code, out.includes(due)];
  };

  test('is found where a changed namespace has it, and said to nobody else', async () => {
    const folder = repository({
      'image-pull.yaml': expiring('external: { store: vault, key: a }', expires),
      'apps/b/web.yaml': pod('b').replaceAll('pull }', 'other }'),
      'apps/b/pull.yaml': secret('b').replace('name: pull', 'name: other'),
    });
    expect(await isDue(folder, 'apps/a/web.yaml')).toEqual([1, true]);
    expect(await isDue(folder, 'apps/a/pull.yaml')).toEqual([1, true]);
    expect(await isDue(folder, 'apps/b/web.yaml')).toEqual([0, false]);
    expect(await isDue(folder, 'README.md')).toEqual([0, false]);
    expect((await cliAt(later, folder, 'verify')).out).toContain(due);
    expect((await cli(folder, 'verify', '--since', 'HEAD')).out).not.toContain('rotation');
  });

  test('is found where it is sealed for a changed namespace', async () => {
    const sealed = (namespace: string, day: string) => `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: pull, namespace: ${namespace}, annotations: { cdk8s-image-pull/expires: ghcr=${day} } }
spec: { encryptedData: { ghcr: ${Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(300)]).toString('base64')} } }
`;
    const bare = (namespace: string) =>
      pod(namespace)
        .replace(/^ {2}imagePullSecrets.*\n/m, '')
        .replace('acme/', 'open/');
    const folder = repository({
      'image-pull.yaml': expiring('sealed: {}'),
      'apps/a/web.yaml': bare('a'),
      'apps/b/web.yaml': bare('b'),
      'sealed/prod/pull/a.yaml': sealed('a', '2031-05-06'),
      'sealed/prod/pull/b.yaml': sealed('b', '2099-01-01'),
    });
    expect((await isDue(folder, 'apps/a/web.yaml'))[1]).toBe(true);
    expect((await isDue(folder, 'apps/b/web.yaml'))[1]).toBe(false);
  });

  test('is found in every namespace where it reaches all', async () => {
    const folder = repository({ 'image-pull.yaml': expiring('existing: {}', expires) });
    expect((await isDue(folder, 'apps/b/pull.yaml'))[1]).toBe(true);
  });
});
