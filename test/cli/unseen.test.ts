// What a run has not seen is a finding, and costs nobody what it was given before.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const config = (workloads: string, rest = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: ghcr } } } }
clusters: { prod: {} }
workloads: ${workloads}
${rest}`;
const web = deployment('team-a', 'web', ['ghcr.io/acme/web:v3']);
const api = deployment('team-b', 'api', ['ghcr.io/acme/api:v3']);
const unplaced = web.replace(', namespace: team-a', '');
const codes = (err: string) => err.match(/\[[a-z-]+\]\n/g)?.map((code) => code.slice(1, -2)) ?? [];
const written = (folder: string) => Object.keys(filesOf(join(folder, 'dist'))).sort();

describe('one manifest in several namespaces', () => {
  test.each([
    ['two entries', '[{ path: apps, namespace: one }, { path: apps, namespace: two }]'],
    [
      'three entries, one of which gives none',
      '[apps, { path: apps, namespace: one }, { path: "apps/*", namespace: two }]',
    ],
    [
      'one rendered file',
      '[{ rendered: apps/web.yaml, from: a, namespace: one }, { rendered: apps/web.yaml, from: b, namespace: two }]',
    ],
  ])('counts in each: %s', async (_, workloads) => {
    const folder = folderOf({ 'image-pull.yaml': config(workloads), 'apps/web.yaml': unplaced });
    const { code, out, err } = await cli(folder, 'synth');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('prod: 2 image references: 2 with a pull secret.');
    expect(written(folder)).toEqual(['prod/namespaces/one.yaml', 'prod/namespaces/two.yaml']);
  });

  test('counts in the namespace of the top level and in that of the cluster', async () => {
    const text = config('[{ path: apps, namespace: one }]').replace(
      'prod: {}',
      'prod: { workloads: [{ path: apps, namespace: two }] }',
    );
    const folder = folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': unplaced });
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
    expect(written(folder)).toEqual(['prod/namespaces/one.yaml', 'prod/namespaces/two.yaml']);
  });

  test.each([
    '[apps, apps/web.yaml]',
    '[{ path: apps, namespace: team-a }, { path: apps/web.yaml, namespace: team-a }]',
    '[{ path: apps, namespace: one }, { path: apps, namespace: two }]',
  ])('counts once where it is the same one: %s', async (workloads) => {
    const folder = folderOf({ 'image-pull.yaml': config(workloads), 'apps/web.yaml': web });
    const { out } = await cli(folder, 'synth');
    expect(out).toContain('prod: 1 image reference: 1 with a pull secret.');
  });

  test('attach puts on its one list what any of them needs, once', async () => {
    const both = '[{ path: apps, namespace: one }, { path: apps, namespace: two }]';
    const account = '{ apiVersion: v1, kind: ServiceAccount, metadata: { name: default } }\n';
    const text = config(both).replace('key: ghcr } } }', 'key: ghcr } }, for: { namespaces: [two] } }');
    const folder = folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': unplaced, 'apps/a.yaml': account });
    expect((await cli(folder, 'attach')).out).toContain('ghcr-pull');
    expect(filesOf(folder)['apps/a.yaml']?.match(/name: ghcr-pull/g)).toHaveLength(1);
    expect((await cli(folder, 'attach', '--check')).out).toBe('');
    const listed = await cli(folder, 'attach');
    expect(listed.out).not.toContain('ghcr-pull');
  });
});

const object = (apiVersion: string, kind: string, spec: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x, namespace: "y" }, spec: ${spec} }\n`;

