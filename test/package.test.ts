// The package as others get it: packed, installed into an empty folder, used from there.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, installPackage, projectIn, runIn } from './package-support.js';
import { deployment, emptyFolder, filesOf } from './support.js';
import { programsIn, testPrograms } from './typescript-programs.js';

const folder = emptyFolder();
const run = runIn(folder);

beforeAll(() => {
  installPackage(folder);
  mkdirSync(join(folder, 'apps'));
  writeFileSync(join(folder, 'apps/web.yaml'), deployment('team-a', 'web', ['ghcr.io/acme/web:v3', 'nginx']));
  writeFileSync(join(folder, 'apps/api.yaml'), deployment('team-b', 'api', ['ghcr.io/acme/api:v1']));
}, 120_000);

interface Installed {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Every package below a node_modules folder, bundled copies too. */
function installed(modules: string): Installed[] {
  if (!existsSync(modules)) return [];
  return readdirSync(modules).flatMap((name) => {
    if (name.startsWith('.')) return [];
    if (name.startsWith('@'))
      return readdirSync(join(modules, name)).flatMap((each) => installedAt(join(modules, name, each)));
    return installedAt(join(modules, name));
  });
}

function installedAt(path: string): Installed[] {
  return [
    JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Installed,
    ...installed(join(path, 'node_modules')),
  ];
}

test('it brings at most 16 packages besides itself, none with an install script', () => {
  const packages = installed(join(folder, 'node_modules'));
  expect(packages.length - 1).toBeLessThanOrEqual(16);
  const scripts = packages.filter(
    ({ scripts }) => scripts && ['preinstall', 'install', 'postinstall'].some((name) => name in scripts),
  );
  expect(scripts.map(({ name }) => name)).toEqual([]);
});

test('it holds code, types, schema and docs, and neither sources nor tests', () => {
  const files = Object.keys(filesOf(join(folder, 'node_modules/cdk8s-image-pull'))).filter(
    (file) => !file.startsWith('node_modules/'),
  );
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'lib/index.js',
      'lib/index.d.ts',
      'lib/cli/bin.js',
      'lib/main.js',
      'schema/image-pull.schema.json',
      'docs/errors.md',
    ]),
  );
  expect(
    files.filter(
      (file) =>
        !/^(lib|schema|docs|examples)\/|^(LICENSE|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md|package\.json)$/.test(
          file,
        ),
    ),
  ).toEqual([]);
  expect(files.filter((file) => file.endsWith('.tsbuildinfo'))).toEqual([]);
});

test('init and synth work in a folder of manifests, by both names of the command', () => {
  expect(run('node_modules/.bin/cdk8s-image-pull', 'init')).toContain('Wrote image-pull.yaml');
  expect(run('node_modules/.bin/image-pull', 'synth')).toContain('dist/prod/namespaces/team-a.yaml');
  expect(Object.keys(filesOf(join(folder, 'dist'))).sort()).toEqual([
    'prod/namespaces/team-a.yaml',
    'prod/namespaces/team-b.yaml',
  ]);
  expect(run('node_modules/.bin/image-pull', 'synth', '--check')).toBe('');
});

test('the app that cdk8s.yaml runs writes the same files into the folder that the cdk8s CLI names', () => {
  const env = { ...process.env, CDK8S_OUTDIR: 'by-cdk8s' };
  execFileSync('node', ['node_modules/cdk8s-image-pull/lib/main.js'], { cwd: folder, env });
  expect(filesOf(join(folder, 'by-cdk8s'))).toEqual(filesOf(join(folder, 'dist')));
});

