import { readFileSync, writeFileSync } from 'node:fs';
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
  for (const path of ['apps/values.yaml', 'apps/broken.yaml', 'apps/chart/**']) expect(text).toContain(`!${path}`);
  expect((await cli(folder, 'synth')).code).toBe(0);
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

test('a folder without manifests still gets a config', async () => {
  const folder = folderOf({ 'README.md': '' });
  expect(await cli(folder, 'init')).toMatchObject({ code: 0 });
  expect((await cli(folder, 'synth')).code).toBe(0);
});

test('init does not replace a config', async () => {
  const folder = project();
  writeFileSync(join(folder, 'image-pull.yaml'), 'mine');
  expect(await cli(folder, 'init')).toMatchObject({ code: 2, out: '' });
  expect(readFileSync(join(folder, 'image-pull.yaml'), 'utf8')).toBe('mine');
});
