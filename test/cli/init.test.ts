import fs, { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const project = (files: Record<string, string> = {}) =>
  folderOf({
    'README.md': 'mine',
    'package.json': '{ "name": "mine" }',
    'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web:v3', 'nginx']),
    'apps/b.yaml': deployment('team-b', 'api', ['ghcr.io/acme/api:v1', 'registry.k8s.io/pause:3']),
    ...files,
  });

test('init writes a config that is valid as it is, and synth works with it', async () => {
  const folder = project();
  const { code, out } = await cli(folder, 'init');
  expect(code).toBe(0);
  expect(out).toMatch(/^Read 2 files in apps: 2 workloads in 2 namespaces, 4 images from 3 registries\.\n/);
  expect(out).toMatch(/ghcr\.io\/acme +2 images +access: private +which credential\? \(line \d+\)/);
  expect(out).toMatch(/docker\.io +1 image +access: optional/);
  const line = Number(/\(line (\d+)\)/.exec(out)?.[1]);
  expect(readFileSync(join(folder, 'image-pull.yaml'), 'utf8').split('\n')[line - 1]).toContain('ghcr-pull');
  const synth = await cli(folder, 'synth');
  expect(synth).toMatchObject({ code: 0, err: '' });
  expect(Object.keys(filesOf(join(folder, 'dist'))).sort()).toEqual([
    'prod/namespaces/team-a.yaml',
    'prod/namespaces/team-b.yaml',
  ]);
});

test('init leaves out what is no manifest, and says so', async () => {
  const folder = project({
    'apps/values.yaml': 'replicas: 3\n',
    'apps/chart/Chart.yaml': 'name: x\n',
    'apps/chart/templates/x.yaml': '{{ if }}\n',
    'apps/broken.yaml': 'a: [',
  });
  const { code, err } = await cli(folder, 'init');
  expect(code).toBe(0);
  expect(err).toContain('left out');
  const text = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
  expect(text).toContain('!apps/values.yaml');
  expect(text).not.toMatch(/broken|^ *- .*chart/m);
  const synth = await cli(folder, 'synth');
  expect(synth.code).toBe(1);
  expect(synth.err.match(/\[[a-z-]+\]/g)).toEqual(['[manifest-invalid]', '[manifest-is-a-base]']);
  expect(synth.out).toContain('2 files: 2 new');
});

test('init leaves out what npm keeps beside manifests, whatever it says of repositories and images', async () => {
  const folder = folderOf({
    'web.yaml': deployment('shop', 'web', ['ghcr.io/acme/web:v1']),
    'package.json': '{ "repository": { "url": "https://git.example.com/x.git" } }\n',
    'package-lock.json': '{ "packages": { "node_modules/cdk8s-image-pull": {} } }\n',
  });
  expect((await cli(folder, 'init', '.')).code).toBe(0);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
});

test('what is left out is listed without a count of errors, and only inside of what is kept', async () => {
  const ci = Object.fromEntries([1, 2, 3].map((index) => [`apps/ci/${index}.yaml`, 'stages: []\n']));
  const folder = project({
    ...ci,
    'apps/values.yaml': 'replicas: 3\n',
    'apps/env.yaml': 'image: { tag: x }\n',
    'package-lock.json': '{}',
    'apps/x.yaml': 'a: [',
  });
  const { err } = await cli(folder, 'init');
  expect(err).toContain('  left out apps/ci/**: 3 files that hold no Kubernetes object\n');
  expect(err).toContain('  left out apps/values.yaml: it holds no Kubernetes object\n');
  expect(err).toContain('  not seen apps/env.yaml: this is no Kubernetes object');
  expect(err).toMatch(/^ {2}not seen apps\/x\.yaml: not valid YAML/m);
  expect(err).not.toMatch(/error|package/);
});

test.each([
  '!odd',
  '-',
  '-x',
  'a[1]',
  'a*b',
  'q"uo\'te',
  'br{a,b}',
  'b#c: d',
  'two\nlines',
  '(x)',
  '@at',
  'a?b',
])('a folder of the name %j is listed as itself', async (name) => {
  const folder = folderOf({
    [`${name}/web.yaml`]: deployment('a', 'web', ['ghcr.io/acme/web']),
    [`${name}/${name}.yaml`]: 'replicas: 3\n',
    [`${name}/chart${name}/Chart.yaml`]: 'name: x\n',
    [`${name}/chart${name}/x.yaml`]: '{{ x }}\n',
  });
  expect(await cli(folder, 'init')).toMatchObject({ code: 0 });
  const { code, err, out } = await cli(folder, 'synth');
  expect({ code, codes: err.match(/\[[a-z-]+\]/g) }).toEqual({ code: 1, codes: ['[manifest-is-a-base]'] });
  expect(out).toContain('1 with a pull secret');
  rmSync(join(folder, name, `chart${name}`), { recursive: true });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  expect(await cli(folder, 'init', `./${name}`, '-c', 'other.yaml')).toMatchObject({ code: 0 });
  expect(await cli(folder, 'synth', '-c', 'other.yaml')).toMatchObject({ code: 0, err: '' });
});

