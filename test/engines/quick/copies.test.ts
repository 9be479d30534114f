// What is written for programs that copy: their rights, their pods and their selectors, judged by the real API server.
import { join } from 'node:path';
import { cli, folderOf } from '../../support.js';
import { isAllowed } from '../cluster/access-review.js';
import { applyOutput } from '../cluster/apply-output.js';
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { namespace } from '../cluster/objects.js';
import { eventually } from '../processes/eventually.js';

let plane: ControlPlane;

beforeAll(async () => {
  plane = await ControlPlane.start();
});

afterAll(() => plane?.stop());

const config = (cluster: string, pullSecret = '', rest = '') => `
version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets:
  ghcr-pull:
    registries: [ghcr]
    source: { plaintext: { acceptPlaintextInGit: true, username: robot, password: not-a-secret } }
    ${pullSecret}
clusters: { prod: { ${cluster} } }
${rest}`;

/** Applies what is written for a config, and answers it. */
async function applied(text: string): Promise<KubeObject[]> {
  const folder = folderOf({ 'image-pull.yaml': text });
  const { code, err } = await cli(folder, 'synth');
  if (code > 0) throw new Error(err);
  const manifests = manifestsIn(join(folder, 'dist'));
  expect(await applyOutput(plane.api, manifests)).toEqual([]);
  return manifests.map(({ object }) => object);
}

describe('the patcher', () => {
  let objects: KubeObject[];

  beforeAll(async () => {
    objects = await applied(config('distribution: { patcher: { serviceAccounts: [default, builder] } }'));
  });

  const account = 'image-pull/image-pull-copy-ghcr-pull';

  test.each<[string, string, { name?: string; namespace?: string }, boolean]>([
    ['list', 'namespaces', { namespace: '' }, true],
    ['get', 'secrets', { name: 'ghcr-pull' }, true],
    ['create', 'secrets', {}, true],
    ['delete', 'secrets', { name: 'ghcr-pull' }, true],
    ['list', 'serviceaccounts', {}, true],
    ['patch', 'serviceaccounts', { name: 'default' }, true],
    ['patch', 'serviceaccounts', { name: 'builder' }, true],
    ['patch', 'serviceaccounts', { name: 'admin' }, false],
    ['get', 'secrets', { name: 'other' }, false],
    ['delete', 'secrets', { name: 'other' }, false],
    ['list', 'secrets', {}, false],
    ['update', 'secrets', { name: 'ghcr-pull' }, false],
    ['patch', 'secrets', { name: 'ghcr-pull' }, false],
    ['patch', 'namespaces', { name: 'default', namespace: '' }, false],
    ['list', 'pods', {}, false],
  ])('may %s %s %j: %s', async (verb, resource, { namespace: of = 'team-a', ...named }, allowed) => {
    expect(await isAllowed(plane.api, { account, verb, group: '', resource, namespace: of, ...named })).toBe(allowed);
  });

  test('has a pod, in a namespace that enforces the restricted standard', async () => {
    const [pod] = await eventually(async () => {
      const pods = await plane.api.list('v1', 'Pod', 'image-pull');
      return pods.length > 0 ? pods : undefined;
    });
    expect(pod?.spec).toMatchObject({ serviceAccountName: 'image-pull-copy-ghcr-pull' });
  });

  test('would have none there with fewer restrictions', async () => {
    const program = objects.find(({ kind }) => kind === 'Deployment')!;
    const { template } = program.spec as { template: { metadata: object; spec: Record<string, unknown> } };
    const podWith = (spec: object) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, generateName: 'probe-', namespace: 'image-pull' },
      spec: { ...template.spec, ...spec },
    });
    await plane.api.create(podWith({}), { dryRun: true });
    await expect(plane.api.create(podWith({ securityContext: {} }), { dryRun: true })).rejects.toThrow(/restricted/);
  });
});

describe('a selector for kubernetes-replicator', () => {
  const namespaces = [
    namespace('team-a', { tier: 'gold', 'acme.example/pulls': 'yes' }),
    namespace('team-b', { tier: 'gold' }),
    namespace('lab', { tier: 'gold', 'acme.example/pulls': 'yes' }),
    namespace('credentials', { tier: 'gold', 'acme.example/pulls': 'yes' }),
  ];

  beforeAll(async () => {
    for (const each of namespaces) await plane.api.apply(each);
  });

  const built = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'image-pull'];
  const lab = 'exclude: [{ namespace: lab }]';

  test.each<[string, string, string, string[]]>([
    ['labels', 'for: { labels: { tier: gold, acme.example/pulls: "yes" } }', '', ['lab', 'team-a']],
    ['labels but for a namespace', 'for: { labels: { tier: gold } }', lab, ['team-a', 'team-b']],
    ['labels and names', 'for: { labels: { tier: gold }, namespaces: [team-b, lab, x] }', lab, ['team-b']],
    ['everything but a namespace', '', lab, ['team-a', 'team-b', ...built]],
  ])('of %s selects these namespaces and not that of the source', async (_, pullSecret, rest, expected) => {
    const cluster = 'declareNamespaces: false, distribution: { replicator: { namespace: credentials } }';
    const objects = await applied(config(cluster, pullSecret, rest));
    const annotations = objects.find(({ kind }) => kind === 'Secret')?.metadata.annotations ?? {};
    const selector = annotations['replicator.v1.mittwald.de/replicate-to-matching'] ?? '';
    const found = await plane.kubectl('get', 'namespaces', '--selector', selector, '--output', 'name');
    expect(found.trim().split('\n').sort()).toEqual(expected.map((name) => `namespace/${name}`).sort());
  });
});