describe('what nobody has seen', () => {
  test.each([
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['helm.cattle.io/v1', 'HelmChart'],
    ['argoproj.io/v1alpha1', 'Application'],
    ['argoproj.io/v1alpha1', 'ApplicationSet'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
  ])('%s %s is a finding, and the hint mends it', async (apiVersion, kind) => {
    const files = { 'apps/web.yaml': web, 'apps/x.yaml': object(apiVersion, kind, '{}') };
    const folder = folderOf({ 'image-pull.yaml': config('[apps]'), ...files });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['not-rendered'] });
    expect(err).toContain(`apps/x.yaml:1:1: ${kind} x stands for pods that nobody has read`);
    expect((await cli(folder, 'synth', '--check')).code).toBe(1);
    const [, pattern] = /leave the object out: ("![^"]+")/.exec(err) ?? [];
    writeFileSync(join(folder, 'image-pull.yaml'), config(`[apps, ${pattern}]`));
    expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    ['rendered', '[apps, { rendered: out.yaml, from: apps/prod }]'],
    ['left out', '[apps, out.yaml, "!apps/prod/**"]'],
  ])('a kustomization is a finding until it is %s', async (_, mended) => {
    const base = { 'apps/prod/kustomization.yaml': 'resources: [api.yaml]\n', 'apps/prod/api.yaml': api };
    const folder = folderOf({ 'image-pull.yaml': config('[apps]'), 'apps/web.yaml': web, 'out.yaml': api, ...base });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['manifest-is-a-base'] });
    expect(err).toContain('{ kustomize: apps/prod }');
    expect(err).toContain('"!apps/prod/**"');
    writeFileSync(join(folder, 'image-pull.yaml'), config(mended));
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test('a template of the cluster that nothing uses is a finding until something does, or its images are public', async () => {
    const template = (image: string) => `
apiVersion: argoproj.io/v1alpha1
kind: ClusterWorkflowTemplate
metadata: { name: build }
spec: { templates: [{ name: main, container: { image: ${image} } }] }
`;
    const user = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { name: once, namespace: ci }
spec: { workflowTemplateRef: { name: build, clusterScope: true } }
`;
    const files = { 'image-pull.yaml': config('[apps]'), 'apps/web.yaml': web };
    const folder = folderOf({ ...files, 'apps/x.yaml': template('ghcr.io/acme/build:v1') });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['template-unused'] });
    expect(err).toContain('apps/x.yaml:2:1: ClusterWorkflowTemplate build is used by nothing that was read');
    expect(err).toContain('ghcr.io/acme/build:v1');
    writeFileSync(join(folder, 'apps/user.yaml'), user);
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
    expect(written(folder)).toContain('prod/namespaces/ci.yaml');
    const byHand = 'namespaces: { ci: { pullSecrets: [ghcr-pull] } }\n';
    const acknowledged = 'acknowledge: [{ kind: ClusterWorkflowTemplate, name: build, reason: ci submits it }]\n';
    writeFileSync(join(folder, 'image-pull.yaml'), config('[apps, "!apps/user.yaml"]', byHand + acknowledged));
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
    const open = folderOf({ ...files, 'apps/x.yaml': template('registry.k8s.io/pause:3') });
    writeFileSync(
      join(open, 'image-pull.yaml'),
      config('[apps]').replace('path: acme }', 'path: acme }, k8s: { host: registry.k8s.io, access: public }'),
    );
    expect(await cli(open, 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test('many of one kind and folder are one finding', async () => {
    const many = [1, 2, 3, 4].map((index) =>
      object('argoproj.io/v1alpha1', 'Application', `{ source: { path: a${index} } }`),
    );
    const folder = folderOf({
      'image-pull.yaml': config('[apps]'),
      'apps/web.yaml': web,
      'apps/x.yaml': many.join('---\n'),
    });
    const { err } = await cli(folder, 'synth');
    expect(err).toContain('Application x stands for pods that nobody has read, and 3 more');
    expect(err).toMatch(/\n1 finding\n$/);
  });

  test.each([
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization', '{ images: [{ newName: ghcr.io/acme/web }] }'],
    [
      'kyverno.io/v1',
      'ClusterPolicy',
      '{ rules: [{ validate: { pattern: { spec: { containers: [{ image: "*:v1" }] } } } }] }',
    ],
    ['acme.io/v1', 'Gadget', '{ note: quay.io/other/x, containers: [web, api] }'],
    ['v1', 'ConfigMap', '{ image: ghcr.io/acme/web }'],
  ])('%s %s is none', async (apiVersion, kind, spec) => {
    const files = { 'apps/web.yaml': web, 'apps/x.yaml': object(apiVersion, kind, spec) };
    const folder = folderOf({ 'image-pull.yaml': config('[apps]'), ...files });
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    [
      '{ template: { spec: { containers: [{ image: quay.io/x/y }] } } }',
      '{ apiVersion: acme.io/v1, kind: Gadget, podSpec: spec.template.spec }',
    ],
    [
      '{ sidecars: [{ image: ghcr.io/acme/x }] }',
      '{ apiVersion: acme.io/v1, kind: Gadget, images: ["spec.sidecars[].image"] }',
    ],
    ['{ "a.b": { runs: ghcr.io/acme/x } }', '{ apiVersion: acme.io/v1, kind: Gadget, images: ["spec.*.runs"] }'],
    [
      '{ a: { containers: [{ image: x }] }, b: { containers: [{ image: y }] } }',
      '{ apiVersion: acme.io/v1, kind: Gadget, podSpec: spec.a, images: ["spec.b.containers[].image", "spec.b.initContainers[].image"] }',
    ],
  ])('an unknown kind with %s is a finding with the line of podKinds that makes it known', async (spec, line) => {
    const files = { 'apps/web.yaml': web, 'apps/x.yaml': object('acme.io/v1', 'Gadget', spec) };
    const folder = folderOf({ 'image-pull.yaml': config('[apps]'), ...files });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['kind-unknown'] });
    expect(err).toContain(`if it runs pods: podKinds: [${line}]`);
    writeFileSync(join(folder, 'image-pull.yaml'), config('[apps]', `podKinds: [${line}]\n`));
    expect(codes((await cli(folder, 'synth')).err)).not.toContain('kind-unknown');
  });

  test.each([
    ['[]', ['no-pods']],
    ['[apps]', ['manifest-not-an-object', 'no-pods']],
    ['[web, apps, "!apps"]', ['nothing-read']],
    ['[web, empty]', ['nothing-read']],
  ])('a run of workloads %s is not green', async (workloads, expected) => {
    const files = { 'apps/values.yaml': 'image: x\n', 'web/web.yaml': web, 'empty/x.yaml': '# nothing\n' };
    const folder = folderOf({ 'image-pull.yaml': config(workloads), ...files });
    const { code, err } = await cli(folder, 'synth');
    expect({ code, codes: codes(err).sort() }).toEqual({ code: 1, codes: expected });
    expect((await cli(folder, 'synth', '--check')).code).toBe(1);
  });

  test('what bootstrap wrote applies our own output, also where it was rendered and lost its first line', async () => {
    const bootstrap = 'clusters: { prod: { bootstrap: { repository: "https://git.example/x" } } }';
    const text = config('[apps, { rendered: out.yaml }]').replace('clusters: { prod: {} }', bootstrap);
    const folder = folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': web, 'out.yaml': api });
    await cli(folder, 'synth');
    const file = filesOf(folder)['dist/prod/bootstrap/applications.yaml'] ?? '';
    expect(file).toContain('kind: Application');
    writeFileSync(join(folder, 'out.yaml'), `${api}---\n${file.replace(/^#.*\n/gm, '')}`);
    expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });
  });
});

