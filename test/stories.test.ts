// Days in the life of a user, through the command line.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli, filesOf, folderOf } from './support.js';

/** A Git repository with files in it. */
function repository(files: Readonly<Record<string, string>>) {
  const root = folderOf(files);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  git('init', '--quiet');
  const commit = () => {
    git('add', '-A');
    git('commit', '--quiet', '--message', 'Next');
  };
  commit();
  const imagePull = (...args: string[]) => cli(root, ...args);
  return { root, git, write, commit, imagePull };
}

const workload = (namespace: string, name: string, images: readonly string[], account?: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
${account === undefined ? '' : `      serviceAccountName: ${account}\n`}      containers:
${images.map((image, index) => `        - name: c${index}\n          image: ${image}\n`).join('')}`;

const shop = {
  'README.md': '# Ours\n',
  'apps/team-a/web.yaml': workload('team-a', 'web', ['ghcr.io/acme/web:v3', 'nginx:1.29']),
  'apps/team-b/api.yaml': workload('team-b', 'api', ['ghcr.io/acme/api:v1']),
  'apps/team-b/ci.yaml': workload('team-b', 'ci', ['ghcr.io/acme/ci:v9'], 'builder'),
  'apps/team-b/sa.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: builder\n  namespace: team-b\n',
  'apps/web/pause.yaml': workload('web', 'pause', ['registry.k8s.io/pause:3.10']),
};
const external = { external: { store: 'vault', key: 'registries/ghcr' } };

/** Story 1 up to the commit. */
async function withPullAccess() {
  const repo = repository(shop);
  await repo.imagePull('init');
  const config = readFileSync(join(repo.root, 'image-pull.yaml'), 'utf8');
  repo.write('image-pull.yaml', config.replace('{ existing: {} }', JSON.stringify(external)));
  await repo.imagePull('synth');
  await repo.imagePull('attach');
  repo.commit();
  return repo;
}

test('Monday: a repository of manifests and one private registry', async () => {
  const { root, git, imagePull, write } = repository(shop);
  const init = await imagePull('init');
  expect(init).toMatchObject({
    code: 0,
    err: 'Add to .gitignore what may hold credentials or keys: seal.key, *.agekey, keys.txt, .docker/config.json, .dockerconfigjson\n',
  });
  expect(init.out).toBe(`Read 5 files in apps: 4 workloads in 3 namespaces, 5 images from 3 registries.
  ghcr.io/acme      3 images   access: private    which credential? (line 12)
  docker.io         1 image    access: optional   anonymous pulls are rate-limited
  registry.k8s.io   1 image    access: public
Wrote image-pull.yaml. Next: say where the credentials live, then run synth.
`);
  const config = readFileSync(join(root, 'image-pull.yaml'), 'utf8');
  expect(config.split('\n')[11]).toBe(
    '  ghcr-pull: { registries: [ ghcr ], source: { existing: {} } }'.replaceAll('[ ghcr ]', '[ghcr]'),
  );
  write('image-pull.yaml', config.replace('{ existing: {} }', JSON.stringify(external)));

  const synth = await imagePull('synth');
  expect(synth).toMatchObject({ code: 0, err: '' });
  expect(synth.out).toBe(`prod   team-a   default           ghcr-pull   dist/prod/namespaces/team-a.yaml
prod   team-b   builder           ghcr-pull   attach: apps/team-b/sa.yaml:1 declares it
prod   team-b   default           ghcr-pull   dist/prod/namespaces/team-b.yaml
prod   web      nothing private
prod: read 5 objects in 5 files.
prod: 5 image references: 3 with a pull secret, 1 public, 1 anonymous.
6 objects in 2 files: 2 new.
2 namespaces declared: team-a, team-b. Where another application declares one too, each takes the other's labels away:
say namespaces: { team-a: { declare: false } }, or declareNamespaces: false for all of a cluster.
Argo CD takes away labels that kubectl apply once put on them: plan --live names these.
1 reference belongs in a manifest of yours: run attach.
`);

  expect(await imagePull('attach')).toEqual({
    code: 0,
    out: 'apps/team-b/sa.yaml:6   ServiceAccount team-b/builder   + ghcr-pull\n1 list in 1 file edited.\n',
    err: '',
  });
  expect(git('diff', '--stat')).toMatch(/^ apps\/team-b\/sa\.yaml \| 2 \+\+\n 1 file changed, 2 insertions\(\+\)\n$/);
  expect(await imagePull('synth', '--check')).toEqual({ code: 0, out: '', err: '' });
});

describe('a new team', () => {
  test('is one more file, and CI says so', async () => {
    const { git, write, commit, imagePull } = await withPullAccess();
    write('apps/team-c/deployment.yaml', workload('team-c', 'web', ['ghcr.io/acme/web:v3']));
    commit();
    expect(await imagePull('synth', '--check')).toEqual({
      code: 1,
      out: `dist/prod/namespaces/team-c.yaml is missing: Deployment team-c/web pulls ghcr.io/acme/web:v3
Run synth and commit what it writes.
prod: team-c is new: its first pods must be made after what is written here has synced.
Argo CD orders nothing between two Applications that exist already: commit this first and the workloads once it is synced,
or put the names on the templates (attachment: podTemplate), or say placement: beside.
`,
      err: '',
    });
    expect((await imagePull('synth')).code).toBe(0);
    expect(git('status', '--short')).toBe('?? dist/prod/namespaces/team-c.yaml\n');
    expect((await imagePull('synth', '--check')).code).toBe(0);
  });

  test('that `allow` does not name is told whom to ask, and nothing is written for it', async () => {
    const { root, git, write, commit, imagePull } = await withPullAccess();
    const config = readFileSync(join(root, 'image-pull.yaml'), 'utf8');
    write('image-pull.yaml', config.replace('registries: [ghcr],', 'registries: [ghcr], allow: [team-a, team-b],'));
    write('apps/team-c/deployment.yaml', workload('team-c', 'web', ['ghcr.io/acme/web:v3']));
    commit();
    const { code, err } = await imagePull('synth');
    expect(code).toBe(1);
    expect(err).toContain('namespace team-c may not have pull secret ghcr-pull');
    expect(err).toContain('ask whoever owns pullSecrets.ghcr-pull.allow (team-a, team-b) to add the namespace');
    expect(git('status', '--short')).toBe('');
  });
});

test('OpenShift: project-a runs images that project-b builds', async () => {
  const { root, git, imagePull } = repository({
    'image-pull.yaml':
      'version: 1\nregistries: { internal: { preset: openshift } }\nclusters: { ocp: { openshift: "4.20" } }\nworkloads: [apps]\n',
    'apps/api.yaml': workload(
      'project-a',
      'api',
      ['image-registry.openshift-image-registry.svc:5000/project-b/api:1'],
      'runner',
    ),
    'apps/sa.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: runner, namespace: project-a }\n',
  });
  const { code, err } = await imagePull('synth');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect((await imagePull('attach')).out).toBe('Every list of pull secrets is what it must be.\n');
  expect(git('status', '--short')).toBe('?? dist/\n');
  const files = filesOf(join(root, 'dist'));
  expect(Object.keys(files)).toEqual(['ocp/namespaces/project-b.yaml']);
  expect(files['ocp/namespaces/project-b.yaml']).toContain(`kind: RoleBinding
metadata:
  annotations:
    argocd.argoproj.io/sync-wave: "-3"
  labels:
    app.kubernetes.io/managed-by: cdk8s-image-pull
  name: image-puller:project-a:runner
  namespace: project-b
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: system:image-puller
subjects:
  - kind: ServiceAccount
    name: runner
    namespace: project-a
`);
  expect(files['ocp/namespaces/project-b.yaml']?.match(/^kind:/gm)).toHaveLength(1);
});
