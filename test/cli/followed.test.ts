// What Argo CD's objects apply is read, in the namespace and for the cluster that they name.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, deployment, filesOf, folderOf, withProgram } from '../support.js';

const url = 'https://github.com/acme/platform';
const git = { '.git/config': `[remote "origin"]\n\turl = git@github.com:acme/platform.git\n` };
const config = (clusters: string, rest = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: ghcr } } } }
clusters: ${clusters}
${rest}`;
const unplaced = (name: string) => deployment('x', name, [`ghcr.io/acme/${name}:v3`]).replace(', namespace: x', '');
const application = (name: string, path: string, destination: string, rest = '') =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: ${name}, namespace: argocd }, spec: { source: { repoURL: ${url}, path: ${path} }, destination: ${destination}${rest} } }\n`;
const codes = (err: string) => err.match(/\[[a-z-]+\]\n/g)?.map((code) => code.slice(1, -2)) ?? [];
const written = (folder: string) => Object.keys(filesOf(join(folder, 'dist'))).sort();
const here = (namespace: string) => `{ server: "https://kubernetes.default.svc", namespace: ${namespace} }`;

describe('Applications of folders', () => {
  test('their pods are in the namespace of the destination', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/web.yaml': application('web', 'apps/web', here('shop')),
      'apps/web/web.yaml': unplaced('web'),
    });
    const { code, out, err } = await cli(folder, 'synth');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('prod: 1 image reference: 1 with a pull secret.');
    expect(written(folder)).toEqual(['prod/namespaces/shop.yaml']);
  });

  test('an application of applications is followed to the end, and a ring is a finding', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/root.yaml': application('root', 'argo/children', here('argocd')),
      'argo/children/web.yaml': application('web', 'apps/web', here('shop')),
      'argo/children/root.yaml': application('circle', 'argo', here('argocd'), ''),
      'apps/web/web.yaml': unplaced('web'),
    });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['applied-in-a-ring'] });
    expect(err).toContain('Application argocd/circle applies itself by way of Application argocd/root');
    expect(written(folder)).toEqual(['prod/namespaces/shop.yaml']);
    const acknowledged = '\nacknowledge: [{ kind: Application, name: circle, reason: bootstrap }]\n';
    appendFileSync(join(folder, 'image-pull.yaml'), acknowledged);
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test('an application that applies its own folder is no ring', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/root.yaml': application('root', 'argo', here('argocd')),
      'argo/web.yaml': application('web', 'apps/web', here('shop')),
      'apps/web/web.yaml': unplaced('web'),
    });
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test('one folder in two namespaces counts in each', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/one.yaml': application('one', 'apps/web', here('one')),
      'argo/two.yaml': application('two', 'apps/web', here('two')),
      'apps/web/web.yaml': unplaced('web'),
    });
    await cli(folder, 'synth');
    expect(written(folder)).toEqual(['prod/namespaces/one.yaml', 'prod/namespaces/two.yaml']);
  });

  test('each cluster gets what is applied to it', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config(
        '{ prod: { match: { name: prod } }, stage: { match: { server: "https://stage.example.com" } } }',
        'workloads: [{ argocd: argo }]',
      ),
      'argo/prod.yaml': application('prod', 'apps/web', '{ name: prod, namespace: shop }'),
      'argo/stage.yaml': application('stage', 'apps/api', '{ server: "https://stage.example.com/", namespace: api }'),
      'apps/web/web.yaml': unplaced('web'),
      'apps/api/api.yaml': unplaced('api'),
    });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(written(folder)).toEqual(['prod/namespaces/shop.yaml', 'stage/namespaces/api.yaml']);
  });

  test('what is applied to a cluster that the config does not know is a finding', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { match: { name: prod } } }', 'workloads: [{ argocd: argo }]'),
      'argo/prod.yaml': application('prod', 'apps/web', '{ name: prod, namespace: shop }'),
      'argo/other.yaml': application('other', 'apps/web', '{ name: other, namespace: shop }'),
      'apps/web/web.yaml': unplaced('web'),
    });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['destination-unmatched'] });
    expect(err).toContain('match: { name: other }');
  });

  test('--why names the kustomizations that no entry leads to', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/web.yaml': application('web', 'apps/web', here('shop')),
      'apps/web/web.yaml': unplaced('web'),
      'apps/old/kustomization.yaml': 'resources: [web.yaml]\n',
    });
    const { code, out } = await cli(folder, 'synth', '--why');
    expect(code).toBe(0);
    expect(out).toContain('  kustomizations that no entry leads to: apps/old\n');
  });

  test('a cluster that says nothing about itself is not two clusters', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/prod.yaml': application('prod', 'apps/web', here('shop')),
      'argo/other.yaml': application('other', 'apps/web', '{ name: other, namespace: shop }'),
      'apps/web/web.yaml': unplaced('web'),
    });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['destination-unmatched'] });
    expect(err).toContain('several clusters, in-cluster, other');
  });

  test('the output, which an Application applies, is no input', async () => {
    const text = config('{ prod: { workloads: [{ argocd: argo }] } }');
    const folder = folderOf({
      ...git,
      'image-pull.yaml': text,
      'argo/web.yaml': application('web', 'apps/web', here('shop')),
      'argo/access.yaml': application('access', 'dist/prod/namespaces', here('argocd')),
      'apps/web/web.yaml': unplaced('web'),
      'dist/prod/namespaces/.keep': '',
    });
    await cli(folder, 'synth');
    const again = await cli(folder, 'synth', '--check');
    expect(again).toMatchObject({ code: 0, out: '', err: '' });
  });

  test('attach edits a manifest that stands in a folder of an Application', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { attachment: podTemplate, workloads: [{ argocd: argo }] } }'),
      'argo/web.yaml': application('web', 'apps/web', here('shop')),
      'apps/web/web.yaml': unplaced('web'),
    });
    expect(await cli(folder, 'attach')).toMatchObject({ code: 0, err: '' });
    expect(filesOf(folder)['apps/web/web.yaml']).toContain('ghcr-pull');
    expect(await cli(folder, 'attach', '--check')).toMatchObject({ code: 0, out: '' });
  });

  test('a namespace that an Application keeps is declared by nobody else', async () => {
    const kept =
      ', syncPolicy: { managedNamespaceMetadata: { labels: { team: shop } }, syncOptions: [CreateNamespace=true] }';
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/web.yaml': application('web', 'apps/web', here('shop'), kept),
      'apps/web/web.yaml': unplaced('web'),
    });
    const { err } = await cli(folder, 'synth');
    expect(codes(err)).toEqual(['namespace-later']);
    expect(err).toContain('made by Application web');
    expect(filesOf(folder)['dist/prod/namespaces/shop.yaml']).not.toContain('kind: Namespace');
  });

  test.each([
    ['another repository', application('web', 'apps/web', here('shop')).replace(url, 'https://github.com/other/x')],
    ['no such folder', application('web', 'apps/none', here('shop'))],
  ])('what cannot be followed is a finding: %s', async (_, text) => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/web.yaml': text,
    });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(codes(err)).toContain('no-pods');
    expect(codes(err).length).toBeGreaterThan(1);
  });
});