describe('in a Git repository, advice says which files to ignore', () => {
  const advice = 'Add to .gitignore what may hold credentials or keys: ';

  test('those that no .gitignore up to the repository has', async () => {
    const folder = project({ '.git/HEAD': '', 'sub/apps/b.yaml': deployment('b', 'web', ['ghcr.io/acme/web']) });
    expect((await cli(join(folder, 'sub'), 'init')).err).toContain(
      `${advice}seal.key, *.agekey, keys.txt, .docker/config.json, .dockerconfigjson\n`,
    );
    writeFileSync(join(folder, '.gitignore'), '/seal.key\r\n**/.docker/config.json\n');
    writeFileSync(join(folder, 'sub/.gitignore'), '*.agekey\n');
    expect((await cli(join(folder, 'sub'), 'init', '-c', 'other.yaml')).err).toContain(
      `${advice}keys.txt, .dockerconfigjson\n`,
    );
  });

  test('nothing where all are ignored, or where there is no repository', async () => {
    const folder = project({});
    expect((await cli(folder, 'init')).err).not.toContain(advice);
    const ignored = 'seal.key\n*.agekey\nkeys.txt\n.docker/config.json\n.dockerconfigjson\n';
    const repository = project({ '.git/HEAD': '', '.gitignore': ignored });
    expect((await cli(repository, 'init')).err).not.toContain(advice);
  });
});

test('a config in another folder lists paths from there', async () => {
  const folder = project({ 'cfg/.keep': '' });
  expect(await cli(folder, 'init', '-c', 'cfg/x.yaml', 'apps')).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'cfg/x.yaml'), 'utf8')).toContain('- ../apps\n');
  expect((await cli(folder, 'synth', '-c', 'cfg/x.yaml')).out).toContain('ghcr-pull');
});

test.each([
  [['-c', 'gone/x.yaml'], 'the folder gone does not exist'],
  [['gone'], 'gone does not exist'],
])('init %j says what is not there', async (argv, message) => {
  const { code, err } = await cli(project(), 'init', ...argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('both names of the registry inside OpenShift are one registry', async () => {
  const host = 'image-registry.openshift-image-registry.svc';
  const images = [`${host}:5000/a/x`, `${host}.cluster.local:5000/a/y`];
  const folder = folderOf({ 'apps/a.yaml': deployment('a', 'a', images) });
  const { code, out } = await cli(folder, 'init');
  expect(code).toBe(0);
  expect(out).toContain('2 images from 1 registry');
});

test('workloads without a namespace are counted, with what gives them one', async () => {
  const folder = folderOf({ 'a.yaml': deployment('a', 'a', ['x']).replace(', namespace: a', '') });
  expect((await cli(folder, 'init')).err).toContain('1 workload names no namespace: list the path as { path');
});

test('several organisations on one host are several registries', async () => {
  const folder = project({ 'apps/c.yaml': deployment('c', 'c', ['ghcr.io/other/x', 'ghcr.io/7.x_y/z']) });
  await cli(folder, 'init');
  const text = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
  for (const name of ['ghcr-acme:', 'ghcr-other:', 'ghcr-7-x-y:']) expect(text).toContain(name);
  expect((await cli(folder, 'synth')).code).toBe(0);
});

test('every known host becomes its preset', async () => {
  const images = [
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/x',
    'acme.azurecr.io/x',
    'europe-west1-docker.pkg.dev/p/r/x',
    'eu.gcr.io/p/x',
    'quay.io/acme/x',
    'registry.gitlab.com/g/p',
    'registry.acme.example:5000/x',
  ];
  const folder = folderOf({ 'apps/a.yaml': deployment('a', 'a', images) });
  await cli(folder, 'init');
  const text = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
  for (const preset of ['ecr', 'acr', 'gar', 'gcr', 'quay', 'gitlab']) expect(text).toContain(`preset: ${preset}`);
  expect(text).toContain('host: registry.acme.example:5000');
  expect((await cli(folder, 'synth')).code).toBe(0);
});

test.each([
  ['1234.example.com/x', '  registry-1234: { host: 1234.example.com }'],
  ['null.example.com/x', '  registry-null: { host: null.example.com }'],
  ['123456789012.dkr-ecr.eu-west-1.on.aws/x', 'preset: ecr, host: 123456789012.dkr-ecr.eu-west-1.on.aws'],
  ['acme.azurecr.cn/x', '  acr-acme: { preset: acr, host: acme.azurecr.cn }'],
  ['registry-1.docker.io/library/x', '  hub: { preset: docker-hub, host: registry-1.docker.io }'],
  ['docker-registry.default.svc:5000/a/x', '  internal: { preset: openshift }'],
  ['mcr.microsoft.com/x', '  mcr: { host: mcr.microsoft.com, access: public }'],
])('the registry of %s is written so that synth takes it', async (image, line) => {
  const folder = folderOf({ 'apps/a.yaml': deployment('a', 'a', [image]) });
  expect(await cli(folder, 'init')).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'image-pull.yaml'), 'utf8')).toContain(line);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
});

