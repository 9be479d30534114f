// `init --update` adds what is new in a repository to its config, and touches nothing else of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const config = `# our registries
version: 1
registries:
  ghcr: { preset: ghcr, path: acme }   # ours
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { existing: {} } }
clusters: { prod: {} }   # one

workloads:
  - apps
  - "!apps/old"
`;
const web = deployment('team-a', 'web', ['ghcr.io/acme/web:v3']);

test('nothing is new: the file stays as it is', async () => {
  const files = {
    'image-pull.yaml': config,
    'apps/web.yaml': web,
    'apps/old/web.yaml': web,
    'apps/values.yaml': 'a: 1\n',
  };
  const folder = folderOf({ ...files, 'apps/values.yaml': '# nothing\n' });
  const { code, out } = await cli(folder, 'init', '--update');
  expect({ code, out }).toEqual({ code: 0, out: 'Nothing is new: image-pull.yaml stays as it is.\n' });
  expect(filesOf(folder)['image-pull.yaml']).toBe(config);
});

test('a config that speaks of images is no manifest all the same', async () => {
  const own = `# every image of ours\n${config}`;
  const folder = folderOf({ 'image-pull.yaml': own, 'apps/web.yaml': web });
  expect(await cli(folder, 'init', '--update')).toMatchObject({ code: 0, err: '' });
  expect(filesOf(folder)['image-pull.yaml']).toBe(own);
});

test('a new folder and a new registry are added, comments and order stay', async () => {
  const folder = folderOf({ 'image-pull.yaml': config, 'apps/web.yaml': web });
  writeFileSync(join(folder, 'apps/api.yaml'), deployment('team-a', 'api', ['quay.io/other/api:v1']));
  const more = folderOf({ ...filesOf(folder), 'jobs/job.yaml': deployment('team-b', 'job', ['ghcr.io/acme/job:v1']) });
  const { code, out } = await cli(more, 'init', '--update');
  expect(code).toBe(0);
  expect(out).toContain('Added 3 lines to image-pull.yaml.');
  const after = filesOf(more)['image-pull.yaml'] ?? '';
  expect(after).toBe(
    config
      .replace('# ours\n', '# ours\n  quay: { preset: quay, path: other }\n')
      .replace(
        '{ existing: {} } }\n',
        '{ existing: {} } }\n  quay-pull: { registries: [ quay ], source: { existing: {} } }\n',
      )
      .replace('"!apps/old"\n', '"!apps/old"\n  - jobs\n'),
  );
  expect(await cli(more, 'synth')).toMatchObject({ code: 0, err: '' });
  expect((await cli(more, 'init', '--update')).out).toContain('Nothing is new');
});

test('what is new in the folder of a cluster is added to that cluster, and a new folder is a new cluster', async () => {
  const own = `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { existing: {} } }
clusters:
  production:   # ours
    gitops: flux
    workloads:
      - clusters/prod/apps   # by hand
`;
  const folder = folderOf({
    'image-pull.yaml': own,
    'clusters/prod/apps/web.yaml': web,
    'clusters/prod/tools/job.yaml': deployment('team-b', 'job', ['ghcr.io/acme/job:v1']),
    'clusters/test/job.yaml': deployment('team-b', 'job', ['ghcr.io/acme/job:v1']),
  });
  expect((await cli(folder, 'init', '--update')).out).toContain('Added 2 lines to image-pull.yaml.');
  expect(filesOf(folder)['image-pull.yaml']).toBe(
    `${own}      - clusters/prod\n  test: { gitops: flux, workloads: [ clusters/test ] }\n`,
  );
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  expect((await cli(folder, 'init', '--update')).out).toContain('Nothing is new');
});

test.each([
  ['without a config', {}, ['init', '--update'], 'config-missing'],
  ['with paths', { 'image-pull.yaml': config, 'apps/web.yaml': web }, ['init', '--update', 'apps'], 'usage'],
  ['with a broken config', { 'image-pull.yaml': 'version: 2\n' }, ['init', '--update'], 'config'],
])('is refused %s', async (_, files, argv, code) => {
  const ran = await cli(folderOf(files), ...argv);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(`[${code}`);
});