test.each([
  '{ kind: Application, name: web, reason: theirs }',
  '{ kind: Application, reason: theirs }',
  '{ name: "w*", namespace: argocd, reason: theirs }',
])('what an Application leads to can be acknowledged by the Application: %s', async (entry) => {
  const folder = folderOf({
    ...git,
    'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }', `acknowledge: [${entry}]`),
    'argo/web.yaml': application('web', 'apps/none', here('shop')),
    'argo/api.yaml': application('api', 'apps/api', here('shop')),
    'apps/api/api.yaml': unplaced('api'),
  });
  const { code, err } = await cli(folder, 'synth');
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.each([
  '{ argocd: none }',
  '{ flux: ../elsewhere }',
  '{ kustomize: none }',
  '{ helm: none, release: a, namespace: b }',
])('an entry that leads to nothing is said: %s', async (entry) => {
  const folder = folderOf({
    'image-pull.yaml': config(`{ prod: { workloads: [apps, ${entry}] } }`),
    'apps/web.yaml': deployment('shop', 'web', ['ghcr.io/acme/web:v3']),
  });
  const { code, err } = await cli(folder, 'synth');
  expect(code).not.toBe(0);
  expect(codes(err)).toContain('no-manifests');
});

describe('a revision that is not checked out', () => {
  const pinned = application('web', 'apps/web', here('shop')).replace(
    'path: apps',
    'targetRevision: trunk, path: apps',
  );
  const repository = (rest = '') => ({
    ...git,
    'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }', rest),
    'argo/web.yaml': pinned,
    'apps/web/web.yaml': unplaced('web'),
  });

  test('is a finding with what to write, and what is there is read all the same', async () => {
    const folder = folderOf(repository());
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['revision-not-read'] });
    expect(err).toContain('if this config is on that branch: branches: ["trunk"]');
    expect(written(folder)).toEqual(['prod/namespaces/shop.yaml']);
  });

  test.each([
    ['is fine where the config says that it is there', 'branches: ["trunk"]\n'],
    [
      'can be acknowledged',
      'acknowledge: [{ kind: Application, name: web, reason: the same images on both branches }]\n',
    ],
  ])('%s', async (_, rest) => {
    expect(await cli(folderOf(repository(rest)), 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test('is the branch of `init` where it is checked out, and is named in what it writes', async () => {
    const { 'image-pull.yaml': _config, ...files } = repository();
    const block = pinned.replace(/^\{ apiVersion: (\S+), kind: (\w+), (.*) \}\n$/, 'apiVersion: $1\nkind: $2\n$3\n');
    const folder = folderOf({
      ...files,
      'argo/web.yaml': block.replace(', spec:', '\nspec:'),
      '.git/HEAD': 'ref: refs/heads/trunk\n',
    });
    const { err } = await cli(folder, 'init');
    expect(err).not.toContain('trunk');
    expect(filesOf(folder)['image-pull.yaml']).toMatch(/^branches: \[ trunk \]/m);
    expect(codes((await cli(folder, 'synth')).err)).not.toContain('revision-not-read');
    expect((await cli(folder, 'init', '--update')).out).toBe('Nothing is new: image-pull.yaml stays as it is.\n');
  });
});

test('what only a cluster can expand is a finding whose hint is right', async () => {
  const set = `{ apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: { name: all, namespace: argocd }, spec: { generators: [{ clusters: {} }], template: { metadata: { name: "{{name}}" }, spec: { source: { repoURL: ${url}, path: apps/web }, destination: { namespace: shop } } } } }\n`;
  const files = {
    ...git,
    'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
    'argo/set.yaml': set,
    'apps/web/web.yaml': unplaced('web'),
  };
  const { code, err } = await cli(folderOf(files), 'synth');
  expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['generator-needs-cluster', 'no-pods'] });
  const [, acknowledge] = /and (acknowledge: .*)/.exec(err) ?? [];
  const mended = folderOf({
    ...files,
    'image-pull.yaml': `${files['image-pull.yaml']}${acknowledge}\n`,
    'argo/written-out.yaml': application('prod', 'apps/web', here('shop')),
  });
  expect(await cli(mended, 'synth')).toMatchObject({ code: 0, err: '' });
  expect(written(mended)).toEqual(['prod/namespaces/shop.yaml']);
  expect(err).toContain('match: { name: …, server: …, labels: { … } }');
  const known = folderOf({
    ...files,
    'image-pull.yaml': config(
      '{ prod: { match: { name: in-cluster, labels: {} } }, eu: { match: { name: eu, labels: { env: prod } } } }',
      'workloads: [{ argocd: argo }]\n',
    ),
    'argo/set.yaml': set.replace('destination: {', 'destination: { name: "{{name}}",'),
  });
  expect(await cli(known, 'synth')).toMatchObject({ code: 0, err: '' });
  expect(written(known)).toEqual(['eu/namespaces/shop.yaml', 'prod/namespaces/shop.yaml']);
});

