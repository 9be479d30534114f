import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeManifests } from '../src/app/made-clusters.js';
import { planClusters } from '../src/app/plan.js';
import { loadConfig } from '../src/config/load.js';
import { findProgram } from '../src/run/find-program.js';
import { cli, emptyFolder, filesOf } from './support.js';

/** The folders of all examples. */
export const examples = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join('examples', entry.name));

/** An example of which manifests are rendered. */
export interface RenderedExample {
  /** The programs that render it. */
  readonly needs: readonly string[];
  /** Whether `init` can tell its clusters apart. */
  readonly tellsClusters: boolean;
  /** What `init` cannot know besides, in front of what it writes. */
  readonly typed: string;
}

/** The examples that programs render. */
export const renderedExamples: ReadonlyMap<string, RenderedExample> = new Map([
  ['examples/app-of-apps', { needs: ['kustomize', 'helm'], tellsClusters: true, typed: '' }],
  ['examples/flux-fleet', { needs: ['kustomize', 'helm'], tellsClusters: true, typed: '' }],
  ['examples/overlays', { needs: ['kustomize'], tellsClusters: false, typed: '' }],
]);

/** A folder with a config, and the output that its run starts from. */
export interface Step {
  readonly folder: string;
  /** @default - an empty output folder */
  readonly after?: string;
}

/**
 * The configs of an example: its own, or one for each step, where a step starts from the output of the one before. One in
 * TypeScript has none, and is rendered with the package.
 */
export function stepsOf(example: string): Step[] {
  if (existsSync(join(example, 'main.ts'))) return [];
  if (existsSync(join(example, 'image-pull.yaml'))) return [{ folder: example }];
  const folders = readdirSync(example, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(example, entry.name))
    .sort();
  return folders.map((folder, index) => ({ folder, ...(index > 0 && { after: folders[index - 1] }) }));
}

/** Tests that a run of each step gives what is committed, and finds nothing to change. */
export function testSteps(steps: readonly Step[]): void {
  test.each(steps)('$folder renders to the files that are committed', async (step) => {
    const { folder } = step;
    const { code, err, files } = await render(step);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
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
}

/** Renders a folder's config where a run would start from, or with UPDATE_GOLDEN over the committed output. */
async function render({ folder, after }: Step) {
  const update = process.env.UPDATE_GOLDEN === '1';
  const output = update ? join(process.cwd(), folder, 'dist') : emptyFolder();
  if (update) rmSync(output, { recursive: true, force: true });
  if (after !== undefined) cpSync(join(after, 'dist'), output, { recursive: true });
  const { code, err } = await cli(join(process.cwd(), folder), 'synth', '--output', output);
  return { code, err, files: existsSync(output) ? filesOf(output) : {} };
}

/** The programs that an example needs and PATH does not have. */
export function missingPrograms({ needs }: RenderedExample): string[] {
  return needs.filter((name) => findProgram(name, process.env.PATH) === undefined);
}

/** Tests an example that programs on PATH render. */
export function testRenderedExample(example: string, { tellsClusters, typed }: RenderedExample): void {
  testSteps([{ folder: example }]);

  test('what `init` writes leads to the same pods', async () => {
    const folder = emptyFolder();
    cpSync(example, folder, { recursive: true });
    const config = join(folder, 'image-pull.yaml');
    const own = await podsOf(config);
    rmSync(config);
    expect((await cli(folder, 'init')).code).toBe(0);
    writeFileSync(config, `${typed}${readFileSync(config, 'utf8')}`);
    const found = await podsOf(config);
    expect(tellsClusters ? found : [found.flat().sort()]).toEqual(tellsClusters ? own : [own.flat().sort()]);
  });
}

/** The pods that a config leads to, cluster by cluster: where each is, and what it pulls. */
async function podsOf(config: string): Promise<string[][]> {
  const loaded = loadConfig(config);
  const made = await makeManifests(loaded, { environment: { PATH: process.env.PATH } });
  return planClusters({ config: loaded, made })
    .clusters.map(({ inventory }) =>
      inventory.workloads
        .map(({ kind, namespace, name, images }) =>
          [kind, `${namespace}/${name}`, ...images.map(({ image }) => image)].join(' '),
        )
        .sort(),
    )
    .sort();
}
