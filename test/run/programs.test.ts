import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from '../../src/run/find-program.js';
import { inParallel } from '../../src/run/in-parallel.js';
import { type ProgramCall, runProgram } from '../../src/run/run-program.js';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'image-pull-run-'));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function sh(script: string, options: Partial<ProgramCall> = {}) {
  const limits = { timeoutMs: 20_000, mostBytes: 1_000_000 };
  return runProgram({ program: '/bin/sh', args: ['-c', script], cwd: folder, env: {}, ...limits, ...options });
}

test('a program that ends well gives what it printed', async () => {
  expect(await sh('echo out; echo err >&2')).toEqual({ ended: 'well', stdout: Buffer.from('out\n'), stderr: 'err\n' });
});

test.each([
  ['exit 3', { ended: 'badly', status: 'exit code 3', stderr: '' }],
  ['echo why >&2; kill -9 $$', { ended: 'badly', status: 'signal SIGKILL', stderr: 'why\n' }],
])('%s', async (script, end) => {
  expect(await sh(script)).toEqual(end);
});

test('a program gets no standard input and nothing but the environment that it is handed', async () => {
  process.env.IMAGE_PULL_TEST = 'leaked';
  const end = await sh('/bin/cat; echo "[$IMAGE_PULL_TEST][$A]"', { env: { A: 'given' } });
  delete process.env.IMAGE_PULL_TEST;
  expect(end).toMatchObject({ ended: 'well', stdout: Buffer.from('[][given]\n') });
});

test('of what a program says about itself the end is kept', async () => {
  const end = await sh(
    'i=0; while [ $i -lt 3000 ]; do echo "a line of fifty characters, give or take a few" >&2; i=$((i+1)); done; echo last >&2; exit 1',
  );
  expect(end).toMatchObject({ ended: 'badly' });
  const { stderr } = end as { stderr: string };
  expect(stderr.endsWith('last\n')).toBe(true);
  expect(stderr.length).toBeLessThanOrEqual(64 * 1024);
});

test('a program that passes on its output to a child that does not end is stopped in time', async () => {
  expect(await sh('/bin/sleep 30 & exit 0', { timeoutMs: 300 })).toMatchObject({ ended: 'late' });
});

test('what is stopped is stopped with its children', async () => {
  const file = path.join(folder, 'alive');
  const endless = `(while :; do echo x >> ${file}; /bin/sleep 0.05; done) & wait`;
  const stop = new AbortController();
  const end = sh(endless, { signal: stop.signal });
  while (!fs.existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  expect(await end).toMatchObject({ ended: 'stopped' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { size } = fs.statSync(file);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(fs.statSync(file).size).toBe(size);
  expect(await sh('echo', { signal: stop.signal })).toMatchObject({ ended: 'stopped' });
});

test('a program that prints a gigabyte costs no more memory than is allowed', async () => {
  const end = await sh('/usr/bin/head -c 1073741824 /dev/zero', { mostBytes: 10_000_000 });
  expect(end).toEqual({ ended: 'overlong', stderr: '' });
  expect(await sh('/usr/bin/head -c 1073741824 /dev/zero >&2', { mostBytes: 10_000_000 })).toMatchObject({
    ended: 'overlong',
  });
});

test.each([
  ['nothing', 'missing', []],
  ['a folder', '.', []],
  ['an argument that no program can have', '/bin/sh', ['a\0b']],
])('%s is not started, and says so', async (_what, program, args) => {
  expect(await sh('', { program: path.resolve(folder, program), args })).toMatchObject({ ended: 'unstarted' });
});

test('a program is found in the first absolute folder of PATH that has it, executable', () => {
  const [first, second] = ['first', 'second'].map((name) => path.join(folder, name));
  for (const each of [first!, second!]) fs.mkdirSync(path.join(each, 'folder'), { recursive: true });
  fs.writeFileSync(path.join(first!, 'plain'), '', { mode: 0o644 });
  fs.writeFileSync(path.join(second!, 'plain'), '', { mode: 0o755 });
  fs.writeFileSync(path.join(second!, 'helm'), '', { mode: 0o755 });
  const search = [path.relative(process.cwd(), second!), '.', '', first, '/not/there', second].join(path.delimiter);
  expect(findProgram('helm', search)).toBe(path.join(second!, 'helm'));
  expect(findProgram('plain', search)).toBe(path.join(second!, 'plain'));
  expect(findProgram('folder', search)).toBeUndefined();
  expect(findProgram('helm', path.relative(process.cwd(), second!))).toBeUndefined();
  expect(findProgram('helm', undefined)).toBeUndefined();
});

test('work in parallel gives its results in order, and a failure is told', async () => {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const work = async (item: number) => {
    await wait(item);
    return item * 2;
  };
  expect(await inParallel([30, 1, 20, 2], 2, work)).toEqual([60, 2, 40, 4]);
  expect(await inParallel([], 2, work)).toEqual([]);
  await expect(inParallel([1, 2], 2, () => Promise.reject(new Error('why')))).rejects.toThrow('why');
});