describe('a manifest that cannot be read', () => {
  const broken: [string, (folder: string) => void][] = [
    ['no YAML', (folder) => writeFileSync(join(folder, 'apps/web.yaml'), 'a: [\n')],
    ['no object', (folder) => writeFileSync(join(folder, 'apps/web.yaml'), 'replicas: 3\n')],
    ['binary', (folder) => writeFileSync(join(folder, 'apps/web.yaml'), Buffer.from([0, 1, 2]))],
    [
      'an object without a name',
      (folder) => writeFileSync(join(folder, 'apps/web.yaml'), web.replace('name: web, ', '')),
    ],
    [
      'a container without an image',
      (folder) => writeFileSync(join(folder, 'apps/web.yaml'), web.replace(/, image: "[^"]+"/, '')),
    ],
    ['a new chart around it', (folder) => writeFileSync(join(folder, 'apps/Chart.yaml'), 'name: x\n')],
  ];

  test.each(broken)('costs that file, and what it was given before stays: %s', async (_, breaks) => {
    const folder = folderOf({ 'image-pull.yaml': config('[apps, more]'), 'apps/web.yaml': web, 'more/api.yaml': api });
    await cli(folder, 'synth');
    const before = filesOf(join(folder, 'dist'));
    breaks(folder);
    writeFileSync(join(folder, 'more/new.yaml'), deployment('team-c', 'new', ['ghcr.io/acme/new']));
    for (const argv of [['synth'], ['synth', '--check'], ['synth', '--now']]) {
      const { code, err } = await cli(folder, ...argv);
      expect(code).toBe(1);
      expect(err).not.toMatch(/access-leaves|^error/m);
    }
    expect(filesOf(join(folder, 'dist'))).toMatchObject(before);
    expect(written(folder)).toContain('prod/namespaces/team-c.yaml');
  });

  test('does not shrink a pull secret, and what was retired before still goes', async () => {
    const two = config('[apps]')
      .replace('path: acme } }', 'path: acme }, quay: { preset: quay, path: acme } }')
      .replace('registries: [ghcr]', 'registries: [ghcr, quay]')
      .replace('key: ghcr }', 'keys: { ghcr: g, quay: q } }');
    const other = deployment('team-a', 'other', ['quay.io/acme/x']);
    const folder = folderOf({ 'image-pull.yaml': two, 'apps/web.yaml': web, 'apps/other.yaml': other });
    await cli(folder, 'synth');
    const before = filesOf(join(folder, 'dist'));
    writeFileSync(join(folder, 'apps/other.yaml'), 'a: [\n');
    expect((await cli(folder, 'synth')).code).toBe(1);
    expect(filesOf(join(folder, 'dist'))).toEqual(before);
    rmSync(join(folder, 'apps/other.yaml'));
    expect((await cli(folder, 'synth')).err).toContain('would lose its entry quay.io/acme/ [access-leaves]');
  });

  test('does not hide that the config takes a pull secret away', async () => {
    const folder = folderOf({ 'image-pull.yaml': config('[apps]'), 'apps/web.yaml': web, 'apps/x.yaml': api });
    await cli(folder, 'synth');
    writeFileSync(join(folder, 'apps/x.yaml'), 'a: [\n');
    const renamed = config('[apps]').replaceAll('ghcr-pull', 'other-pull');
    writeFileSync(join(folder, 'image-pull.yaml'), renamed);
    expect((await cli(folder, 'synth')).err).toContain('[access-leaves]');
  });

  test('takes nothing off a list in a manifest', async () => {
    const account = '{ apiVersion: v1, kind: ServiceAccount, metadata: { name: default, namespace: team-a } }\n';
    const folder = folderOf({ 'image-pull.yaml': config('[apps]'), 'apps/web.yaml': web, 'apps/a.yaml': account });
    await cli(folder, 'attach');
    const before = filesOf(folder)['apps/a.yaml'];
    expect(before).toContain('ghcr-pull');
    writeFileSync(join(folder, 'apps/web.yaml'), 'a: [\n');
    expect((await cli(folder, 'attach')).code).toBe(1);
    expect(filesOf(folder)['apps/a.yaml']).toBe(before);
  });
});

test('many broken files of a folder are one finding', async () => {
  const files = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`apps/sub/${index}.yaml`, 'a: [\n']));
  const folder = folderOf({ 'image-pull.yaml': config('[apps]'), 'apps/web.yaml': web, ...files });
  const { err } = await cli(folder, 'synth');
  expect(err).toMatch(/; 8 more like it below apps \[manifest-invalid\]/);
  expect(err).toMatch(/\n1 finding\n$/);
});

