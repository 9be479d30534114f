// Credentials that nodes have of their own: nothing is written for them, and the proof counts on them.
import { parseConfig } from '../../src/config/load.js';
import { ImageReference } from '../../src/model/image/image-reference.js';
import { Nodes } from '../../src/model/vocabulary/nodes.js';
import { cli, deployment, folderOf } from '../support.js';

const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const config = `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { host: quay.io } }
pullSecrets: { quay-pull: { registries: [quay], source: { external: { store: vault, key: quay } } } }
clusters:
  prod:
    kubernetes: "1.35"
    workloads: [apps]
    nodes:
      registries: [ghcr]
      providers: [{ name: ecr-credential-provider, matchImages: ["*.dkr.ecr.*.amazonaws.com"] }]
`;
const files = {
  'image-pull.yaml': config,
  'apps/web.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web:1', `${ecr}/api:1`, 'quay.io/x:1']),
};

test('synth writes nothing for what nodes open, and says so', async () => {
  const folder = folderOf(files);
  const { code, out, err } = await cli(folder, 'synth', '--why');
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('finding') });
  expect(out).toContain('3 image references: 1 with a pull secret, 2 opened by the nodes.');
  expect(out).toContain('with what the nodes have of their own');
});

test('verify assumes them, in the order of the kubelet', async () => {
  const folder = folderOf(files);
  await cli(folder, 'synth');
  const { code, out } = await cli(folder, 'verify', '--format', 'json');
  const { images } = JSON.parse(out);
  expect(code).toBe(0);
  expect(
    images.map(
      ({
        image,
        verdict,
        credentials,
      }: {
        image: string;
        verdict: string;
        credentials: { from: string; secret: string }[];
      }) => [image, verdict, credentials.map(({ from, secret }) => `${from} ${secret}`)],
    ),
  ).toEqual([
    ['ghcr.io/acme/web:1', 'assumed', ['node docker config of the node']],
    [`${ecr}/api:1`, 'assumed', ['provider ecr-credential-provider']],
    ['quay.io/x:1', 'assumed', ['pod quay-pull']],
  ]);
});

test('explain names both', async () => {
  const { out } = await cli(folderOf(files), 'explain', 'deployment/web', '-n', 'team-a');
  expect(out).toContain('Behind that the node offers 1 credential:\n    1. ghcr.io/acme/ of docker config of the node');
  expect(out).toContain('Behind that the kubelet asks ecr-credential-provider.');
});

test('without them the same manifests are findings', async () => {
  const { code, out } = await cli(
    folderOf({ ...files, 'image-pull.yaml': config.replace(/ {4}nodes:[\s\S]*$/, '') }),
    'verify',
  );
  expect(code).toBe(1);
  expect(out).toContain('image-uncovered');
  expect(out).toContain('access-unknown');
});

// Kubernetes 1.37, pkg/credentialprovider/keyring_test.go, TestURLsMatch, as matchImages; the image is looked up by its whole name.
test.each([
  ['*.kubernetes.io', 'prefix.kubernetes.io/app', true],
  ['*-good.kubernetes.io', 'prefix-good.kubernetes.io/app', true],
  ['prefix.*.io/foo', 'prefix.kubernetes.io/foo/bar:1', true],
  ['prefix.*.io/foo', 'prefix.kubernetes.io/foobar:1', true],
  ['*.kubernetes.io:1111/blah', 'prefix.kubernetes.io:1111/blah', true],
  ['docker.io', 'busybox', true],
  ['*.kubernetes.io', 'kubernetes.io/app', false],
  ['*.*.kubernetes.io', 'prefix.kubernetes.io/app', false],
  ['*.kubernetes.io', 'prefix.kubernetes.io:443/app', false],
  ['*.kubernetes.io:1234/blah', 'prefix.kubernetes.io:1111/blah', false],
  ['index.docker.io', 'busybox', false],
  ['https://ghcr.io', 'ghcr.io/acme/web', false],
  ['GHCR.io', 'ghcr.io/acme/web', false],
])('the pattern %s and the image %s: %s', (pattern, image, isAsked) => {
  const nodes = new Nodes({ providers: [{ name: 'p', matchImages: [pattern] }] }, new Map());
  expect(nodes.providersOf(ImageReference.parse(image))).toEqual(isAsked ? ['p'] : []);
});

test.each([
  ['registries: [gcr]', 'name-dangling', 'gcr'],
  ['providers: [{ name: a/b, matchImages: [x.io] }]', 'provider-invalid', 'is no name of a program'],
  ['providers: [{ name: a, matchImages: [] }]', 'provider-invalid', 'matches no image'],
  ['providers: [{ name: a, matchImages: ["https://x.io"] }]', 'provider-invalid', 'has a scheme'],
  ['providers: [{ name: a, matchImages: ["x.io:*"] }]', 'provider-invalid', 'that the kubelet can read'],
  ['providers: [{ name: a, matchImages: [/x] }]', 'provider-invalid', 'has no host'],
  [
    'providers: [{ name: a, matchImages: [x.io] }, { name: a, matchImages: [y.io] }]',
    'provider-invalid',
    'is there twice',
  ],
])('nodes: { %s } is refused as %s', (nodes, code, words) => {
  const text = `version: 1\nregistries: { ghcr: { preset: ghcr } }\nclusters: { prod: { nodes: { ${nodes} } } }\n`;
  const { problems } = parseConfig(text, 'image-pull.yaml', '.');
  expect(problems).toEqual([
    expect.objectContaining({
      code,
      message: expect.stringContaining(words),
      at: expect.objectContaining({ line: 3 }),
    }),
  ]);
});