test('the app that cdk8s.yaml runs says what is wrong without a stack trace', () => {
  const { status, stderr } = spawnSync('node', ['../node_modules/cdk8s-image-pull/lib/main.js'], {
    cwd: join(folder, 'apps'),
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('[config-missing]');
  expect(stderr).not.toMatch(/\n\s+at /);
});

const program = `
const app = new ImagePullApp({ outdir: 'by-program' });
const prod = new Cluster(app, 'prod', { kubernetes: '1.35', gitops: 'argocd' });
const ghcr = prod.registry('ghcr', { preset: 'ghcr', path: 'acme' });
const pull = new PullSecret(prod, 'ghcr-pull', { registries: [ghcr], source: Source.external({ store: 'vault', key: 'registries/ghcr' }) });
prod.namespace('team-a').serviceAccount('default').attach(pull);
app.synth();
console.log(ImageReference.parse('nginx').name);
`;
const types = `
// @ts-expect-error no such preset
prod.registry('x', { preset: 'github' });
// @ts-expect-error no such source
new PullSecret(prod, 'x', { registries: [ghcr], source: { vault: {} } });
// @ts-expect-error no such attachment
new Cluster(app, 'x', { attachment: 'everywhere' });
`;
const imports = `import { Cluster, ImagePullApp, PullSecret, Source } from 'cdk8s-image-pull';
import { ImageReference } from 'cdk8s-image-pull/model';
`;

/** A team with an app of its own; `cluster` is the line that makes the cluster. */
const team = (cluster: string) => `
import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Cluster, PullSecret, Source } from 'cdk8s-image-pull';

const chart = new Chart(new App(), 'web', { namespace: 'team-a' });
${cluster}
const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
new PullSecret(cluster, 'ghcr-pull', { registries: [ghcr], source: Source.external({ store: 'vault', key: 'registries/ghcr' }) });
const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'ghcr.io/acme/web:v4' }] });
cluster.namespace('team-a').attachFor(web);
console.log(JSON.stringify(Testing.synth(chart)));
`;
const attached = (attachment: string) =>
  `const cluster = new Cluster(chart, 'prod', { kubernetes: '1.35', attachment: '${attachment}' });`;

interface Synthesized {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly imagePullSecrets?: unknown;
  readonly spec?: {
    readonly template?: {
      readonly spec?: { readonly imagePullSecrets?: unknown; readonly serviceAccountName?: string };
    };
  };
}

describe('programs in TypeScript', () => {
  const sources = {
    'program.mts': imports + program,
    'program.cts': imports + program,
    'check.mts': imports + program + types,
    'check.cts': imports + program + types,
    'account.cts': team(attached('serviceAccount')),
    'template.cts': team(attached('podTemplate')),
    'wrong.cts': team(attached('everywhere')),
  };

  let compiled: string;
  let compiledPrograms: string;

  // Together, so that the compiler reads the types of cdk8s-plus once.
  beforeAll(() => {
    // npm would fetch the 200 packages that cdk8s-plus-27 lists as optional by mistake.
    cpSync('node_modules/cdk8s-plus-27', join(folder, 'node_modules/cdk8s-plus-27'), { recursive: true });
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
    [compiled = '', compiledPrograms = ''] = compile(projectIn(folder, ...Object.keys(sources)), programsIn(folder));
  }, 120_000);

  test.each([
    ['an ES module', 'program.mjs'],
    ['a CommonJS module', 'program.cjs'],
  ])('%s compiles and runs, and a wrong pick does not compile', (_, output) => {
    expect(compiled).not.toMatch(/^(?:program|check)\./m);
    expect(run('node', output)).toBe('docker.io/library/nginx\n');
    expect(Object.keys(filesOf(join(folder, 'by-program')))).toEqual(['prod/namespaces/team-a.yaml']);
  });

  const synthesized = (name: string) => JSON.parse(run('node', name)) as Synthesized[];

  test('a team with its own cdk8s app sees account, pull secret and namespace among the objects of its chart', () => {
    const objects = synthesized('account.cjs');
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`).sort()).toEqual([
      expect.stringMatching(/^Deployment team-a\/web-/),
      'ExternalSecret team-a/ghcr-pull',
      'Namespace /team-a',
      'ServiceAccount team-a/default',
    ]);
    const account = objects.find(({ kind }) => kind === 'ServiceAccount');
    expect(account?.imagePullSecrets).toEqual([{ name: 'ghcr-pull' }]);
  });

  test('a team with its own cdk8s app sees the name on the template of its Deployment', () => {
    const deployment = synthesized('template.cjs').find(({ kind }) => kind === 'Deployment');
    expect(deployment?.spec?.template?.spec?.imagePullSecrets).toEqual([{ name: 'ghcr-pull' }]);
  });

  test('a team with its own cdk8s app cannot write a pick that does not exist', () => {
    expect(compiled.trim().split('\n')).toEqual([
      expect.stringMatching(/^wrong\.cts.*'"everywhere"' is not assignable/),
    ]);
  });

  describe('examples, and programs in doc comments and README.md', () => testPrograms(folder, () => compiledPrograms));
});

test('requiring the package loads neither cdk8s-plus nor the config reader', () => {
  const loaded = run(
    'node',
    '-e',
    "require('cdk8s-image-pull'); console.log(Object.keys(require.cache).filter((f) => /cdk8s-plus|[/\\\\]config[/\\\\]|schema[.]json/.test(f)).length)",
  );
  expect(loaded.trim()).toBe('0');
});

test('help needs no manifest reader, no cdk8s and no schema', () => {
  const loaded = run(
    'node',
    '-e',
    "process.argv.push('bin', '--help'); require('./node_modules/cdk8s-image-pull/lib/cli/bin.js'); setTimeout(() => console.log('LOADED ' + Object.keys(require.cache).filter((f) => /cdk8s[/\\\\]lib|schema[.]json|[/\\\\]yaml[/\\\\]/.test(f)).length))",
  );
  expect(loaded).toContain('LOADED 0');
});
