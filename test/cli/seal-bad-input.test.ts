// What is wrong with certificates, credentials and ciphertext is said, and files stay as they were.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCertificate } from '../sealing/certificates.js';
import { cli, cliWithStdin, deployment, filesOf, folderOf, where } from '../support.js';

const bin = resolve('lib/cli/bin.js');
const certificate = makeCertificate();
const dockerConfig = (password: string) => JSON.stringify({ auths: { 'quay.io': { username: 'robot', password } } });
const config = `version: 1
registries: { quay: { host: quay.io, path: acme } }
pullSecrets: { pull: { registries: [quay], source: { sealed: {} } } }
workloads: [apps]
clusters: { prod: { gitops: argocd, sealing: { certificate: prod.pem } } }
`;
const repository = (namespaces: number) =>
  folderOf({
    'image-pull.yaml': config,
    'prod.pem': certificate.pem,
    'apps/all.yaml': Array.from({ length: namespaces }, (_, index) =>
      deployment(`team-${index}`, 'web', ['quay.io/acme/web']),
    ).join('---\n'),
  });

async function placed(namespaces = 2): Promise<string> {
  const folder = repository(namespaces);
  await cliWithStdin(folder, dockerConfig('hunter2-first'), 'seal', 'pull', '--from', '-');
  expect((await cli(folder, 'synth')).code).toBe(0);
  return folder;
}

test.each([
  ['a docker config', ['--from', '-'], 'larger than a Secret may be'],
  ['a password', ['--username', 'robot', '--password-stdin'], 'longer than 64 KiB'],
])('10 MB of standard input as %s are refused', async (_what, argv, message) => {
  const folder = await placed();
  const before = filesOf(folder);
  const { code, err } = await cliWithStdin(folder, 'a'.repeat(10 * 1024 * 1024), 'seal', 'pull', '--rotate', ...argv);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  expect(filesOf(folder)).toEqual(before);
});

const file = 'sealed/prod/pull/team-0.yaml';
const other = 'sealed/prod/pull/team-1.yaml';

test.each([
  [
    'conflict markers',
    (text: string) => text.replace(/( {4}quay: .*\n)/, '<<<<<<< HEAD\n$1=======\n$1>>>>>>> theirs\n'),
    'conflict markers',
  ],
  [
    'another namespace',
    (_text: string, folder: string) => readFileSync(join(folder, other), 'utf8'),
    'is sealed for team-1/pull',
  ],
  ['an edit by hand', (text: string) => text.replace(/(quay: A.{40})./, '$1_'), 'is not base64'],
  [
    'another letter',
    (text: string) => text.replace(/(quay: A.{400})(.)/, (_all, head, one) => head + (one === 'A' ? 'B' : 'A')),
    'was edited since',
  ],
  ['the end missing', (text: string) => text.slice(0, 400), 'sealed-invalid'],
  ['no ciphertext', () => undefined, 'has no ciphertext for namespace team-0'],
])('%s in a file of ciphertext: it is said, what was placed stays, and sealing anew mends it', async (_what, change, message) => {
  const folder = await placed();
  const text = change(readFileSync(join(folder, file), 'utf8'), folder);
  if (text === undefined) require('node:fs').rmSync(join(folder, file));
  else writeFileSync(join(folder, file), text);
  const before = filesOf(folder);
  const { code, err } = await cli(folder, 'synth');
  expect([code, err]).toEqual([1, expect.stringContaining(message)]);
  expect(err).not.toContain('[access-leaves]');
  expect(filesOf(folder)).toEqual(before);
  const again = await cliWithStdin(folder, dockerConfig('hunter2-other'), 'seal', 'pull', '--rotate', '--from', '-');
  expect(again.code).toBe(0);
  expect((await cli(folder, 'synth')).code).toBe(0);
});

test.each([
  100, 400, 800,
])('a run of seal that is interrupted after %d ms leaves all files as they were, or all sealed', async (after) => {
  const folder = await placed(60);
  const before = filesOf(join(folder, 'sealed'));
  writeFileSync(join(folder, 'config.json'), dockerConfig('hunter2-second'));
  await new Promise<void>((done) => {
    const child = spawn(process.execPath, [bin, 'seal', 'pull', '--rotate', '--from', './config.json'], {
      cwd: folder,
      stdio: 'ignore',
    });
    setTimeout(() => child.kill('SIGINT'), after);
    child.on('exit', () => done());
  });
  const now = filesOf(join(folder, 'sealed'));
  expect(Object.keys(now)).toEqual(Object.keys(before));
  const changed = Object.keys(now).filter((each) => now[each] !== before[each]).length;
  expect([0, 60]).toContain(changed);
  expect((await cli(folder, 'synth')).code).toBe(0);
});

/** The pages of 4 KiB that files take. */
const pagesOf = (files: Readonly<Record<string, string>>) =>
  Object.values(files).reduce((sum, text) => sum + Math.ceil(Buffer.byteLength(text) / 4096), 0);

/** Mounts a disk of its own on a folder; false where nobody may. */
function mountDisk(folder: string, size: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder]).status === 0;
}

const mayMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'image-pull-'));
  const isMounted = mountDisk(folder, '4k');
  if (isMounted) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return isMounted;
})();

where(mayMount, 'on a disk of its own', 'nobody may mount a disk here, and the disk of others cannot be filled', () => {
  test('a disk that is full: it is said, and no file is cut short', async () => {
    const source = await placed(40);
    const files = filesOf(source);
    const folder = folderOf({});
    expect(mountDisk(folder, `${pagesOf(files) * 4 + 60}k`)).toBe(true);
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder, path, '..'), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const before = filesOf(folder);
      const { code, err } = await cliWithStdin(
        folder,
        dockerConfig('hunter2'),
        'seal',
        'pull',
        '--rotate',
        '--from',
        '-',
      );
      expect([code, err]).toEqual([2, expect.stringContaining('output-not-writable')]);
      expect(err).toContain('no space left');
      expect(filesOf(folder)).toEqual(before);
    } finally {
      spawnSync('umount', [folder]);
    }
  });
});
