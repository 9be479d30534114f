import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const host = 'image-registry.openshift-image-registry.svc:5000';
const config = (rest = '') => `version: 1
registries: { internal: { preset: openshift } }
${rest}clusters: { ocp: { openshift: "4.20" } }
workloads: [apps]
`;

describe('project-a runs images that project-b builds', () => {
  const project = (rest = '') =>
    folderOf({
      'image-pull.yaml': config(rest),
      'apps/web.yaml': deployment('project-a', 'web', [`${host}/project-b/api:1`], 'serviceAccountName: web,'),
    });

  test('no credential is asked for, and exactly the account that runs the pod may pull', async () => {
    const folder = project();
    const { code, out, err } = await cli(folder, 'synth');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('ocp   project-a   web   pulls from project-b   dist/ocp/namespaces/project-b.yaml');
    const files = filesOf(join(folder, 'dist'));
    expect(Object.keys(files)).toEqual(['ocp/namespaces/project-b.yaml']);
    const objects = parseAllDocuments(files['ocp/namespaces/project-b.yaml'] ?? '').map(
      (each) => each.toJS() as object,
    );
    // The account's own list is OpenShift's: there is no ServiceAccount in the output.
    expect(objects).toMatchObject([
      {
        kind: 'RoleBinding',
        metadata: { name: 'image-puller:project-a:web', namespace: 'project-b' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:image-puller' },
        subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'project-a' }],
      },
    ]);
  });

  test('--check says whose pull a missing grant is for', async () => {
    const { code, out, err } = await cli(project(), 'synth', '--check');
    expect(code).toBe(1);
    expect(`${out}${err}`).toContain(
      `project-b.yaml is missing: Deployment project-a/web pulls ${host}/project-b/api:1`,
    );
  });

  test('without consent nothing is written', async () => {
    const folder = project('share: { project-b: [] }\n');
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('namespace project-b does not share its images with project-a');
    expect(filesOf(folder)).not.toHaveProperty('dist/ocp/namespaces/project-b.yaml');
  });
});

test('a Secret that only has to be there has a line of its own', async () => {
  const folder = folderOf({
    'image-pull.yaml': `version: 1
registries: { redhat: { host: registry.redhat.io, auth: sso }, sso: { host: sso.redhat.com } }
pullSecrets:
  redhat-pull: { registries: [redhat], source: { external: { store: vault, key: r } } }
  sso-pull: { registries: [sso], source: { existing: {} } }
clusters: { prod: {} }
workloads: [apps]
`,
    'apps/web.yaml': deployment('a', 'web', ['registry.redhat.io/ubi9/nginx']),
  });
  const { code, out } = await cli(folder, 'synth', '--why');
  expect(code).toBe(0);
  expect(out).toMatch(/prod {3}a {3}on no list +sso-pull\n/);
  expect(out).toContain('sso-pull opens sso.redhat.com');
});
