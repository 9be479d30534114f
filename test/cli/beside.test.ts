import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { besideCluster, besideHeader, headerOf } from '../../src/model/problem/header.js';
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

  test('says where a kustomization would rename the pull secrets', async () => {
    const folder = folderOf({ ...files, 'apps/shop/kustomization.yaml': `${kustomization}namePrefix: prod-\n` });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('apps/shop/kustomization.yaml has a namePrefix');
    rmSync(join(folder, 'apps/shop/image-pull-shop.yaml'));
  });
});

test('only the header of a file beside workloads names a cluster that it lies beside', () => {
  expect(besideCluster(besideHeader('prod-1'))).toBe('prod-1');
  expect(besideCluster(headerOf('prod-1'))).toBeUndefined();
  expect(besideCluster('# Written by somebody')).toBeUndefined();
});
