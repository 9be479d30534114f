import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { ImagePullError } from '../../src/model/problem/problem.js';
import type { Output } from '../../src/output/output.js';
import { isUpToDate, type Plan, planOutput } from '../../src/output/plan.js';
import { applyPlan } from '../../src/output/writer.js';
import { contentsOf, folderWith, ours, outputOf, removeFolders } from './output-folder.js';

afterEach(removeFolders);

const everywhere = { within: [''] };

function write(folder: string, output: Output, within = ['']): Plan {
  const plan = planOutput(folder, output, { within });
  applyPlan(folder, plan);
  return plan;
}

function errorOf(run: () => void): ImagePullError {
  try {
    run();
  } catch (error) {
    if (ImagePullError.is(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** A name that can be written, but beside which no temporary file can be: 240 characters and the suffix are too many. */
const tooLong = `${'z'.repeat(240)}.yaml`;

test('writes new files and folders, replaces and prunes files of ours, and removes folders that are empty then', () => {
  const folder = folderWith({
    'prod/changed.yaml': ours('old'),
    'prod/kept.yaml': ours('kept'),
    'gone/namespaces/a.yaml': ours('a'),
    'gone/b.yaml': ours('b'),
    'shared/a.yaml': ours('a'),
    'shared/notes.txt': 'mine',
    'empty/': '',
  });
  const bodies = { 'prod/changed.yaml': 'new', 'prod/kept.yaml': 'kept', 'prod/new.yaml': 'n', 'fresh/x/y.yaml': 'y' };
  write(folder, outputOf(bodies));
  expect(contentsOf(folder)).toEqual({
    'prod/changed.yaml': ours('new'),
    'prod/kept.yaml': ours('kept'),
    'prod/new.yaml': ours('n'),
    'fresh/x/y.yaml': ours('y'),
    'shared/notes.txt': 'mine',
    'empty/': '',
  });
});

test('makes the output folder and its parents', () => {
  const folder = path.join(folderWith(), 'a', 'b', 'dist');
  write(folder, outputOf({ 'prod/x.yaml': 'x', 'top.yaml': 't' }));
  expect(contentsOf(folder)).toEqual({ 'prod/x.yaml': ours('x'), 'top.yaml': ours('t') });
  expect(fs.readdirSync(path.join(folder, '..', '..'))).toEqual(['b']);
});

test('takes a relative folder', () => {
  const folder = folderWith();
  const relative = path.relative(process.cwd(), folder);
  write(relative, outputOf({ 'a.yaml': 'a' }));
  expect(contentsOf(folder)).toEqual({ 'a.yaml': ours('a') });
});

test('the output folder stays when everything in it is pruned', () => {
  const folder = folderWith({ 'out/prod/a.yaml': ours('a') });
  write(path.join(folder, 'out'), new Map());
  expect(contentsOf(folder)).toEqual({ 'out/': '' });
});

test('nothing is written, or made, for an output that is empty', () => {
  const folder = folderWith();
  write(path.join(folder, 'out'), new Map());
  expect(contentsOf(folder)).toEqual({});
});

test('a file that does not change is not touched', () => {
  const folder = folderWith({ 'a.yaml': ours('a'), 'b.yaml': ours('old') });
  const long = new Date('2001-01-01T00:00:00Z');
  for (const file of ['a.yaml', 'b.yaml']) fs.utimesSync(path.join(folder, file), long, long);
  write(folder, outputOf({ 'a.yaml': 'a', 'b.yaml': 'b' }));
  expect(fs.statSync(path.join(folder, 'a.yaml')).mtime).toEqual(long);
  expect(fs.statSync(path.join(folder, 'b.yaml')).mtime).not.toEqual(long);
});

test.each([0o600, 0o640, 0o664, 0o755, 0o644])('a replaced file keeps its mode %o', (mode) => {
  const folder = folderWith({ 'a.yaml': ours('old'), 'b.yaml': ours('old') });
  fs.chmodSync(path.join(folder, 'b.yaml'), mode);
  write(folder, outputOf({ 'a.yaml': 'a', 'b.yaml': 'b' }));
  expect(fs.statSync(path.join(folder, 'b.yaml')).mode & 0o777).toBe(mode);
});

test('a new file is readable for all and writable for its owner, as far as the umask lets it', () => {
  const folder = folderWith({ 'old/': '' });
  const umask = process.umask(0o022);
  try {
    write(folder, outputOf({ 'old/a.yaml': 'a', 'new/a.yaml': 'a' }));
  } finally {
    process.umask(umask);
  }
  for (const file of ['old/a.yaml', 'new/a.yaml']) {
    expect(fs.statSync(path.join(folder, file)).mode & 0o777).toBe(0o644);
  }
});

test('a replaced file is a new file: whoever has the old one open keeps reading the old text', () => {
  const folder = folderWith({ 'a.yaml': ours('old') });
  const descriptor = fs.openSync(path.join(folder, 'a.yaml'), 'r');
  write(folder, outputOf({ 'a.yaml': 'new' }));
  expect(fs.readFileSync(descriptor, 'utf8')).toBe(ours('old'));
  fs.closeSync(descriptor);
});

test('a plan with problems is refused, and nothing is written', () => {
  const folder = folderWith({ 'foreign.yaml': 'mine', 'a.yaml': ours('old'), 'stale.yaml': ours('s') });
  const before = contentsOf(folder);
  const error = errorOf(() => write(folder, outputOf({ 'foreign.yaml': 'x', 'a.yaml': 'a', 'new/b.yaml': 'b' })));
  expect(error.problems.map((problem) => problem.code)).toEqual(['output-foreign-file']);
  expect(contentsOf(folder)).toEqual(before);
});

describe('when a file cannot be prepared, nothing has changed and nothing is left behind', () => {
  const start = { 'a.yaml': ours('old'), 'stale.yaml': ours('stale'), 'deep/b.yaml': ours('old') };
  const change = { 'a.yaml': 'new', 'deep/b.yaml': 'new', 'deep/c.yaml': 'new', 'fresh/d.yaml': 'new' };

  test.each([
    ['a name too long for a temporary file', (folder: string) => void folder, { ...change, [tooLong]: 'x' }],
    ['a name too long for any file', (folder: string) => void folder, { ...change, [`fresh/${'z'.repeat(300)}`]: 'x' }],
    ['a file that has appeared', (folder: string) => put(folder, 'deep/c.yaml', 'theirs'), change],
    ['a folder that has appeared', (folder: string) => fs.mkdirSync(path.join(folder, 'deep/c.yaml')), change],
    ['a file that has gone', (folder: string) => fs.rmSync(path.join(folder, 'deep/b.yaml')), change],
    ['a stale file that has gone', (folder: string) => fs.rmSync(path.join(folder, 'stale.yaml')), change],
    ['a file where a folder is to be made', (folder: string) => put(folder, 'fresh', 'theirs'), change],
    ['a file that has become a link', (folder: string) => relink(folder, 'deep/b.yaml'), change],
    ['a folder that has become a link', (folder: string) => relink(folder, 'deep'), change],
    ['a new folder that is a link by now', (folder: string) => relink(folder, 'fresh'), change],
  ])('%s', (_name, meanwhile, bodies) => {
    const folder = folderWith(start);
    const plan = planOutput(folder, outputOf(bodies), everywhere);
    expect(plan.problems).toEqual([]);
    meanwhile(folder);
    const before = contentsOf(folder);
    const error = errorOf(() => applyPlan(folder, plan));
    expect(error.problems.map((problem) => problem.code)).toEqual(['output-not-writable']);
    expect(error.message).toContain(folder);
    expect(error.message).not.toContain('image-pull-tmp');
    expect(contentsOf(folder)).toEqual(before);
  });

  function put(folder: string, file: string, text: string): void {
    fs.writeFileSync(path.join(folder, file), text);
  }

  /** Puts a link that leads outside in the place of a file or folder. */
  function relink(folder: string, file: string): void {
    const elsewhere = folderWith({ 'b.yaml': ours('outside') });
    fs.rmSync(path.join(folder, file), { recursive: true, force: true });
    fs.symlinkSync(file.endsWith('.yaml') ? path.join(elsewhere, 'b.yaml') : elsewhere, path.join(folder, file));
  }
});

test('a new output folder that cannot be written whole is not there at all', () => {
  const base = folderWith();
  const output = outputOf({ 'a.yaml': 'a', [`prod/${'z'.repeat(300)}`]: 'x' });
  expect(errorOf(() => write(path.join(base, 'x', 'dist'), output)).problems[0]?.code).toBe('output-not-writable');
  expect(contentsOf(base)).toEqual({});
});

test('when renaming fails midway every file is whole, nothing temporary stays, and the next run converges', () => {
  const folder = folderWith({ 'a.yaml': ours('old'), 'b.yaml': ours('old') });
  const output = outputOf({ 'a.yaml': 'new', 'b.yaml': 'new' });
  const plan = planOutput(folder, output, everywhere);
  const real = fs.renameSync;
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (String(to).endsWith('b.yaml')) throw Object.assign(new Error('EIO: i/o error, rename'), { code: 'EIO' });
    real(from, to);
  });
  const error = errorOf(() => applyPlan(folder, plan));
  jest.restoreAllMocks();
  expect(error.message).toContain('b.yaml cannot be written: EIO: i/o error [output-not-writable]');
  expect(contentsOf(folder)).toEqual({ 'a.yaml': ours('new'), 'b.yaml': ours('old') });
  write(folder, output);
  expect(contentsOf(folder)).toEqual({ 'a.yaml': ours('new'), 'b.yaml': ours('new') });
});

describe('what a killed run left behind', () => {
  test.each([
    ['a temporary file that is written again', { 'prod/.a.yaml.image-pull-tmp': 'half' }],
    ['a temporary file of another', { 'prod/.z.yaml.image-pull-tmp': '' }],
    ['a temporary folder', { '.fresh.image-pull-tmp/deep/a.yaml': 'half', '.fresh.image-pull-tmp/x': 'x' }],
    ['a temporary folder of another', { 'prod/.gone.image-pull-tmp/a.yaml': ours('a') }],
    ['all of these', { 'prod/.a.yaml.image-pull-tmp/x': '', '.fresh.image-pull-tmp': '', '.q.image-pull-tmp': '' }],
  ])('%s is cleared', (_name, leftovers) => {
    const folder = folderWith({ 'prod/a.yaml': ours('old'), ...leftovers });
    write(folder, outputOf({ 'prod/a.yaml': 'new', 'fresh/b.yaml': 'b' }));
    expect(contentsOf(folder)).toEqual({ 'prod/a.yaml': ours('new'), 'fresh/b.yaml': ours('b') });
  });

  test('is cleared where the run only creates, and does not search', () => {
    const folder = folderWith({ 'prod/.a.yaml.image-pull-tmp': 'half' });
    write(folder, outputOf({ 'prod/a.yaml': 'new' }), []);
    expect(contentsOf(folder)).toEqual({ 'prod/a.yaml': ours('new') });
  });

  test.each([true, false])('is cleared beside the output folder, which exists: %p', (exists) => {
    const base = folderWith({ '.dist.image-pull-tmp/prod/a.yaml': 'half', ...(exists ? { 'dist/': '' } : {}) });
    write(path.join(base, 'dist'), outputOf({ 'prod/a.yaml': 'a' }));
    expect(contentsOf(base)).toEqual({ 'dist/prod/a.yaml': ours('a') });
  });

  test('is never followed when it is a link', () => {
    const elsewhere = folderWith({ 'victim.yaml': 'victim' });
    const folder = folderWith({ 'a.yaml': ours('old') });
    fs.symlinkSync(path.join(elsewhere, 'victim.yaml'), path.join(folder, '.a.yaml.image-pull-tmp'));
    fs.symlinkSync(elsewhere, path.join(folder, '.fresh.image-pull-tmp'));
    // Once cleared by the plan, once found only when the temporary file is opened.
    const output = outputOf({ 'a.yaml': 'new', 'fresh/victim.yaml': 'x' });
    const plan = planOutput(folder, output, everywhere);
    applyPlan(folder, { ...plan, leftovers: [] });
    expect(contentsOf(elsewhere)).toEqual({ 'victim.yaml': 'victim' });
    expect(contentsOf(folder)).toEqual({ 'a.yaml': ours('new'), 'fresh/victim.yaml': ours('x') });
  });
});

test('a run that is killed at any rename ends in the same state when it is run again', () => {
  const start = { 'a.yaml': ours('old'), 'prod/b.yaml': ours('old'), 'stale/c.yaml': ours('c') };
  const output = outputOf({ 'a.yaml': 'new', 'prod/b.yaml': 'new', 'prod/n.yaml': 'n', 'fresh/x/y.yaml': 'y' });
  const real = fs.renameSync;
  for (let survived = 0; survived < 5; survived++) {
    const folder = folderWith(start);
    const plan = planOutput(folder, output, everywhere);
    let renames = 0;
    const kill = new Error('killed');
    const renaming = jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (renames++ === survived) throw kill;
      real(from, to);
    });
    // Nothing is tidied up either.
    const removing = jest.spyOn(fs, 'rmSync').mockImplementation(() => undefined);
    try {
      applyPlan(folder, plan);
    } catch (error) {
      expect(error).toBe(kill);
    }
    renaming.mockRestore();
    removing.mockRestore();
    write(folder, output);
    expect(contentsOf(folder)).toEqual(Object.fromEntries([...output.values()].map((file) => [file.path, file.text])));
  }
});