describe('explain knows what synth gives', () => {
  const folder = () =>
    folderOf({ 'image-pull.yaml': config('[{ path: apps, namespace: shop }]'), 'apps/web.yaml': unplaced });

  test.each([
    [['deployment/web']],
    [['deployment/web', '-n', 'shop']],
    [['deploy/web', '-n', 'shop', 'apps']],
    [['deployment/web', 'apps/web.yaml']],
  ])('%j is not said to pull anonymously', async (argv) => {
    const { code, out } = await cli(folder(), 'explain', ...argv);
    expect(code).toBe(0);
    expect(out).toContain('Deployment shop/web');
    expect(out).toContain('with what synth gives');
    expect(out).toContain('ghcr-pull: made in the cluster by ExternalSecret ghcr-pull');
    expect(out).not.toMatch(/anonymously|not there/);
  });

  test('-n is the namespace of manifests that name none', async () => {
    const files = {
      'all.yaml': `${unplaced}---\n{ apiVersion: v1, kind: ServiceAccount, metadata: { name: default }, imagePullSecrets: [{ name: p }] }\n`,
    };
    const { out } = await cli(folderOf(files), 'explain', 'deployment/web', '-n', 'shop');
    expect(out).toContain('Deployment shop/web\n  pull secrets: p (service account default)');
  });

  test('a config that is named must be there', async () => {
    expect(await cli(folder(), 'explain', 'deployment/web', '-c', 'none.yaml')).toMatchObject({ code: 2 });
  });
});

describe('what the Operator Lifecycle Manager installs', () => {
  const subscription = (source: string, sourceNamespace: string) =>
    `{ apiVersion: operators.coreos.com/v1alpha1, kind: Subscription, metadata: { name: db, namespace: db }, spec: { name: db, source: ${source}, sourceNamespace: ${sourceNamespace} } }\n`;
  const run = (text: string, rest = '') =>
    cli(folderOf({ 'image-pull.yaml': config('[apps]', rest), 'apps/web.yaml': web, 'apps/db.yaml': text }), 'synth');

  test.each([
    ['redhat-operators', 'openshift-marketplace'],
    ['operatorhubio-catalog', 'olm'],
  ])('needs nothing where it comes from %s, which everybody may pull', async (source, namespace) => {
    expect(await run(subscription(source, namespace))).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    ['acme', 'openshift-marketplace'],
    ['redhat-operators', 'acme'],
  ])('is a finding where it comes from %s in %s, and its hint is right', async (source, namespace) => {
    const { code, err } = await run(subscription(source, namespace));
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['not-rendered'] });
    const [, byHand, acknowledge] = /(namespaces: \{.*\}), and (acknowledge: .*)/.exec(err) ?? [];
    const rest = `${byHand}\n${acknowledge}\n`.replace('<namespace>', 'db').replace('<name>', 'ghcr-pull');
    expect(await run(subscription(source, namespace), rest)).toMatchObject({ code: 0, err: '' });
  });
});

test.each(['.', '*.yaml'])('a config is no manifest, where an entry %s reaches it', async (path) => {
  const folder = folderOf({
    'image-pull.yaml': config(`[{ path: "${path}", namespace: shop }]`),
    'web.yaml': unplaced,
  });
  const { code, err, out } = await cli(folder, 'synth', '--why');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('a config of this tool');
});
