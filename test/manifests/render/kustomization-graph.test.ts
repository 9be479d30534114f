import { Workspace } from './workspace.js';

let space: Workspace;

beforeEach(() => {
  space = new Workspace();
  space.program('kustomize', `echo ran >> ${space.folder}/notes; echo "kind: Built"`);
});

afterEach(() => space.remove());

async function build(kustomization: string, files: Readonly<Record<string, string>> = {}, isFlux = false) {
  space.write({ 'app/kustomization.yaml': kustomization, 'app/a.yaml': 'kind: A\n', ...files });
  const [outcome] = await space.render([{ by: 'kustomize', folder: 'app', isFlux }]);
  return outcome!;
}

const remote = 'rendering-remote';
const unsafe = 'rendering-unsafe';
const invalid = 'kustomization-invalid';

test.each<[string, string, string]>([
  // what kustomize would fetch
  [remote, 'resources: [https://example.com/a.yaml]', 'a file by its URL'],
  [remote, 'resources: ["HTTP://example.com/a.yaml"]', 'large letters'],
  [remote, 'resources: ["github.com/acme/base?ref=v1"]', 'GitHub without a scheme'],
  [remote, 'resources: ["git@github.com:acme/base.git"]', 'SSH'],
  [remote, 'resources: ["someone@host.example:acme/base"]', 'SSH as somebody'],
  [remote, 'resources: ["ssh://git@host/acme/base"]', 'SSH with a scheme'],
  [remote, 'resources: ["git::https://host/acme/base"]', 'go-getter'],
  [remote, 'resources: ["file:///srv/base"]', 'a repository of the machine'],
  [remote, 'bases: [github.com/acme/base]', 'the old field'],
  [remote, 'components: ["https://host/acme/base//component?ref=v1"]', 'a component'],
  [remote, 'crds: [https://example.com/crd.json]', 'a definition'],
  [remote, 'configurations: [https://example.com/c.yaml]', 'a configuration'],
  [remote, 'patches: [{ path: https://example.com/p.yaml }]', 'a patch'],
  [remote, 'patchesStrategicMerge: [https://example.com/p.yaml]', 'an old patch'],
  [remote, 'patchesJson6902: [{ path: https://example.com/p.yaml }]', 'another old patch'],
  [remote, 'replacements: [{ path: https://example.com/r.yaml }]', 'a replacement'],
  [remote, 'openapi: { path: https://example.com/o.json }', 'a schema'],
  [remote, 'configMapGenerator: [{ name: x, files: ["key=https://example.com/f"] }]', 'a file of a ConfigMap'],
  [remote, 'secretGenerator: [{ name: x, envs: [https://example.com/f] }]', 'an env file of a Secret'],
  [remote, 'secretGenerator: [{ name: x, env: https://example.com/f }]', 'the old env file'],
  [remote, 'transformers: [https://example.com/t.yaml]', 'a transformer'],
  [remote, 'rEsOurCes: [https://example.com/a.yaml]', 'a key as Go reads it'],
  [remote, 're\u017fource\u017f: [https://example.com/a.yaml]', 'a key with letters that fold'],
  [remote, 'resources: &x [https://example.com/a.yaml]\nbases: *x', 'an alias'],
  [
    remote,
    'transformers: ["{apiVersion: builtin, kind: PatchTransformer, metadata: {name: x}, path: https://e.x/p}"]',
    'inside',
  ],
  // what kustomize would start
  [unsafe, 'helmCharts: [{ name: web, repo: https://example.com }]', 'a chart'],
  [unsafe, 'HelmCharts: [{ name: web }]', 'a chart with a large letter'],
  [unsafe, 'helmChartInflationGenerator: [{ chartName: web }]', 'the old field of charts'],
  [
    unsafe,
    'generators: ["{apiVersion: builtin, kind: HelmChartInflationGenerator, metadata: {name: x}}"]',
    'the plugin of charts',
  ],
  [unsafe, 'generators: [plugin.yaml]', 'a plugin'],
  [
    unsafe,
    'transformers: ["apiVersion: acme.com/v1\\nkind: Exec\\nmetadata: {name: x}"]',
    'a plugin that is written out',
  ],
  [unsafe, 'validators: [function.yaml]', 'a function in a container'],
  // what is not there, or leads elsewhere
  [invalid, 'resources: [missing.yaml]', 'a file that is not there'],
  [invalid, 'resources: [../../elsewhere]', 'a folder outside'],
  [invalid, 'resources: [/etc/hostname]', 'a file of the machine'],
  [invalid, 'patches: [{ path: leads-out.yaml }]', 'a link out of the repository'],
  [invalid, 'resources: [loop]', 'a link to itself'],
  [invalid, 'resources: [.]', 'itself'],
  [invalid, 'resources: [..]', 'a folder around it'],
  [invalid, 'resources: [empty]', 'a folder without a kustomization'],
  [invalid, 'resources: [back]', 'a circle'],
  [invalid, 'patches: [{ path: empty }]', 'a folder where a file belongs'],
  [invalid, 'components: [a.yaml]', 'a file where a folder belongs'],
  [invalid, '- a', 'a list'],
  [invalid, '', 'nothing'],
  [invalid, 'resources: [a.yaml', 'no YAML'],
])('%s: %s (%s) and nothing is started', async (code, kustomization) => {
  space.link('app/leads-out.yaml', '/etc/hostname');
  space.link('app/loop', 'loop');
  const outcome = await build(`${kustomization}\n`, {
    'app/plugin.yaml': 'apiVersion: acme.com/v1\nkind: Plugin\nmetadata: {name: x}\n',
    'app/function.yaml':
      'apiVersion: builtin\nkind: PatchTransformer\nmetadata:\n  name: x\n  annotations: {config.kubernetes.io/function: "container: {image: x}"}\n',
    'app/empty/b.yaml': 'kind: B\n',
    'app/back/kustomization.yaml': 'resources: [../other]\n',
    'app/other/kustomization.yaml': 'resources: [../back]\n',
  });
  expect([...new Set(outcome.codes)]).toEqual([code]);
  expect(outcome.texts).toEqual([]);
  expect(space.notes()).toEqual([]);
});

