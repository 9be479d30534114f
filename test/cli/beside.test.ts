import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { besideCluster, besideHeader, headerOf } from '../../src/output/header.js';
import { cli, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const config = (workloads = '[apps]', rest = '') => `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } } }
clusters:
  prod: { placement: beside }
workloads: ${workloads}
${rest}`;
const image = 'ghcr.io/acme/web:v3';
const web = (namespace: string) => deployment(namespace, 'web', [image]);
const paths = (folder: string) => Object.keys(filesOf(folder)).sort();

describe('placement beside', () => {
  test("puts each namespace's file into the folder of its workloads, and declares no namespace", async () => {
    const folder = folderOf({
      'image-pull.yaml': config(),
      'apps/team-a/web.yaml': web('team-a'),
      'apps/team-b/api/api.yaml': web('team-b'),
      'apps/team-b/job/job.yaml': deployment('team-b', 'job', [image]),
    });
    const { code, out, err } = await cli(folder, 'synth');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('prod   team-a   default   ghcr-pull   apps/team-a/image-pull-team-a.yaml');
    expect(out).toContain('4 objects in 2 files: 2 new.');
    expect(paths(folder).filter((path) => path.includes('image-pull-'))).toEqual([
      'apps/team-a/image-pull-team-a.yaml',
      'apps/team-b/image-pull-team-b.yaml',
    ]);
    const text = filesOf(folder)['apps/team-a/image-pull-team-a.yaml'] ?? '';
    expect(text.startsWith(besideHeader('prod'))).toBe(true);
    expect(text.match(/^kind: .*/gm)).toEqual(['kind: ExternalSecret', 'kind: ServiceAccount']);
    expect(text).toContain('argocd.argoproj.io/sync-wave: "-3"');
  });

  test('converges: a second run changes nothing, and --check is content', async () => {
    const folder = folderOf({ 'image-pull.yaml': config(), 'apps/a/web.yaml': web('team-a') });
    await cli(folder, 'synth');
    const before = filesOf(folder);
    expect((await cli(folder, 'synth')).out).toContain('1 unchanged');
    expect(await cli(folder, 'synth', '--check')).toEqual({ code: 0, out: '', err: '' });
    expect(filesOf(folder)).toEqual(before);
  });

  test('is said by --check with the path and the reason', async () => {
    const folder = folderOf({ 'image-pull.yaml': config(), 'apps/a/web.yaml': web('team-a') });
    const { code, out } = await cli(folder, 'synth', '--check');
    expect(code).toBe(1);
    expect(out).toContain(`apps/a/image-pull-team-a.yaml is missing: Deployment team-a/web pulls ${image}`);
  });

  test('removes its file when the workloads need nothing any more, but stops first', async () => {
    const folder = folderOf({
      'image-pull.yaml': config(),
      'apps/a/web.yaml': web('team-a'),
      'apps/b/web.yaml': web('team-b'),
    });
    await cli(folder, 'synth');
    writeFileSync(join(folder, 'image-pull.yaml'), config('[apps]', 'exclude: [{ namespace: team-a }]'));
    const stopped = await cli(folder, 'synth');
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain('pull secret ghcr-pull would leave namespace team-a');
    expect(paths(folder)).toContain('apps/a/image-pull-team-a.yaml');
    expect((await cli(folder, 'synth', '--now')).out).toContain('1 removed');
    expect(paths(folder)).not.toContain('apps/a/image-pull-team-a.yaml');
    expect(paths(folder)).toContain('apps/b/image-pull-team-b.yaml');
  });

  test('keeps what is retired in the same file', async () => {
    const folder = folderOf({ 'image-pull.yaml': config(), 'apps/a/web.yaml': web('team-a') });
    await cli(folder, 'synth');
    const retire = 'exclude: [{ namespace: team-a }]\nretire: [{ pullSecret: ghcr-pull }]\n';
    writeFileSync(join(folder, 'image-pull.yaml'), config('[apps]', retire));
    const { code, err } = await cli(folder, 'synth');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const text = filesOf(folder)['apps/a/image-pull-team-a.yaml'] ?? '';
    expect(text).toContain('cdk8s-image-pull/retired: "true"');
    expect(text).toContain('imagePullSecrets: []');
    expect(paths(folder).some((path) => path.startsWith('dist/'))).toBe(false);
  });

  test('leaves a file of somebody else alone', async () => {
    const foreign = { 'apps/a/image-pull-team-a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n' };
    const folder = folderOf({ 'image-pull.yaml': config(), 'apps/a/web.yaml': web('team-a'), ...foreign });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(2);
    expect(err).toContain('[output-foreign-file]');
    expect(filesOf(folder)).toMatchObject(foreign);
  });

  test.each([
    [
      'in folders with nothing around them',
      { 'apps/web.yaml': web('team-a'), 'more/api.yaml': web('team-a') },
      '[apps, more]',
    ],
    ['in a chart', { 'out.yaml': web('team-a'), 'chart/Chart.yaml': '' }, '[{ rendered: out.yaml, from: chart }]'],
    ['rendered from nobody knows what', { 'out.yaml': web('team-a') }, '[{ rendered: out.yaml }]'],
  ])('asks for a folder where workloads lie %s, and writes centrally', async (_, files, workloads) => {
    const folder = folderOf({ 'image-pull.yaml': config(workloads), ...files });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('[folder-unclear]');
    expect(err).toContain('namespaces: { team-a: { folder: <folder> } }');
    expect(paths(folder)).toContain('dist/prod/namespaces/team-a.yaml');
  });

  test('asks for no folder where nothing is to be written', async () => {
    const open = (file: string) => deployment('team-b', file, ['registry.k8s.io/pause:3.10']);
    const folder = folderOf({
      'image-pull.yaml': config('[apps, more]').replace(
        'registries:\n',
        'registries:\n  k8s: { host: registry.k8s.io, access: public }\n',
      ),
      'apps/web/web.yaml': web('team-a'),
      'apps/open.yaml': open('x'),
      'more/open.yaml': open('w'),
    });
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test('takes the folder that is named, in place of any other', async () => {
    const folder = folderOf({
      'image-pull.yaml': config('[apps, more]', 'namespaces: { team-a: { folder: deploy/team-a } }'),
      'apps/web.yaml': web('team-a'),
      'more/api.yaml': web('team-a'),
    });
    expect((await cli(folder, 'synth')).code).toBe(0);
    expect(paths(folder)).toContain('deploy/team-a/image-pull-team-a.yaml');
  });

  test('cannot serve two clusters from one folder', async () => {
    const two = config().replace('clusters:', 'clusters:\n  staging: { placement: beside }');
    const folder = folderOf({ 'image-pull.yaml': two, 'apps/a/web.yaml': web('team-a') });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(2);
    expect(err).toContain('apps/a/image-pull-team-a.yaml would be written for cluster');
    expect(paths(folder)).toEqual(['apps/a/web.yaml', 'image-pull.yaml']);
  });

  test('needs no folder for workloads from standard input, where one is named', async () => {
    const named = config('["-"]', 'namespaces: { team-a: { folder: apps } }');
    const folder = folderOf({ 'image-pull.yaml': named });
    expect((await cliWithStdin(folder, web('team-a'), 'synth')).code).toBe(0);
    expect(paths(folder)).toContain('apps/image-pull-team-a.yaml');
  });
});

describe('the namespace of originals, which no application of workloads makes', () => {
  const besideConfig = (cluster: string, external: string, scope: string) => `
version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: k${external} } }${scope} } }
clusters: { prod: { placement: beside, kyverno: "1.19"${cluster} } }
workloads: [apps]
`;
  const only = ', for: { namespaces: [team-a] }';
  const written = async (cluster: string, external = '', scope = only) => {
    const app = deployment('team-a', 'web', ['ghcr.io/acme/web:v1']);
    const folder = folderOf({ 'image-pull.yaml': besideConfig(cluster, external, scope), 'apps/team-a/web.yaml': app });
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
    return filesOf(join(folder, 'dist'))['prod/sources/image-pull.yaml'] ?? '';
  };

  test.each([
    ['a hub', '', ', fanOut: hub'],
    ['Kyverno', ', distribution: kyverno', ''],
    ['reflector', ', distribution: reflector', ''],
  ])('is declared with %s', async (_, cluster, external) => {
    expect(await written(cluster, external)).toContain('kind: Namespace');
  });

  test('keeps the patcher out of itself', async () => {
    expect(await written(', distribution: patcher', '', '')).toContain(
      'k8s.titansoft.com/imagepullsecret-patcher-exclude: "true"',
    );
  });

  test('is not declared where the cluster says that all of them come from elsewhere', async () => {
    expect(await written(', distribution: kyverno, declareNamespaces: false')).not.toContain('kind: Namespace');
  });
});

describe('files beside workloads that are gone', () => {
  const two = {
    'image-pull.yaml': config(),
    'apps/a/web.yaml': web('team-a'),
    'apps/b/web.yaml': web('team-b'),
  };

  test('stop a run that would forget them, and go with --now', async () => {
    const folder = folderOf(two);
    await cli(folder, 'synth');
    rmSync(join(folder, 'apps/a/web.yaml'));
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('pull secret ghcr-pull would leave namespace team-a');
    expect((await cli(folder, 'synth', '--check')).err).toContain('would leave namespace team-a');
    await cli(folder, 'synth', '--now');
    expect(paths(folder)).not.toContain('apps/a/image-pull-team-a.yaml');
  });

  test('are retired where they lie', async () => {
    const folder = folderOf(two);
    await cli(folder, 'synth');
    rmSync(join(folder, 'apps/a/web.yaml'));
    writeFileSync(join(folder, 'image-pull.yaml'), config('[apps]', 'retire: [{ namespace: team-a }]'));
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
    expect(filesOf(folder)['apps/a/image-pull-team-a.yaml']).toContain('cdk8s-image-pull/retired: "true"');
    writeFileSync(join(folder, 'image-pull.yaml'), config());
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
    expect(paths(folder)).not.toContain('apps/a/image-pull-team-a.yaml');
  });

  test('move with the manifests, and into the output folder with placement central', async () => {
    const folder = folderOf(two);
    await cli(folder, 'synth');
    renameSync(join(folder, 'apps/a/web.yaml'), join(folder, 'apps/b/web-a.yaml'));
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
    expect(paths(folder)).toContain('apps/b/image-pull-team-a.yaml');
    expect(paths(folder)).not.toContain('apps/a/image-pull-team-a.yaml');
    writeFileSync(join(folder, 'image-pull.yaml'), config().replace('placement: beside', 'placement: central'));
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
    expect(paths(folder).filter((path) => path.includes('/image-pull-'))).toEqual([]);
    expect(paths(folder)).toContain('dist/prod/namespaces/team-a.yaml');
  });

  test('of a cluster that the config has no more stop a run', async () => {
    const folder = folderOf(two);
    await cli(folder, 'synth');
    writeFileSync(join(folder, 'image-pull.yaml'), config().replace('prod: {', 'other: {'));
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('prod: the config has no such cluster any more');
  });
});

test('a folder inside of the output folder is refused', async () => {
  const named = config('[apps]', 'namespaces: { team-a: { folder: dist/stage } }');
  const folder = folderOf({ 'image-pull.yaml': named, 'apps/web.yaml': web('team-a') });
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(2);
  expect(err).toContain('dist/stage/image-pull-team-a.yaml would lie in the output folder [output-collision]');
});

test.each([
  '',
  '/etc',
  '.git',
  'apps/../..',
  'apps/*',
  '~',
  'a/node_modules/b',
])('folder %j is refused with its place in the config', async (named) => {
  const text = config('[apps]', `namespaces: { team-a: { folder: ${JSON.stringify(named)} } }`);
  const folder = folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': web('team-a') });
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(2);
  expect(err).toMatch(/image-pull\.yaml:9:\d+: the folder of namespace team-a is no plain relative path/);
});

test('a file of another cluster is never replaced, with --cluster neither', async () => {
  const two = config().replace('clusters:', 'clusters:\n  staging: { placement: beside }');
  const folder = folderOf({ 'image-pull.yaml': two, 'apps/a/web.yaml': web('team-a') });
  expect((await cli(folder, 'synth', '--cluster', 'prod')).code).toBe(0);
  const before = filesOf(folder);
  const { code, err } = await cli(folder, 'synth', '--cluster', 'staging');
  expect(code).toBe(2);
  expect(err).toContain('apps/a/image-pull-team-a.yaml was written for another cluster');
  expect(filesOf(folder)).toEqual(before);
});

test('--stdout prints what lies beside workloads too', async () => {
  const folder = folderOf({ 'image-pull.yaml': config(), 'apps/web.yaml': web('team-a') });
  const { out } = await cli(folder, 'synth', '--stdout');
  expect(out.match(/^kind: .*/gm)).toEqual(['kind: ExternalSecret', 'kind: ServiceAccount']);
});

test('nothing beside the repository is touched', async () => {
  const around = folderOf({
    'repo/image-pull.yaml': config(),
    'repo/apps/web.yaml': web('team-a'),
    '.repo.image-pull-tmp/theirs.txt': 'theirs',
  });
  await cli(join(around, 'repo'), 'synth');
  expect(filesOf(around)['.repo.image-pull-tmp/theirs.txt']).toBe('theirs');
});

describe('placement beside in a folder with a kustomization', () => {
  const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- web.yaml\n';
  const files = {
    'image-pull.yaml': config('[{ rendered: rendered/shop.yaml, from: apps/shop }]'),
    'rendered/shop.yaml': web('shop'),
    'apps/shop/kustomization.yaml': kustomization,
    'apps/shop/web.yaml': web('shop'),
  };

  test('writes the file there, and attach lists it among the resources', async () => {
    const folder = folderOf(files);
    const synth = await cli(folder, 'synth');
    expect({ code: synth.code, err: synth.err }).toEqual({ code: 0, err: '' });
    expect(synth.out).toContain('1 reference belongs in a manifest of yours: run attach.');
    expect(paths(folder)).toContain('apps/shop/image-pull-shop.yaml');
    expect((await cli(folder, 'synth', '--check')).out).toContain(
      'apps/shop/kustomization.yaml:4:1: the kustomization of apps/shop lacks image-pull-shop.yaml',
    );
    expect((await cli(folder, 'attach')).code).toBe(0);
    expect(filesOf(folder)['apps/shop/kustomization.yaml']).toBe(
      `${kustomization}- image-pull-shop.yaml # image-pull\n`,
    );
    expect(await cli(folder, 'synth', '--check')).toEqual({ code: 0, out: '', err: '' });
  });

  test('knows its own objects again in what is rendered later', async () => {
    const folder = folderOf(files);
    await cli(folder, 'synth');
    await cli(folder, 'attach');
    const own = filesOf(folder)['apps/shop/image-pull-shop.yaml'] ?? '';
    const withoutComment = own.slice(own.indexOf('\n') + 1);
    writeFileSync(join(folder, 'rendered/shop.yaml'), `${withoutComment}---\n${web('shop')}`);
    expect(await cli(folder, 'synth', '--check')).toEqual({ code: 0, out: '', err: '' });
    expect((await cli(folder, 'synth')).out).toContain('1 unchanged');
  });

  test('takes the resource off the list again with the file', async () => {
    const folder = folderOf(files);
    await cli(folder, 'synth');
    await cli(folder, 'attach');
    writeFileSync(join(folder, 'rendered/shop.yaml'), deployment('shop', 'web', ['ghcr.io/acme/web']));
    writeFileSync(
      join(folder, 'image-pull.yaml'),
      config('[{ rendered: rendered/shop.yaml, from: apps/shop }]', 'exclude: [{ namespace: shop }]'),
    );
    await cli(folder, 'synth', '--now');
    await cli(folder, 'attach');
    expect(filesOf(folder)['apps/shop/kustomization.yaml']).toBe(kustomization);
    expect(paths(folder)).not.toContain('apps/shop/image-pull-shop.yaml');
  });

  test.each(['resources: [a', '- a\n'])('says so where the kustomization cannot be read: %j', async (text) => {
    const folder = folderOf({ ...files, 'apps/shop/kustomization.yaml': text });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('apps/shop/kustomization.yaml cannot be read as a map');
  });

  test('says where a kustomization would rename the pull secrets', async () => {
    const folder = folderOf({ ...files, 'apps/shop/kustomization.yaml': `${kustomization}namePrefix: prod-\n` });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('apps/shop/kustomization.yaml has a namePrefix');
    await cli(folder, 'attach');
    expect(filesOf(folder)['apps/shop/kustomization.yaml']).toBe(`${kustomization}namePrefix: prod-\n`);
  });
});

test('only the header of a file beside workloads names a cluster that it lies beside', () => {
  expect(besideCluster(besideHeader('prod-1'))).toBe('prod-1');
  expect(besideCluster(headerOf('prod-1'))).toBeUndefined();
  expect(besideCluster('# Written by somebody')).toBeUndefined();
});

test('a config that a path with a link leads to is the same config', async () => {
  const folder = folderOf({ 'real/image-pull.yaml': config(), 'real/apps/web.yaml': web('team-a') });
  symlinkSync('real', join(folder, 'link'));
  expect(await cli(folder, 'synth', '-c', 'link/image-pull.yaml')).toMatchObject({ code: 0, err: '' });
  expect(paths(folder)).toContain('real/apps/image-pull-team-a.yaml');
  expect(await cli(join(folder, 'real'), 'synth', '--check')).toMatchObject({ code: 0 });
});