test('a folder without manifests still gets a config', async () => {
  const folder = folderOf({ 'README.md': '' });
  expect(await cli(folder, 'init')).toMatchObject({ code: 0 });
  const synth = await cli(folder, 'synth');
  expect(synth.code).toBe(1);
  expect(synth.err).toContain('prod: no pod was seen, so nothing was checked [no-pods]');
});

test.each([
  '1234.example.com/x',
  'true.example.com/x',
  '123456789012.dkr-ecr.eu-west-1.on.aws/x',
  'no.example.com/x',
])('init gives a registry such as %s a name that is text in YAML', async (image) => {
  const folder = folderOf({ 'apps/a.yaml': deployment('a', 'a', [image]) });
  expect(await cli(folder, 'init')).toMatchObject({ code: 0 });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
});

test('many files in no folder are one pattern, without the config', async () => {
  const files = [1, 2, 3, 4, 5, 6].map((index) => [`${index}.yaml`, deployment('a', `w${index}`, ['ghcr.io/acme/x'])]);
  const folder = folderOf(Object.fromEntries(files) as Record<string, string>);
  await cli(folder, 'init');
  expect(readFileSync(join(folder, 'image-pull.yaml'), 'utf8')).toMatch(/- "\*\.yaml"\n {2}- "!image-pull\.yaml"\n$/);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
});

test('init does not replace a config', async () => {
  const folder = project();
  writeFileSync(join(folder, 'image-pull.yaml'), 'mine');
  expect(await cli(folder, 'init')).toMatchObject({ code: 2, out: '' });
  expect(readFileSync(join(folder, 'image-pull.yaml'), 'utf8')).toBe('mine');
});

test.each<[string, Record<string, string>, string]>([
  ['Argo CD where nothing tells', {}, 'gitops: argocd\n'],
  ['Argo CD', { 'apps/a.yaml': engine('argoproj.io/v1alpha1', 'Application') }, 'gitops: argocd\n'],
  ['Flux', { 'apps/f.yaml': engine('helm.toolkit.fluxcd.io/v2', 'HelmRelease') }, 'gitops: flux\n'],
  ['Flux from its Kustomizations', { 'x/f.yaml': engine('kustomize.toolkit.fluxcd.io/v1', 'Kustomization') }, 'flux\n'],
  [
    'Argo CD where there are both',
    {
      'apps/f.yaml': engine('kustomize.toolkit.fluxcd.io/v1', 'Kustomization'),
      'apps/z.yaml': engine('argoproj.io/v1alpha1', 'ApplicationSet'),
    },
    'gitops: argocd             # the manifests have objects of Flux too\n',
  ],
])('init writes the engine that the manifests tell of: %s', async (_, files, expected) => {
  const folder = project(files);
  expect((await cli(folder, 'init')).code).toBe(0);
  expect(readFileSync(join(folder, 'image-pull.yaml'), 'utf8')).toContain(expected);
  const synth = await cli(folder, 'synth');
  expect([synth.code, /\[(?:not-rendered|gitops-object-invalid)\]/.test(synth.err)]).toEqual(
    Object.keys(files).length > 0 ? [1, true] : [0, false],
  );
});

function engine(apiVersion: string, kind: string): string {
  return `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x, namespace: y }, spec: {} }\n`;
}
test('init follows image streams: a short name is no Docker Hub image, an import has a registry', async () => {
  const stream = `---
{ apiVersion: image.openshift.io/v1, kind: ImageStream, metadata: { name: api, namespace: a }, spec: { lookupPolicy: { local: true }, tags: [{ name: "1", from: { kind: DockerImage, name: quay.io/acme/api } }] } }
`;
  const folder = folderOf({ 'apps/a.yaml': deployment('a', 'web', ['api:1']) + stream });
  const { code, out } = await cli(folder, 'init');
  expect(code).toBe(0);
  expect(out).toContain('quay.io/acme');
  expect(out).not.toContain('docker.io');
});

