// Changes of several commits, run through the command line; after each commit the kubelet's rules say who can pull what.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textDiff } from '../../src/output/diff.js';
import { cli, emptyFolder, filesOf } from '../support.js';
import { LiveCluster } from './live-cluster.js';
import type { Step } from './sequence.js';
import { sequences } from './sequences.js';

const isPublic = (image: string) => image.startsWith('registry.k8s.io/');

const dist = (folder: string) => (existsSync(join(folder, 'dist')) ? filesOf(join(folder, 'dist')) : {});

/** The codes of the findings and warnings on stderr; text without one is a code that nobody expects. */
function codesIn(err: string): string[] {
  const lines = err.split('\n').filter((line) => /^(error|finding|warning): /.test(line));
  if (err !== '' && lines.length === 0) return [err];
  return lines.map((line) => /\[([a-z-]+)\]$/.exec(line)?.[1] ?? line);
}

function commit(folder: string, { files }: Step): void {
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), text);
  }
}

function applyTo(live: LiveCluster, folder: string, { others = [] }: Step): void {
  const texts = (prefix: string) =>
    Object.entries(filesOf(folder)).flatMap(([path, text]) => (path.startsWith(prefix) ? [text] : []));
  live.apply(texts('dist/prod/'), texts('apps/'), others);
}

function expectAccess(live: LiveCluster, step: Step): void {
  expect(live.failing(isPublic)).toEqual([]);
  if (step.offers) expect(live.offers()).toMatchObject(step.offers);
  if (step.secrets) expect(live.secrets).toEqual(step.secrets);
  for (const [account, list] of Object.entries(step.lists ?? {})) expect(live.list(account)).toEqual(list);
}

async function expectSteady(folder: string): Promise<void> {
  const before = dist(folder);
  expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 0, out: '' });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(dist(folder)).toEqual(before);
}

describe.each(sequences)('when $title', ({ steps }) => {
  test('no pod that runs, restarts or is made anew loses access, and every run can be repeated', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'apps'));
    const live = new LiveCluster();
    for (const step of steps) {
      commit(folder, step);
      const before = dist(folder);
      const { code, err } = await cli(folder, 'synth', ...(step.argv ?? []));
      expect({ step: step.says, code }).toEqual({ step: step.says, code: step.stops ? 1 : 0 });
      for (const text of step.stops ?? []) expect(err).toContain(text);
      if (step.stops) {
        expect(dist(folder)).toEqual(before);
        continue;
      }
      expect({ step: step.says, warns: codesIn(err) }).toEqual({ step: step.says, warns: step.warns ?? [] });
      applyTo(live, folder, step);
      expectAccess(live, step);
      await expectSteady(folder);
      if (step.replaced) live.replacePods();
    }
  });
});

test('without the entry of retire, --now takes access from pods that run', async () => {
  const [start, overlap] = sequences[0]?.steps ?? [];
  if (!start) throw new Error('there is no sequence');
  const folder = emptyFolder();
  mkdirSync(join(folder, 'apps'));
  commit(folder, start);
  const live = new LiveCluster();
  await cli(folder, 'synth');
  applyTo(live, folder, start);
  const text = String(overlap?.files['image-pull.yaml']).replace(/.*old-pull.*\n/g, '');
  writeFileSync(join(folder, 'image-pull.yaml'), text);
  expect((await cli(folder, 'synth', '--now')).code).toBe(0);
  applyTo(live, folder, start);
  expect(live.failing(isPublic)).toEqual(['shop/web cannot pull ghcr.io/acme/web:1 with [old-pull]']);
});

/** Every diff of config, manifests and output that the commits of the sequences make. */
async function allDiffs(): Promise<string> {
  const diffs: string[] = [];
  for (const { steps } of sequences) {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'apps'));
    let before: Record<string, string> = {};
    for (const step of steps) {
      commit(folder, step);
      await cli(folder, 'synth', ...(step.argv ?? []));
      if (step.stops) continue;
      const after = filesOf(folder);
      const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
      diffs.push(...paths.map((path) => textDiff(before[path] ?? '', after[path] ?? '')));
      before = after;
    }
  }
  return diffs.join('');
}

test('every diff of docs/migrating.md is a part of a real one', async () => {
  const diffs = await allDiffs();
  const blocks = [...readFileSync('docs/migrating.md', 'utf8').matchAll(/```diff\n([\s\S]*?)```/g)];
  expect(blocks.length).toBeGreaterThan(10);
  for (const [, block = ''] of blocks) for (const part of block.split('…\n')) expect(diffs).toContain(part);
});
