// Objects of ours that come back through a rendering are output, and what files say of themselves outlives new images.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const config = (workloads: string) => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: ghcr } } } }
clusters: { prod: { gitops: argocd } }
workloads: [${workloads}]
`;
const web = (tag: string) => deployment('team-a', 'web', [`ghcr.io/acme/web:${tag}`]);

/** A stream of objects as a renderer prints it: without comments, in an order of its own. */
function renderedFrom(folder: string): string {
  const [text = ''] = Object.values(filesOf(join(folder, 'dist')));
  return text
    .replace(/^#.*\n/gm, '')
    .split('---\n')
    .reverse()
    .join('---\n');
}

test.each([
  ['a rendered entry', '{ rendered: all.yaml }', 'all.yaml'],
  ['a plain file', 'all.yaml', 'all.yaml'],
  ['standard input', '"-"', undefined],
])('what was written and is rendered together with workloads is not declared by them: %s', async (_, entry, file) => {
  const folder = folderOf({ 'image-pull.yaml': config('apps'), 'apps/web.yaml': web('1') });
  await cli(folder, 'synth');
  const before = filesOf(join(folder, 'dist'));
  const all = `${renderedFrom(folder)}---\n${web('1')}`;
  writeFileSync(join(folder, 'image-pull.yaml'), config(entry));
  if (file !== undefined) writeFileSync(join(folder, file), all);
  const ran = await cliWithStdin(folder, file === undefined ? all : '', 'synth');
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(filesOf(join(folder, 'dist'))).toEqual(before);
});

test('a file says for which workloads and repositories it is, and a new version of an image changes none', async () => {
  const folder = folderOf({ 'image-pull.yaml': config('apps'), 'apps/web.yaml': web('1') });
  await cli(folder, 'synth');
  const before = filesOf(join(folder, 'dist'));
  expect(before['prod/namespaces/team-a.yaml']?.split('\n')[1]).toBe(
    '# For Deployment team-a/web, which pulls ghcr.io/acme/web.',
  );
  writeFileSync(join(folder, 'apps/web.yaml'), web(`2@sha256:${'0'.repeat(64)}`));
  expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 0, out: '' });

  writeFileSync(join(folder, 'apps/api.yaml'), deployment('team-a', 'api', ['ghcr.io/acme/api:1']));
  const { code, out } = await cli(folder, 'synth', '--diff');
  expect(code).toBe(1);
  expect(out).toContain(
    '-# For Deployment team-a/web, which pulls ghcr.io/acme/web.\n+# For Deployment team-a/api, Deployment team-a/web, which pull ghcr.io/acme/api, ghcr.io/acme/web.\n',
  );
});

test('a label by which this tool knows its objects is refused where it would be another', async () => {
  const labels = '{ labels: { app.kubernetes.io/managed-by: acme } }';
  const text = config('apps').replace('registries: [ghcr],', `registries: [ghcr], metadata: ${labels},`);
  const folder = folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': web('1') });
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(2);
  expect(err).toContain(
    'app.kubernetes.io/managed-by is what this tool marks its own objects with [metadata-reserved]',
  );
});

test('a Namespace keeps the manager that the config gives it, which may be another application', async () => {
  const text = `${config('apps')}namespaces: { team-a: { labels: { app.kubernetes.io/managed-by: platform } } }\n`;
  const folder = folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': web('1') });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const [namespace = '', secret = ''] = Object.values(filesOf(join(folder, 'dist')))[0]?.split('---\n') ?? [];
  expect(namespace).toContain('app.kubernetes.io/managed-by: platform\n');
  expect(secret).toContain('app.kubernetes.io/managed-by: cdk8s-image-pull\n');
});

test('a hook, which a chart may name otherwise each time it is rendered, changes no file by its name', async () => {
  const hook = (name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: team-a, annotations: { helm.sh/hook: test } }\nspec: { containers: [{ name: c, image: ghcr.io/acme/check }] }\n`;
  const folder = folderOf({
    'image-pull.yaml': config('apps'),
    'apps/web.yaml': web('1'),
    'apps/check.yaml': hook('a'),
  });
  await cli(folder, 'synth');
  const before = filesOf(join(folder, 'dist'));
  expect(Object.values(before).join()).toContain('# For Deployment team-a/web, Pod team-a/*, which pull ghcr.io/acme');
  writeFileSync(join(folder, 'apps/check.yaml'), hook('b'));
  expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 0 });
});
