// What only a process of its own can show: signals, time zone and locale, closed streams.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const bin = resolve('lib/cli/bin.js');
const config = `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: k } } } }
clusters: { prod: {} }
workloads: [apps]
`;

function project(namespaces: number): string {
  const documents = Array.from({ length: namespaces }, (_, index) =>
    deployment(`ns-${index}`, 'web', [`ghcr.io/acme/web:${index}`]),
  );
  return folderOf({ 'image-pull.yaml': config, 'apps/all.yaml': documents.join('---\n') });
}

test('time zone and locale change no byte, neither on disk nor in the answer', () => {
  const runs = [
    { TZ: 'UTC', LC_ALL: 'C' },
    { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  ].map((env) => {
    const folder = project(40);
    const { stdout } = spawnSync(process.execPath, [bin, 'synth', '--why'], {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    return { stdout, files: filesOf(join(folder, 'dist')) };
  });
  expect(Object.keys(runs[0]?.files ?? {})).toHaveLength(40);
  expect(runs[1]).toEqual(runs[0]);
});

/** The state of the output after a signal that came some milliseconds after the start. */
function interrupted(folder: string, signal: NodeJS.Signals, after: number): Promise<string[]> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [bin, 'synth'], { cwd: folder, stdio: 'ignore' });
    setTimeout(() => child.kill(signal), after);
    child.on('exit', () => {
      const dist = join(folder, 'dist');
      done(
        existsSync(dist)
          ? readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'))
          : [],
      );
    });
  });
}

test.each([
  ['SIGINT', 20],
  ['SIGINT', 150],
  ['SIGTERM', 300],
  ['SIGINT', 450],
] as const)('%s after %d ms leaves all files or none, and a rerun completes them', async (signal, after) => {
  const folder = project(250);
  const files = await interrupted(folder, signal, after);
  expect([0, 250]).toContain(files.length);
  expect(readdirSync(folder).filter((name) => name.includes('image-pull-tmp'))).toEqual([]);
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(Object.keys(filesOf(join(folder, 'dist')))).toHaveLength(250);
});

test('two runs at once end with the same files as one', async () => {
  const folder = project(200);
  const run = () =>
    new Promise<number | null>((done) => {
      spawn(process.execPath, [bin, 'synth'], { cwd: folder, stdio: 'ignore' }).on('exit', done);
    });
  await Promise.all([run(), run()]);
  const alone = project(200);
  await cli(alone, 'synth');
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  expect(filesOf(join(folder, 'dist'))).toEqual(filesOf(join(alone, 'dist')));
});

test.each([
  'SIGINT',
  'SIGTERM',
] as const)('%s while a renderer runs ends it, and leaves nothing behind', async (signal) => {
  const folder = folderOf({
    'image-pull.yaml': config.replace('[apps]', '[{ kustomize: app }]'),
    'app/kustomization.yaml': 'resources: [a.yaml]\n',
    'app/a.yaml': deployment('a', 'web', []),
    'temporary/.keep': '',
    'node_modules/.keep': '',
  });
  const alive = join(folder, 'alive');
  const script = `#!/bin/sh\nif [ "$1" = version ]; then echo v5.8.1; exit; fi\nwhile :; do echo x >> ${alive}; /bin/sleep 0.05; done\n`;
  mkdirSync(join(folder, 'programs'));
  writeFileSync(join(folder, 'programs/kustomize'), script, { mode: 0o755 });
  const env = { ...process.env, PATH: join(folder, 'programs'), TMPDIR: join(folder, 'temporary') };
  const child = spawn(process.execPath, [bin, 'synth'], { cwd: folder, stdio: 'ignore', env });
  const ended = new Promise((done) => child.on('exit', (_code, by) => done(by)));
  while (!existsSync(alive)) await pause(20);
  child.kill(signal);
  expect(await ended).toBe(signal);
  expect(readdirSync(join(folder, 'temporary'))).toEqual(['.keep']);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
  await pause(300);
  const { size } = statSync(alive);
  await pause(300);
  expect(statSync(alive).size).toBe(size);
});

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