describe('what is said of an Application', () => {
  test('that a chart of others is missing stands where it is asked for, and can be acknowledged by it', async () => {
    const chart = application('cache', '.', here('cache')).replace(
      /source: \{.*?\}/,
      'source: { repoURL: "https://charts.example.com", chart: redis, targetRevision: 20.1.0 }',
    );
    const files = {
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/cache.yaml': chart,
      'argo/web.yaml': application('web', 'apps/web', here('shop')),
      'apps/web/web.yaml': unplaced('web'),
    };
    const more = { 'argo/other.yaml': chart.replace('name: cache,', 'name: other,') };
    expect((await cli(folderOf({ ...files, ...more }), 'synth')).err).toMatch(
      /^finding: argo\/cache\.yaml:1:1: .*; asked for 2 times \[chart-missing\]$/m,
    );
    const { err } = await cli(folderOf(files), 'synth');
    expect(err).toMatch(/^finding: argo\/cache\.yaml:1:1: .*redis.* \[chart-missing\]$/m);
    const rest = 'acknowledge: [{ kind: Application, name: cache, reason: public }]\n';
    const acknowledged = folderOf({ ...files, 'image-pull.yaml': `${files['image-pull.yaml']}${rest}` });
    expect(await cli(acknowledged, 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test('that it applies Jsonnet is said once', async () => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ argocd: argo }] } }'),
      'argo/web.yaml': application('web', 'apps/web', here('shop')),
      'apps/web/web.yaml': unplaced('web'),
      'apps/web/a.jsonnet': '{}',
      'apps/web/b.jsonnet': '{}',
    });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['engine-needed'] });
    expect(err).toContain('Jsonnet is not rendered: apps/web/a.jsonnet, apps/web/b.jsonnet');
    expect(err).toContain('acknowledge: [{ path: apps/web/a.jsonnet, reason: … }]');
  });
});

