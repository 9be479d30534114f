// The committed output of every example, and of the repository's own image-pull.yaml, is what a run gives now.
// Renew it with: npm run test:update
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cli, emptyFolder, filesOf } from './support.js';

const examples = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join('examples', entry.name));

/** A folder with a config, and the output that its run starts from. */
interface Step {
  readonly folder: string;
  /** @default - an empty output folder */
  readonly after?: string;
}

/**
 * The configs of an example: its own, or one for each step, where a step starts from the output of the one before. One in
 * TypeScript has none, and is rendered with the package.
 */
function stepsOf(example: string): Step[] {
  if (existsSync(join(example, 'main.ts'))) return [];
  if (existsSync(join(example, 'image-pull.yaml'))) return [{ folder: example }];
  const folders = readdirSync(example, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(example, entry.name))
    .sort();
  return folders.map((folder, index) => ({ folder, ...(index > 0 && { after: folders[index - 1] }) }));
}

const steps = [{ folder: '.' }, ...examples.flatMap(stepsOf)];

/** Renders a folder's config where a run would start from, or with UPDATE_GOLDEN over the committed output. */
async function render({ folder, after }: Step) {
  const update = process.env.UPDATE_GOLDEN === '1';
  const output = update ? join(process.cwd(), folder, 'dist') : emptyFolder();
  if (update) rmSync(output, { recursive: true, force: true });
  if (after !== undefined) cpSync(join(after, 'dist'), output, { recursive: true });
  const { code, err } = await cli(join(process.cwd(), folder), 'synth', '--output', output);
  return { code, err, files: existsSync(output) ? filesOf(output) : {} };
}

test.each(steps)('$folder renders to the files that are committed', async (step) => {
  const { folder } = step;
  const { code, files } = await render(step);
  expect(code).toBe(0);
  const dist = join(folder, 'dist');
  expect(files).toEqual(existsSync(dist) ? filesOf(dist) : {});
});

test.each(steps)('$folder is up to date, in its manifests and beside them too', async ({ folder }) => {
  expect(await cli(join(process.cwd(), folder), 'synth', '--check')).toMatchObject({ code: 0, out: '' });
  // Beside the repository's own config lie caches and packages.
  const committed = filesOf(folder === '.' ? 'dist' : folder);
  const written = Object.values(committed).filter((text) => text.startsWith('# Written by cdk8s-image-pull'));
  expect(written.length).toBeGreaterThan(0);
});

test.each(examples)('%s has a README', (folder) => {
  expect(existsSync(join(folder, 'README.md'))).toBe(true);
});

test('every example is named in the README', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const example of examples) expect(readme).toContain(`(${example})`);
});

test('a config.json whose credential is in a credential store is refused, and the reason is said', async () => {
  const folder = emptyFolder();
  cpSync('examples/docker-hub-config-json', folder, { recursive: true });
  const before = filesOf(folder);
  const { code, err } = await cli(join(folder, 'refused'), 'synth');
  expect(code).toBe(2);
  expect(err).toContain('config.json holds no credential for docker.io [docker-config-lacks-registry]');
  expect(err).toContain('docker login left the credential in a credential store of this machine');
  expect(filesOf(folder)).toEqual(before);
});