const name = fc.stringMatching(/^[a-d]{1,2}$/);
const folders = fc.oneof(
  fc.constant(''),
  name.map((cluster) => `${cluster}/`),
  name.map((cluster) => `${cluster}/namespaces/`),
  fc.tuple(name, name).map(([cluster, shard]) => `${cluster}/namespaces/${shard}/`),
);
const filePath = fc.tuple(folders, name).map(([folder, file]) => `${folder}${file}.yaml`);
const bodies = fc.dictionary(filePath, fc.string({ maxLength: 8 }), { maxKeys: 8, noNullPrototype: true });

test('whatever was there, after a run the plan is empty, foreign files stand, and a second run changes nothing', () => {
  fc.assert(
    fc.property(
      bodies,
      bodies,
      fc.dictionary(filePath, fc.constant('foreign'), { maxKeys: 2 }),
      (first, second, foreign) => {
        const folder = folderWith();
        write(folder, outputOf(first));
        const strangers = Object.fromEntries(Object.entries(foreign).map(([file, text]) => [`${file}.txt`, text]));
        for (const [file, text] of Object.entries(strangers)) {
          fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
          fs.writeFileSync(path.join(folder, file), text);
        }
        write(folder, outputOf(second));
        const texts = Object.entries(second).map(([file, body]) => [file, ours(body)]);
        expect(contentsOf(folder)).toEqual({ ...Object.fromEntries(texts), ...strangers });
        const again = planOutput(folder, outputOf(second), everywhere);
        expect(isUpToDate(again)).toBe(true);
        expect(again.unchanged).toEqual(Object.keys(second).sort());
        applyPlan(folder, again);
        expect(contentsOf(folder)).toEqual({ ...Object.fromEntries(texts), ...strangers });
        removeFolders();
      },
    ),
    { numRuns: 150 },
  );
});
