import { cli, cliWithStdin, folderOf } from '../support.js';

const config =
  'version: 1\nregistries: { ghcr: { preset: ghcr, path: acme } }\npullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: k } } } }\nclusters: { prod: { kubernetes: "1.35" } }\nworkloads: [apps]\n';
const template = 'spec: { template: { spec: { containers: [{ name: web, image: "ghcr.io/acme/web:v4" }] } } }';
const web = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: team-a }, ${template} }\n`;
const pod = (list: string) =>
  `---\n{ apiVersion: v1, kind: Pod, metadata: { name: web-1, namespace: team-a, uid: x }, spec: { ${list} containers: [{ name: web, image: "ghcr.io/acme/web:v4" }] } }\n`;
const account = (list: string) =>
  `---\n{ apiVersion: v1, kind: ServiceAccount, metadata: { name: default, namespace: team-a, uid: y }, imagePullSecrets: [${list}] }\n`;
const secret = (type: string, content = '{"auths":{"ghcr.io/acme/":{"username":"bot","password":"hunter2"}}}') =>
  `---\n{ apiVersion: v1, kind: Secret, metadata: { name: ghcr-pull, namespace: team-a, uid: z }, type: ${type}, data: { .dockerconfigjson: ${Buffer.from(content).toString('base64')} } }\n`;
const namespace = (managed: string) =>
  `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: team-a, uid: n, managedFields: [${managed}] } }\n`;

/** What `plan --live` says of a dump. */
const planned = (dump: string, ...argv: string[]) =>
  cliWithStdin(
    folderOf({ 'image-pull.yaml': config, 'apps/web.yaml': web }),
    web + dump,
    'plan',
    '--live',
    '-',
    ...argv,
  );

test('a pod without a credential gains one when it is made again, and the template at once', async () => {
  const { code, out } = await planned(account('') + pod(''));
  expect(code).toBe(0);
  expect(out).toContain('prod: 2 images of the dump, 1 answered otherwise once everything is applied.');
  expect(out).toMatch(/Deployment team-a\/web +web +ghcr\.io\/acme\/web:v4 +missing -> assumed/);
  expect(out).toContain('Pod team-a/web-1 keeps its old list: delete it, and it is made again with ghcr-pull.');
  expect(out).toContain('Pod team-a/web-1 runs ghcr.io/acme/web:v4 without a credential, because it is on the node');
});

test('names of others that a complete list would drop are to be decided about first', async () => {
  const { code, out } = await planned(account('{ name: regcred }'));
  expect(code).toBe(1);
  expect(out).toContain(
    '1. Service account team-a/default lists regcred, which the complete list would drop. To keep them: namespaces: { team-a: { serviceAccounts: { default: { keep: [regcred] } } } }',
  );
  expect(out).toMatch(/2\. Apply \d+ objects\./);
});

test('a Secret of another type stands in the way, one of the right type is taken over', async () => {
  const { code, out } = await planned(account('{ name: ghcr-pull }') + secret('Opaque'));
  expect(code).toBe(1);
  expect(out).toContain('Secret team-a/ghcr-pull is in the way: it is of type Opaque, and a type cannot change.');
  expect(out).not.toContain('hunter2');
  const taken = await planned(account('{ name: ghcr-pull }') + secret('kubernetes.io/dockerconfigjson'));
  expect(taken).toMatchObject({ code: 0 });
});

test('labels that the same manager set for somebody else would go', async () => {
  const managed =
    '{ manager: argocd-controller, fieldsV1: { "f:metadata": { "f:labels": { "f:istio-injection": {}, "f:app.kubernetes.io/managed-by": {} } } } }';
  const { code, out } = await planned(namespace(managed));
  expect(code).toBe(1);
  expect(out).toContain('Namespace team-a has label istio-injection of another place');
  const other = managed.replace('argocd-controller', 'kubectl-edit');
  expect(await planned(namespace(other))).toMatchObject({ code: 0 });
});

test.each([
  ['argocd', 1],
  ['argocd, bootstrap: { repository: "https://git.example/access.git" }', 1],
  ['flux', 0],
])('labels that kubectl applied, with gitops: %s', async (gitops, code) => {
  const managed =
    '{ manager: kubectl-client-side-apply, fieldsV1: { "f:metadata": { "f:labels": { "f:istio-injection": {} } } } }';
  const folder = folderOf({
    'image-pull.yaml': config.replace('"1.35"', `"1.35", gitops: ${gitops}`),
    'apps/web.yaml': web,
  });
  expect(await cliWithStdin(folder, web + namespace(managed), 'plan', '--live', '-')).toMatchObject({ code });
});

test('of an account whose fields nobody tracks, kubectl’s own record says what would go', async () => {
  const record = JSON.stringify({ metadata: { annotations: { 'acme.example/role': 'reader' } } });
  const applied = account('').replace(
    'uid: y',
    `uid: y, annotations: { kubectl.kubernetes.io/last-applied-configuration: '${record}' }`,
  );
  const { code, out } = await planned(applied);
  expect(code).toBe(1);
  expect(out).toContain('ServiceAccount team-a/default has annotation acme.example/role of another place');
  expect(out).toContain('make it with --show-managed-fields');
  expect((await planned(applied.replace(record, '{'))).code).toBe(0);
});

test('what a dump does not say is not guessed', async () => {
  const { out } = await planned(account(''));
  expect(out).toContain('make it with --show-managed-fields');
});

test('the answer as JSON has every image with its verdicts, and the steps in order', async () => {
  const { out } = await planned(account('{ name: regcred }') + pod(''), '--json');
  const { version, images, steps } = JSON.parse(out);
  expect(version).toBe(1);
  expect(images).toHaveLength(2);
  expect(images[0]).toEqual({
    kind: 'Deployment',
    namespace: 'team-a',
    name: 'web',
    place: 'containers',
    container: 'web',
    image: 'ghcr.io/acme/web:v4',
    before: 'missing',
    after: 'assumed',
  });
  expect(steps.map(({ step }: { step: string }) => step)).toEqual(['keep-entries', 'apply', 'cached']);
});

test.each([
  [['plan'], "required option '--live <dump>' not specified"],
  [['plan', '--live', 'none.yaml'], 'none.yaml'],
  [['plan', '--live', '-', '--cluster', 'staging'], 'cluster staging does not exist'],
])('%j is an error of usage', async (argv, message) => {
  const { code, err } = await cli(folderOf({ 'image-pull.yaml': config, 'apps/web.yaml': web }), ...argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