test('init on a full disk leaves no config, and the next init writes it', async () => {
  const folder = project();
  const real = fs.writeFileSync;
  jest.spyOn(fs, 'writeFileSync').mockImplementation((file, _text, options) => {
    real(file, '', options);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
  const { code, err } = await cli(folder, 'init');
  jest.restoreAllMocks();
  expect(code).toBe(2);
  expect(err).toContain('image-pull.yaml cannot be written: ENOSPC: no space left on device [output-not-writable]');
  expect(readdirSync(folder).sort()).toEqual(['README.md', 'apps', 'package.json']);
  expect(await cli(folder, 'init')).toMatchObject({ code: 0 });
});

test('init writes nothing where synth would refuse what it writes', async () => {
  const images = ['ghcr.io/acme/web:v3', 'image-registry.openshift-image-registry.svc:5000/team-a/api'];
  const folder = folderOf({ 'apps/a.yaml': deployment('team-a', 'web', images) });
  const { code, err } = await cli(folder, 'init');
  expect(code).toBe(2);
  expect(err).toMatch(/^error: apps\/a\.yaml:\d+:\d+: .*\[dockercfg-needed\]/);
  expect(Object.keys(filesOf(folder))).toEqual(['apps/a.yaml']);
});

test('init proposes no kustomization that names what a plugin makes of the chart there, and says so', async () => {
  const folder = folderOf({
    'apps/web.yaml': deployment('shop', 'web', ['ghcr.io/acme/web:v1']),
    'plugins/kustomized/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
    'plugins/kustomized/kustomization.yaml': 'resources: [all.yaml]\n',
  });
  const { err } = await cli(folder, 'init');
  expect(err).toContain('not seen plugins/kustomized/kustomization.yaml: ');
  const text = filesOf(folder)['image-pull.yaml'] ?? '';
  expect(text).not.toContain('kustomize:');
  expect(text).toContain('# - { helm: plugins/kustomized');
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
});

test('init of charts alone says what is to be done about them first', async () => {
  const folder = folderOf({
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/templates/web.yaml': 'kind: ConfigMap\n',
  });
  const { out } = await cli(folder, 'init');
  expect(out).toContain('Next: name the release and namespace of each chart under workloads, and say where');
  expect(filesOf(folder)['image-pull.yaml']).toMatch(/# - \{ helm: charts\/web, release: <name>, namespace: <name> \}/);
});

const argoApplication = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'web', namespace: 'argocd' },
  spec: {
    source: { repoURL: 'https://git.acme.example/deploy.git', path: 'apps/web' },
    destination: { name: 'in-cluster', namespace: 'shop' },
  },
};
const fluxKustomization = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'web', namespace: 'flux-system' },
  spec: { path: './apps/web', prune: true, targetNamespace: 'shop', sourceRef: { kind: 'GitRepository', name: 'x' } },
};

test.each<[string, object, string, (object: object) => string]>([
  ['argocd', argoApplication, 'argo/web.yaml', (object) => JSON.stringify(object)],
  ['argocd', argoApplication, 'argo/web.json', (object) => JSON.stringify(object, null, 2)],
  [
    'argocd',
    argoApplication,
    'argo/web.yaml',
    (object) => `- ${JSON.stringify(object)}`.replace(/^/, 'apiVersion: v1\nkind: List\nitems:\n'),
  ],
  [
    'argocd',
    argoApplication,
    'argo/web.yaml',
    (object) => JSON.stringify(object).replace('argoproj.io', 'argoproj\\x2eio'),
  ],
  ['flux', fluxKustomization, 'argo/web.yaml', (object) => JSON.stringify(object)],
  ['flux', fluxKustomization, 'argo/web.json', (object) => JSON.stringify(object, null, 2)],
])('init sees objects of %s however they are written', async (engine, object, file, write) => {
  const folder = folderOf({
    [file]: write(object),
    'apps/web/web.yaml': deployment('shop', 'web', ['ghcr.io/acme/web:v3']),
  });
  expect((await cli(folder, 'init')).code).toBe(0);
  const text = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
  expect(text).toContain(`- { ${engine}: argo }`);
});

test('manifests of others in the folder of ciphertexts are read', async () => {
  const folder = folderOf({
    'sealed/web.yaml': deployment('shop', 'web', ['ghcr.io/acme/web:v3']),
    'sealed/prod/ghcr-pull/shop.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: x }\n',
  });
  expect((await cli(folder, 'init')).out).toContain('1 workload');
});

test('takes the one URL that Applications name for this repository, where Git tells of none', async () => {
  const url = 'https://git.example.com/platform/deploy.git';
  const application = {
    ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'web', namespace: 'argocd' } },
    spec: { source: { repoURL: url, path: 'apps' }, destination: { name: 'in-cluster', namespace: 'web' } },
  };
  const folder = project({
    'argocd/web.yaml': JSON.stringify(application),
    'apps/web.yaml': deployment('web', 'web', ['ghcr.io/acme/web']),
  });
  expect(await cli(folder, 'init')).toMatchObject({ code: 0 });
  const config = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
  expect(config).toContain('- { argocd: argocd }');
  expect(config).toContain(url);
});
