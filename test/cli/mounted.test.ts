// What is read by containers/image, in builds and in pods that mount a pull secret, has no key that ends in a slash.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, ImagePullApp, PullSecret, Source } from '../../src/index.js';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const pullSecret = (distribution = '') =>
  `quay-pull: { registries: [quay], source: { external: { store: vault, key: quay } }${distribution} }`;
const config = (cluster: string, rest = '', secret = pullSecret()) => `version: 1
registries: { quay: { preset: quay, path: acme } }
pullSecrets: { ${secret} }
clusters: { prod: ${cluster} }
${rest}`;
const build = `{ apiVersion: build.openshift.io/v1, kind: BuildConfig, metadata: { name: b, namespace: ci }, spec: { strategy: { dockerStrategy: { from: { kind: DockerImage, name: quay.io/acme/base }, pullSecret: { name: quay-pull } } } } }\n`;
const web = deployment('ci', 'web', ['quay.io/acme/web']);

function keysIn(text = ''): string[] {
  return [...text.matchAll(/"(quay\.io[^"]*)":\{"auth"/g)].map(([, key = '']) => key);
}

async function synthesized(files: Record<string, string>) {
  const folder = folderOf(files);
  const ran = await cli(folder, 'synth');
  return { folder, ...ran, files: filesOf(folder) };
}

describe('a pull secret that goes on no list', () => {
  test.each([
    ['of the namespace', 'namespaces: { ci: { pullSecrets: [quay-pull], onList: false } }\n'],
    [
      'of an account',
      'namespaces: { ci: { serviceAccounts: { builder: { pullSecrets: [quay-pull], onList: false } } } }\n',
    ],
  ])('is in the namespace, with a key that builds match: %s', async (_, rest) => {
    const { code, out, err, files } = await synthesized({ 'image-pull.yaml': config('{}', rest) });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/ci +on no list +quay-pull/);
    const text = files['dist/prod/namespaces/ci.yaml'];
    expect(keysIn(text)).toEqual(['quay.io/acme']);
    expect(text).not.toContain('ServiceAccount\n');
    expect(text).not.toContain('imagePullSecrets');
  });

  test('is the same from both doors', async () => {
    const rest = 'namespaces: { ci: { pullSecrets: [quay-pull], onList: false } }\n';
    const { files } = await synthesized({ 'image-pull.yaml': config('{}', rest) });
    const app = new ImagePullApp();
    const cluster = new Cluster(app, 'prod');
    const quay = cluster.registry('quay', { preset: 'quay', path: 'acme' });
    const source = Source.external({ store: 'vault', key: 'quay' });
    cluster.namespace('ci').pullSecret(new PullSecret(cluster, 'quay-pull', { registries: [quay], source }));
    const rendered = app.render().get('prod/namespaces/ci.yaml')?.text ?? '';
    const body = (text = '') => text.slice(text.indexOf('\n'));
    expect(body(rendered)).toBe(body(files['dist/prod/namespaces/ci.yaml']));
    expect(rendered.split('\n')[1]).toBe('# For Namespace ci, which pulls quay.io/acme/*.');
  });

  test('is on the list of pods that need it all the same', async () => {
    const rest = 'workloads: [apps]\nnamespaces: { ci: { pullSecrets: [quay-pull], onList: false } }\n';
    const { files } = await synthesized({ 'image-pull.yaml': config('{}', rest), 'apps/web.yaml': web });
    const text = files['dist/prod/namespaces/ci.yaml'];
    expect(keysIn(text)).toEqual(['quay.io/acme']);
    expect(text).toContain('imagePullSecrets:\n  - name: quay-pull\n');
  });

  test('is warned about where no pull secret is named', async () => {
    const rest = 'workloads: [apps]\nnamespaces: { ci: { onList: false } }\n';
    const { code, err } = await synthesized({ 'image-pull.yaml': config('{}', rest), 'apps/web.yaml': web });
    expect(code).toBe(0);
    expect(err).toContain('[on-list-idle]');
  });
});

describe('a build', () => {
  const ocp = '{ openshift: "4.20", attachment: podTemplate }';

  test('reads a key without a slash, other namespaces keep theirs', async () => {
    const other = deployment('shop', 'web', ['quay.io/acme/web'], 'imagePullSecrets: [{ name: quay-pull }],');
    const { code, err, files } = await synthesized({
      'image-pull.yaml': config(ocp, 'workloads: [apps]\n'),
      'apps/build.yaml': `${build}---\n${other}`,
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(keysIn(files['dist/prod/namespaces/ci.yaml'])).toEqual(['quay.io/acme']);
    expect(keysIn(files['dist/prod/namespaces/shop.yaml'])).toEqual(['quay.io/acme/']);
  });

  test('that comes or goes takes no access away', async () => {
    const files = {
      'image-pull.yaml': config('{}', 'workloads: [apps]\n'),
      'apps/web.yaml': web,
    };
    const { folder } = await synthesized(files);
    for (const [manifests, key] of [
      [`${web}---\n${build}`, 'quay.io/acme'],
      [`${web}---\n${build}---\n{ apiVersion: v1, kind: Pod, spec: { containers: [{ name: x }] } }\n`, 'quay.io/acme'],
      [`${web}---\n{ apiVersion: v1, kind: Pod, spec: { containers: [{ name: x }] } }\n`, 'quay.io/acme'],
      [web, 'quay.io/acme/'],
    ] as const) {
      writeFileSync(join(folder, 'apps/web.yaml'), manifests);
      const { err } = await cli(folder, 'synth');
      expect(err).not.toContain('[access-leaves]');
      expect(keysIn(filesOf(folder)['dist/prod/namespaces/ci.yaml'])).toEqual([key]);
    }
  });

  test.each([
    [
      'copies of one source',
      pullSecret(', distribution: kyverno'),
      'registries: { quay: { preset: quay, path: acme } }',
    ],
    [
      'a key that ends in a slash',
      pullSecret(),
      'registries: { quay: { preset: quay, path: acme, key: quay.io/acme/ } }',
    ],
  ])('is a finding with %s', async (_, secret, registries) => {
    const cluster = '{ openshift: "4.20", kyverno: "1.19", attachment: podTemplate }';
    const text = config(cluster, 'workloads: [apps]\n', secret).replace(/registries: \{ quay.*/, registries);
    const folder = folderOf({ 'image-pull.yaml': text, 'apps/build.yaml': build });
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('a build does not match its key quay.io/acme/ [key-not-for-builds]');
    const [, hint = ''] = /registries\.quay\.(key: \S+)/.exec(err) ?? [];
    const mended = text.replace(/path: acme(?:, key: \S+)? \}/, `path: acme, ${hint} }`);
    writeFileSync(join(folder, 'image-pull.yaml'), mended);
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  });
});
