import { cli, cliWithStdin, deployment, folderOf } from '../support.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (name: string, config: string, type = 'kubernetes.io/dockerconfigjson') =>
  `---\napiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: team-a }\ntype: ${type}\ndata:\n  .dockerconfigjson: ${base64(config)}\n`;
const entry = (key: string, password = 'hunter2') => `{"auths":{"${key}":{"username":"bot","password":"${password}"}}}`;
const pod = (list = '', image = 'quay.io/acme/web:v4') =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: team-a }\nspec:\n  ${list}\n  containers: [{ name: web, image: "${image}" }]\n`;
const account = (names: string) =>
  `---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: team-a }\nimagePullSecrets: [${names}]\n`;

test('an image against a docker config: which entries match, in which order', async () => {
  const config =
    '{"auths":{"quay.io":{"username":"all","password":"hunter2"},"quay.io/acme":{"username":"acme","password":"hunter2"},"ghcr.io":{"auth":"Ym90Omh1bnRlcjI="}}}';
  const folder = folderOf({ 'config.json': config });
  const { code, out } = await cli(folder, 'explain', 'quay.io/acme-labs/x:1', 'config.json');
  expect(code).toBe(0);
  expect(out).toContain('looked up as quay.io/acme-labs/x');
  expect(out).toContain('The kubelet tries 2 credentials');
  expect(out).toContain('1. quay.io/acme of config.json, user acme (matches by plain prefix, inside a path segment)');
  expect(out).toContain('2. quay.io of config.json, user all');
  expect(out).toMatch(/ghcr\.io +user bot +password \*\*\* +does not match quay\.io\/acme-labs\/x \(host\)/);
  expect(out).not.toContain('hunter2');
});

test.each([
  ['quay.io/acme-labs', 'path prefix'],
  ['quay.io:443', 'port: 443 is not none'],
  ['quay.io:abc', 'the entry is dropped'],
  ['*.quay.io', 'host'],
])('an entry for %s does not match quay.io/acme/web: %s', async (key, reason) => {
  const { out } = await cli(folderOf({ 'c.json': entry(key) }), 'explain', 'quay.io/acme/web', 'c.json');
  expect(out).toContain(`does not match quay.io/acme/web (${reason}`);
  expect(out).toContain('the kubelet pulls anonymously');
});

test('a pod at three in the morning: the entry is for another organisation', async () => {
  const stream =
    secret('quay-pull', entry('quay.io/acme-labs')) +
    account('{ name: quay-pull }, { name: quay-acme-pull }') +
    pod('imagePullSecrets: [{ name: quay-pull }]');
  const { out } = await cliWithStdin(folderOf({}), stream, 'explain', 'pod/web', '-n', 'team-a', '-');
  expect(out).toContain("pull secrets: quay-pull (the pod's own list)");
  expect(out).toContain('quay.io/acme-labs');
  expect(out).toContain('does not match quay.io/acme/web (path prefix)');
  expect(out).toContain('the kubelet pulls anonymously');
  expect(out).toContain('its service account also lists quay-acme-pull');
});

test('a pod without a list of its own takes that of its account', async () => {
  const folder = folderOf({
    'all.yaml': secret('p', entry('quay.io')) + account('{ name: p }, { name: gone }') + pod(),
  });
  const { out } = await cli(folder, 'explain', 'po/web', 'all.yaml');
  expect(out).toContain('pull secrets: p, gone (service account default)');
  expect(out).toContain('gone: not there');
  expect(out).toContain('The kubelet tries 1 credential');
});

test('one broken document breaks every pull of the pod', async () => {
  const folder = folderOf({
    'all.yaml':
      secret('good', entry('quay.io')) +
      secret('bad', '{"auths":{"ghcr.io":{"auth":"hunter2"}}}') +
      account('{ name: good }, { name: bad }') +
      pod(),
  });
  const { code, out, err } = await cli(folder, 'explain', 'pod/web', '.');
  expect(code).toBe(1);
  expect(out).toContain('Every pull of the pod fails');
  expect(out + err).not.toContain('hunter2');
});

test('what is inside a pull secret, values masked', async () => {
  const config = '{"auths":{"https://index.docker.io/v1/":{"auth":"Ym90Omh1bnRlcjI="}},"credsStore":"desktop"}';
  const { code, out } = await cli(folderOf({ 's.yaml': secret('hub', config) }), 'explain', 'secret/hub');
  expect(code).toBe(0);
  expect(out).toMatch(/https:\/\/index\.docker\.io\/v1\/ +user bot +password \*\*\*/);
  expect(out).toContain('credsStore');
  expect(out).not.toContain('hunter2');
});

test('a Secret of a type that the kubelet does not read is said to be skipped', async () => {
  const { code, out } = await cli(
    folderOf({ 's.yaml': secret('x', entry('quay.io'), 'Opaque') }),
    'explain',
    'secret/x',
  );
  expect(code).toBe(1);
  expect(out).toContain('skipped in silence');
});

test('an image that does not parse is said to be so', async () => {
  const { code, out } = await cli(folderOf({ 'c.json': entry('quay.io') }), 'explain', 'quay.io/Acme/web', 'c.json');
  expect(code).toBe(1);
  expect(out).toContain('InvalidImageName');
});

test.each([
  [['secret/none', '.'], 'there is no secret/none'],
  [['pod/none', '.'], 'there is no pod/none'],
  [['pod/web', '-n', 'other', '.'], 'there is no pod/web in namespace other'],
  [['nginx', 'nope.json'], 'nope.json'],
])('%j is an error that says what there is', async (argv, message) => {
  const { code, err } = await cli(folderOf({ 'all.yaml': secret('p', entry('quay.io')) + pod() }), 'explain', ...argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test.each([
  ['ExternalSecret', 'external-secrets.io/v1', '{ target: { template: { type: kubernetes.io/dockerconfigjson } } }'],
  ['SealedSecret', 'bitnami.com/v1alpha1', '{ template: { type: kubernetes.io/dockerconfigjson } }'],
])('a listed name that an %s makes is said to be made in the cluster', async (kind, apiVersion, spec) => {
  const made = `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: p, namespace: team-a }\nspec: ${spec}\n`;
  const folder = folderOf({ 'all.yaml': made + account('{ name: p }') + pod() });
  const { out } = await cli(folder, 'explain', 'pod/web', '.');
  expect(out).toContain(`p: made in the cluster by ${kind} p: its value is not here`);
  expect(out).not.toMatch(/not there|anonymously/);
  const named = await cli(folder, 'explain', 'secret/p', '.');
  expect(named).toMatchObject({ code: 0 });
  expect(named.out).toContain(`made in the cluster by ${kind} p`);
});

test('without a namespace, secrets of several are shown with theirs', async () => {
  const other = secret('p', '{"auths":{"quay.io":{"auth":"hunter2"}}}').replace('team-a', 'team-b');
  const folder = folderOf({ 'all.yaml': secret('p', entry('quay.io')) + other });
  const { out } = await cli(folder, 'explain', 'quay.io/acme/web', '.');
  expect(out).toContain('team-a/p: kubernetes.io/dockerconfigjson');
  expect(out).toContain('team-b/p: kubernetes.io/dockerconfigjson, broken');
  expect(out).toContain('Every pull of a pod that lists it fails');
  const one = await cli(folder, 'explain', 'quay.io/acme/web', '-n', 'team-a', '.');
  expect(one.out).toContain('  p: kubernetes.io/dockerconfigjson');
});

test.each([
  ['gadget/web', 'docker.io/gadget/web'],
  ['web', 'docker.io/library/web'],
])('%s, which could be a workload and is none, is an error and no image', async (subject, image) => {
  const folder = folderOf({ 'all.yaml': pod() });
  const { code, out, err } = await cli(folder, 'explain', subject, '.');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`there is no ${subject} in what was read [subject-unknown]`);
  expect(err).toContain(`an image of Docker Hub is ${image}`);
  expect(await cli(folder, 'explain', image, '.')).toMatchObject({ code: 0 });
});

test('an image is taken for one by its host, its tag, or a pod that pulls it', async () => {
  const folder = folderOf({ 'all.yaml': pod() });
  expect((await cli(folder, 'explain', 'quay.io/web', '.')).err).toBe('');
});

test('a mistyped path and an empty input are errors in words of the command line', async () => {
  const folder = folderOf({ 'all.yaml': pod() });
  const mistyped = await cli(folder, 'explain', 'nginx', 'nope.yaml');
  expect(mistyped).toMatchObject({ code: 2 });
  expect(mistyped.err).toContain('"nope.yaml" matches no file');
  expect(mistyped.err).not.toContain('workloads');
  expect(await cliWithStdin(folder, ' \n', 'explain', 'nginx', '-')).toMatchObject({ code: 2, out: '' });
});

describe("what every node has, on OpenShift, comes behind the pod's own", () => {
  const global = (config: string) =>
    secret('pull-secret', config).replace('namespace: team-a', 'namespace: openshift-config');

  test.each([
    [
      'a credential',
      entry('quay.io/acme'),
      'take it off the list',
      'Behind that the node offers 1 credential:\n    1. quay.io/acme of openshift-config/pull-secret, user bot\n',
    ],
    [
      'none for the image',
      entry('ghcr.io'),
      'declare the registry',
      'The node has none for it in openshift-config/pull-secret.',
    ],
  ])('%s', async (_what, config, mend, expected) => {
    const stream = pod('imagePullSecrets: [{ name: own }]') + secret('own', entry('ghcr.io')) + global(config);
    const { code, out } = await cliWithStdin(folderOf({}), stream, 'explain', 'pod/web', '-');
    expect(code).toBe(1);
    expect(out).toContain(`Mend: ${mend}`);
    expect(out).toContain(`the kubelet pulls anonymously, unless the node has one.\n    ${expected}`);
    expect(out).not.toContain('hunter2');
  });

  test('what an ExternalSecret will hold', async () => {
    const made =
      '---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: pull-secret, namespace: openshift-config }\nspec: { target: { name: pull-secret, template: { type: kubernetes.io/dockerconfigjson } } }\n';
    const { out } = await cliWithStdin(folderOf({}), pod() + made, 'explain', 'pod/web', '-');
    expect(out).toContain('Behind that the node offers what openshift-config/pull-secret will hold.');
  });
});

test('a docker config with very many blank lines is read in no time', async () => {
  const folder = folderOf({ 'c.json': `{"auths":{"r.io":{"auth":"dTpw"}}${'\n'.repeat(300_000)}}` });
  expect(await cli(folder, 'explain', 'r.io/x', 'c.json')).toMatchObject({ code: 0, err: '' });
});

test('a near miss comes with what mends it, and the exit code is that of verify', async () => {
  const stream = secret('quay-pull', entry('quay.io/acme-labs')) + pod('imagePullSecrets: [{ name: quay-pull }]');
  const { code, out } = await cliWithStdin(folderOf({}), stream, 'explain', 'pod/web', '-n', 'team-a', '-');
  expect(out).toContain(
    'Mend: the entry quay.io/acme-labs of quay-pull is for another path than quay.io/acme/web: correct the one or the other',
  );
  expect(code).toBe(1);
  expect(await cliWithStdin(folderOf({}), stream, 'verify', '-')).toMatchObject({ code: 1 });
});

test.each([
  'requested access to the resource is denied',
  'Failed to pull image "acme/web": pull access denied, requested access to the resource is denied',
  'error: no objects passed to create',
  'Secret "x" is invalid: data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": unexpected end of JSON input',
  'toomanyrequests: You have reached your pull rate limit',
])('%s, a message, is said by whom, what it means and what mends it', async (message) => {
  const { code, out } = await cli(folderOf({}), 'explain', message);
  expect(code).toBe(0);
  expect(out).toMatch(/^"[^\n]+"\n {2}said by [^\n]+\n {2}[^\n]+\n(?: {2}- [^\n]+\n)+$/);
});

test('what is wrong with other manifests does not drown the answer', async () => {
  const others = Array.from(
    { length: 30 },
    (_, index) =>
      `---\napiVersion: v1\nkind: Pod\nmetadata: { name: x${index} }\nspec: { containers: [{ name: c, image: "GHCR.io/X" }] }\n`,
  );
  const stream = secret('p', entry('quay.io')) + pod('imagePullSecrets: [{ name: p }]') + others.join('');
  expect(await cliWithStdin(folderOf({}), stream, 'explain', 'pod/web', '-')).toMatchObject({ code: 0, err: '' });
});

test('a subject of several clusters is told cluster by cluster, with the name of each', async () => {
  const web = deployment('shop', 'web', ['ghcr.io/acme/web'], 'imagePullSecrets: [{ name: pull }],');
  const auths = Buffer.from('{"auths":{"ghcr.io":{"username":"bot","password":"hunter2"}}}').toString('base64');
  const folder = folderOf({
    'clusters/prod/web.yaml': web,
    'clusters/staging/web.yaml': web,
    'clusters/staging/pull.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: pull, namespace: shop }\ntype: kubernetes.io/dockerconfigjson\ndata: { .dockerconfigjson: ${auths} }\n`,
  });
  const { out } = await cli(folder, 'explain', 'deployment/web');
  const [prod = '', staging = ''] = out.split('\n\n');
  expect(prod).toContain('Deployment shop/web in cluster prod\n');
  expect(prod).toContain('pull: not there');
  expect(staging).toContain('Deployment shop/web in cluster staging\n');
  expect(staging).toContain('1. ghcr.io of pull');
  expect((await cli(folder, 'explain', 'secret/pull')).out).toContain('secret shop/pull in cluster staging ');
});
