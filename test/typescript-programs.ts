import { execSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { blocksOf } from './readme.js';
import { filesOf } from './support.js';

const examples = readdirSync('examples').filter((name) => name.startsWith('typescript-'));

/** What has a program in its doc comment. */
const shown = [
  ...['Cluster', 'Namespace', 'ServiceAccount', 'PullSecret', 'Grant', 'Source', 'ImagePullApp'],
  ...['needs', 'Keyring', 'DockerConfig', 'ImageReference', 'Registry', 'RegistryIndex'],
];

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8'));

/** The programs in the doc comments of what is exported, by its name, and that of README.md. */
const programs = new Map([
  ...sources.flatMap(commentsIn),
  ...blocksOf('ts').map((program): [string, string] => ['README', program]),
]);

function commentsIn(source: string): [string, string][] {
  const comments = source.matchAll(/^ *\/\*\*\n((?: *\*.*\n)+?) *\*\/\n(?:export (?:class|function|const) | +)(\w+)/gm);
  return [...comments].flatMap(([, comment = '', name = '']) => {
    const program = /^@example\n```ts\n(.*?)^```$/ms.exec(comment.replaceAll(/^ *\* ?/gm, ''))?.[1];
    return program === undefined ? [] : [[name, program]];
  });
}

/**
 * A project of the examples in TypeScript and the programs in doc comments, below a folder in which the package is
 * installed with cdk8s-plus beside it.
 */
export function programsIn(installation: string): string {
  const folder = join(installation, 'programs');
  for (const example of examples) {
    cpSync(join('examples', example), join(folder, example), { recursive: true });
    rmSync(join(folder, example, 'dist'), { recursive: true });
  }
  mkdirSync(join(folder, 'comments'));
  for (const [name, program] of programs) writeFileSync(join(folder, 'comments', `${name}.ts`), program);
  return projectOf(folder);
}

/** Tests that project, once it is compiled: `compiled` gives what the compiler said. */
export function testPrograms(installation: string, compiled: () => string): void {
  const folder = join(installation, 'programs');

  test('examples and programs in doc comments compile', () => {
    expect(compiled()).toBe('');
  });

  test.each(shown)('%s has a program in its doc comment', (name) => {
    expect([...programs.keys()]).toContain(name);
  });

  test('every example in a doc comment is such a program', () => {
    const examples = sources.flatMap((source) => source.match(/^ *\* @example/gm) ?? []);
    expect(examples).toHaveLength(sources.flatMap(commentsIn).length);
  });

  test('programs in doc comments and in README.md run', () => {
    const all = [...programs.keys()].map((name) => `require('./${name}.js');`).join('\n');
    expect(spawnSync('node', ['-e', all], { cwd: join(folder, 'comments'), encoding: 'utf8' }).stderr).toBe('');
  });

  test('the program in README.md writes what its ten lines of YAML write', () => {
    const text = readFileSync(join(folder, 'comments/dist/prod/namespaces/team-a.yaml'), 'utf8');
    expect(text).toContain(`---\n${blocksOf('yaml')[1]}`);
  });

  test.each(examples)('%s renders to the files that are committed, as `cdk8s synth` runs it', (example) => {
    const files = synthesized(join(folder, example));
    const dist = join('examples', example, 'dist');
    if (process.env.UPDATE_GOLDEN === '1') renew(dist, files);
    expect(files).toEqual(filesOf(dist));
  });

  test('the unit test of typescript-team passes', () => {
    const { status, stdout } = spawnSync('node', ['--test'], {
      cwd: join(folder, 'typescript-team'),
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^# pass [1-9]/m);
    expect(status).toBe(0);
  });
}

/** Every program of a folder with the options of the examples, which are the same in all. */
function projectOf(folder: string): string {
  const configs = new Set(examples.map((example) => readFileSync(join(folder, example, 'tsconfig.json'), 'utf8')));
  expect(configs.size).toBe(1);
  const config = {
    extends: `./${examples[0]}/tsconfig.json`,
    compilerOptions: { typeRoots: [resolve('node_modules/@types')], types: ['node'] },
    include: ['*/*.ts'],
  };
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify(config));
  return project;
}

/** Does what `cdk8s synth` does (cdk8s-cli, lib/util.js `synthApp`): empties the folder, runs the app, which fills it. */
function synthesized(example: string): Record<string, string> {
  const { app, output } = parse(readFileSync(join(example, 'cdk8s.yaml'), 'utf8')) as { app: string; output: string };
  rmSync(join(example, output), { recursive: true, force: true });
  execSync(app, {
    cwd: example,
    env: { ...process.env, CDK8S_OUTDIR: output, CDK8S_RECORD_CONSTRUCT_METADATA: 'false' },
  });
  return filesOf(join(example, output));
}

function renew(dist: string, files: Readonly<Record<string, string>>): void {
  rmSync(dist, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), text);
  }
}
