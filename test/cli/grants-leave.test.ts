import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, deployment, emptyFolder, filesOf } from '../support.js';

const image = (project: string) => `image-registry.openshift-image-registry.svc:5000/${project}/api:1`;

function project(rest = ''): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'apps'));
  configure(folder, rest);
  writeFileSync(join(folder, 'apps/web.yaml'), deployment('project-a', 'web', [image('project-b')]));
  writeFileSync(join(folder, 'apps/other.yaml'), deployment('project-c', 'other', [image('project-d')]));
  return folder;
}

function configure(folder: string, rest: string): void {
  writeFileSync(
    join(folder, 'image-pull.yaml'),
    `version: 1
registries: { internal: { preset: openshift } }
clusters: { ocp: { openshift: "4.20" } }
workloads: ["apps/**"]
${rest}`,
  );
}

const leaves = (folder: string) => writeFileSync(join(folder, 'apps/web.yaml'), deployment('project-a', 'web', []));
const binding = 'ocp/namespaces/project-b.yaml';
const dist = (folder: string) => filesOf(join(folder, 'dist'));

async function synthesized(rest?: string): Promise<string> {
  const folder = project(rest);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  return folder;
}

test('a grant that nothing needs any more stops the run', async () => {
  const folder = await synthesized();
  const before = dist(folder);
  leaves(folder);
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain(
    'ocp: service account default of namespace project-a would lose the right to pull from namespace project-b [access-leaves]',
  );
  expect(err).toContain('`retire: [{ namespace: project-a, serviceAccount: default }]`');
  expect(dist(folder)).toEqual(before);
});

test('with an entry of retire the binding stays, marked, and without it the binding goes', async () => {
  const folder = await synthesized();
  const before = dist(folder)[binding] ?? '';
  leaves(folder);
  configure(folder, 'retire: [{ namespace: project-a, serviceAccount: default }]\n');
  const { code, out, err } = await cli(folder, 'synth');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/project-a +retired +pulls from project-b/);
  const marked = dist(folder)[binding] ?? '';
  expect(marked).toContain('cdk8s-image-pull/retired: "true"');
  expect(marked.replace(/^ *cdk8s-image-pull\/retired: "true"\n/m, '')).toBe(
    before.replace('# For ServiceAccount project-a/default, which pulls project-b/*.\n', ''),
  );
  expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 0, out: '' });
  configure(folder, '');
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  expect(dist(folder)[binding]).toBeUndefined();
});

test('a marked grant that is needed again loses its mark', async () => {
  const folder = await synthesized();
  const before = dist(folder);
  leaves(folder);
  configure(folder, 'retire: [{ namespace: project-a }]\n');
  await cli(folder, 'synth');
  writeFileSync(join(folder, 'apps/web.yaml'), deployment('project-a', 'web', [image('project-b')]));
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(0);
  expect(err).toContain(
    'namespace project-a still pulls from namespace project-b, so it is not retired [retire-needed]',
  );
  expect(dist(folder)).toEqual(before);
});

test('the grant for a whole namespace takes the place of those for its accounts, but not the other way round', async () => {
  const folder = await synthesized();
  configure(folder, 'grants: [{ from: project-b, to: project-a }]\n');
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  configure(folder, '');
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('ocp: namespace project-a would lose the right to pull from namespace project-b');
  expect(err).toContain('`retire: [{ namespace: project-a }]`');
});

test('a namespace with a finding about an image is told to mend that first', async () => {
  const folder = await synthesized();
  writeFileSync(join(folder, 'apps/web.yaml'), deployment('project-a', 'web', ['quay.io/typo/api:1']));
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain(
    'there is a finding about an image of this namespace, and mending it may be all there is to do',
  );
});

test('a binding that somebody changed is not kept, and one whose name tells of nothing stops the run', async () => {
  const folder = await synthesized();
  const path = join(folder, 'dist', binding);
  const text = readFileSync(path, 'utf8');
  leaves(folder);
  configure(folder, 'retire: [{ namespace: project-a }]\n');
  writeFileSync(path, text.replace('rbac.authorization.k8s.io/v1\n', 'example.com/v1\n'));
  expect((await cli(folder, 'synth')).err).toContain('it is not as this tool writes it');
  writeFileSync(path, text.replace(/image-puller:.*/, 'something'));
  expect((await cli(folder, 'synth')).err).toContain(`what ${binding} gives cannot be read`);
  rmSync(path);
  expect(await cli(folder, 'synth', '--now')).toMatchObject({ code: 0 });
});