withProgram('kustomize', () => {
  const flux = (spec: string) =>
    `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: apps, namespace: flux-system }, spec: { path: ./apps, sourceRef: { kind: GitRepository, name: flux-system }${spec} } }\n`;
  const encrypted = (annotations = '') =>
    `{ apiVersion: v1, kind: Secret, metadata: { name: pull, namespace: shop${annotations} }, data: { .dockerconfigjson: "ENC[AES256_GCM,data:x,type:str]" }, sops: { mac: "ENC[x]" } }\n`;
  const source = `{ apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: { name: flux-system, namespace: flux-system }, spec: { url: "${url}" } }\n`;

  test.each([
    ['without decryption is a finding', '', '', true],
    ['with decryption is fine', ', decryption: { provider: sops }', '', false],
    [
      'that is not to be decrypted is fine',
      '',
      ', annotations: { kustomize.toolkit.fluxcd.io/decrypt: Disabled }',
      false,
    ],
  ])('a Secret that SOPS encrypted in a Kustomization of Flux %s', async (_what, spec, annotations, isFound) => {
    const folder = folderOf({
      ...git,
      'image-pull.yaml': config('{ prod: { workloads: [{ flux: flux }] } }'),
      'flux/source.yaml': source,
      'flux/apps.yaml': flux(spec),
      'apps/pull.yaml': encrypted(annotations),
      'apps/web.yaml': deployment('shop', 'web', ['registry.k8s.io/web:1']),
    });
    const { out } = await cli(folder, 'verify');
    expect(out.includes('Kustomization flux-system/apps applies Secret pull, which SOPS encrypted')).toBe(isFound);
    expect(out).toContain('1 image:');
  });
});