test('a finding names the line, and shows no credential', async () => {
  const outcome = await build('resources:\n- a.yaml\n- https://me:hunter2@example.com/base?token=hunter2\n');
  expect(outcome.problems[0]).toMatch(
    /^app\/kustomization\.yaml:3:3: https:\/\/\*\*\*@example\.com\/base\?\*\*\* is fetched/,
  );
});

test.each([
  ['a file whose name looks remote', 'resources: ["me@home.yaml"]', { 'app/me@home.yaml': 'kind: X\n' }],
  ['a folder with dots', 'resources: [github.company]', { 'app/github.company/kustomization.yaml': 'namePrefix: x\n' }],
  ['an inline patch', 'patchesStrategicMerge: ["kind: Deployment\\nmetadata: {name: x}"]', {}],
  ['patches without a file', 'patches: [{ patch: "https://example.com", target: { kind: X } }]', {}],
  ['keys without values', 'resources:\nhelmCharts:\npatches: []', {}],
  ['literals', 'secretGenerator: [{ name: x, literals: [url=https://example.com] }]', {}],
  ['a component', 'components: [part]', { 'app/part/kustomization.yaml': 'kind: Component\nresources: []\n' }],
])('%s is built', async (_what, kustomization, files) => {
  const outcome = await build(kustomization, files as Record<string, string>);
  expect(outcome.problems).toEqual([]);
  expect(space.notes()).toEqual(['ran']);
});

test('everything that a build is made of is reached', async () => {
  const outcome = await build(
    `resources: [a.yaml, ../base, linked.yaml]
components: [../part]
crds: [crd.json]
configurations: [conf.yaml]
transformers: [transform.yaml]
patches: [{ path: patch.yaml }]
replacements: [{ path: replace.yaml }]
openapi: { path: schema.json }
configMapGenerator: [{ name: x, files: [f.txt, key=g.txt], envs: [e.env] }]
secretGenerator: [{ name: y, env: s.env }]
`,
    {
      ...Object.fromEntries(
        ['crd.json', 'conf.yaml', 'patch.yaml', 'replace.yaml', 'schema.json', 'f.txt', 'g.txt', 'e.env', 's.env'].map(
          (name) => [`app/${name}`, '{}\n'],
        ),
      ),
      'app/transform.yaml': 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: inner.yaml\n',
      'app/inner.yaml': '{}\n',
      'base/Kustomization': 'resources: [b.yaml]\n',
      'base/b.yaml': 'kind: B\n',
      'part/kustomization.yml': 'kind: Component\npatches: [{ path: p.yaml }]\n',
      'part/p.yaml': '{}\n',
      'app/linked.yaml': '',
      'shared/real.yaml': 'kind: R\n',
    },
  );
  expect(outcome.problems).toEqual([]);
  expect(outcome.reached).toEqual(
    [
      ...['app', 'base', 'part', 'app/kustomization.yaml', 'base/Kustomization', 'part/kustomization.yml'],
      ...[
        'a.yaml',
        'linked.yaml',
        'crd.json',
        'conf.yaml',
        'transform.yaml',
        'inner.yaml',
        'patch.yaml',
        'replace.yaml',
      ].map((name) => `app/${name}`),
      ...['schema.json', 'f.txt', 'g.txt', 'e.env', 's.env'].map((name) => `app/${name}`),
      ...['base/b.yaml', 'part/p.yaml'],
    ].sort(),
  );
});

test('two kustomizations in one folder are a finding', async () => {
  const outcome = await build('resources: [a.yaml]\n', { 'app/Kustomization': 'resources: [a.yaml]\n' });
  expect(outcome.problems).toEqual([expect.stringContaining('app/Kustomization stands beside it')]);
});

test.each([
  ['there is no such folder', 'missing'],
  ['that is a file, not a folder', 'app/a.yaml'],
  ['the folder lies outside of the repository', '..'],
  ['the folder lies outside of the repository', 'out'],
])('%s: %s', async (reason, folder) => {
  space.write({ 'app/a.yaml': 'kind: A\n' });
  space.link('out', '/etc');
  const [outcome] = await space.render([{ by: 'kustomize', folder }]);
  expect(outcome?.problems).toEqual([expect.stringContaining(reason)]);
});

test('a line of ten thousand bases and a lattice of many ways end in bounded time', async () => {
  const lattice: Record<string, string> = {};
  for (let level = 0; level < 60; level++)
    for (const side of ['a', 'b'])
      lattice[`l/${level}${side}/kustomization.yaml`] =
        level === 59 ? 'namePrefix: x\n' : `resources: [../${level + 1}a, ../${level + 1}b]\n`;
  const line: Record<string, string> = {};
  for (let at = 0; at < 1000; at++) line[`line/${at}/kustomization.yaml`] = `resources: [../${at + 1}]\n`;
  const wide = await build('resources: [../l/0a, ../l/0b]\n', lattice);
  expect(wide.problems).toEqual([]);
  const long = await build('resources: [../line/0]\n', line);
  expect(long.problems).toEqual([
    expect.stringContaining('more kustomizations include each other than can be followed'),
  ]);
});

test('a folder with a kustomization that cannot be read costs those that include it', async () => {
  space.write({
    'good/kustomization.yaml': 'resources: [a.yaml]\n',
    'good/a.yaml': 'kind: A\n',
    'bad/kustomization.yaml': 'resources: [\n',
    'one/kustomization.yaml': 'resources: [../bad]\n',
    'two/kustomization.yaml': 'resources: [../bad]\n',
  });
  const outcomes = await space.render(['good', 'one', 'two'].map((folder) => ({ by: 'kustomize', folder })));
  expect(outcomes.map(({ codes }) => codes)).toEqual([[], [invalid], [invalid]]);
  expect(outcomes[1]?.problems).toEqual(outcomes[2]?.problems);
});
