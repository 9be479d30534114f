import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { ImagePullError } from '../../src/model/problem/problem.js';
import type { Output } from '../../src/output/output.js';
import { type Plan, planOutput } from '../../src/output/plan.js';
import { applyPlan, applyPlans, createFile } from '../../src/output/writer.js';
import { contentsOf, folderWith, isUpToDate, ours, outputOf, removeFolders } from './output-folder.js';

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

/** What the disk says when it refuses. */
const refusal = (code: string) => Object.assign(new Error(`${code}: refused, rename 'a' -> 'b'`), { code });

describe('when a change fails midway, everything is as it was and nothing temporary stays', () => {
  const start = {
    'a.yaml': ours('old a'),
    'b/b.yaml': ours('old b'),
    'stale/c.yaml': ours('c'),
    'stale/d.yaml': ours('d'),
    'foreign.txt': 'mine',
  };
  const output = outputOf({ 'a.yaml': 'new', 'b/b.yaml': 'new', 'b/n.yaml': 'n', 'fresh/x/y.yaml': 'y' });

  test.each(['a.yaml', 'b/b.yaml', 'b/n.yaml', 'fresh', 'stale/c.yaml', 'stale/d.yaml'])('at %s', (file) => {
    const folder = folderWith(start);
    fs.chmodSync(path.join(folder, 'a.yaml'), 0o640);
    const plan = planOutput(folder, output, everywhere);
    const real = fs.renameSync;
    const refused = path.join(folder, file);
    let isRefused = false;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (!isRefused && [from, to].includes(refused)) {
        isRefused = true;
        throw refusal('EBUSY');
      }
      real(from, to);
    });
    const error = errorOf(() => applyPlan(folder, plan));
    jest.restoreAllMocks();
    expect(error.problems.map(({ code }) => code)).toEqual(['output-not-writable']);
    expect(error.message).toContain(`${file} cannot be written: EBUSY: refused`);
    expect(contentsOf(folder)).toEqual(start);
    expect(fs.statSync(path.join(folder, 'a.yaml')).mode & 0o777).toBe(0o640);
    write(folder, output);
    expect(Object.keys(contentsOf(folder)).sort()).toEqual([...output.keys(), 'foreign.txt'].sort());
  });

  test('in the second of two folders', () => {
    const [first, second] = [folderWith({ 'a.yaml': ours('old') }), folderWith({ 'a.yaml': ours('old') })];
    const plans = [first, second].map((folder) => ({
      folder,
      plan: planOutput(folder, outputOf({ 'a.yaml': 'new', 'x/n.yaml': 'n' }), everywhere),
    }));
    const real = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      // Something has appeared where the new folder is to be.
      if (to === path.join(second, 'x')) fs.mkdirSync(path.join(second, 'x/in-the-way'), { recursive: true });
      real(from, to);
    });
    const error = errorOf(() => applyPlans(plans));
    jest.restoreAllMocks();
    expect(error.message).toContain(`${path.join(second, 'x')} cannot be written: ENOTEMPTY`);
    expect(contentsOf(first)).toEqual({ 'a.yaml': ours('old') });
    expect(contentsOf(second)).toEqual({ 'a.yaml': ours('old'), 'x/in-the-way/': '' });
  });

  test('and what cannot be given back is said', () => {
    const folder = folderWith({ 'a.yaml': ours('old'), 'b.yaml': ours('old') });
    const plan = planOutput(folder, outputOf({ 'a.yaml': 'new', 'b.yaml': 'new' }), everywhere);
    const real = fs.renameSync;
    let renames = 0;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (renames++ > 0) throw refusal('EROFS');
      real(from, to);
    });
    const error = errorOf(() => applyPlan(folder, plan));
    jest.restoreAllMocks();
    expect(error.problems.map(({ code }) => code)).toEqual(['output-not-writable', 'output-not-writable']);
    expect(error.message).toContain('b.yaml cannot be written: EROFS');
    expect(error.message).toContain('a.yaml changed before that, and what was there could not be given back');
    write(folder, outputOf({ 'a.yaml': 'new', 'b.yaml': 'new' }));
    expect(contentsOf(folder)).toEqual({ 'a.yaml': ours('new'), 'b.yaml': ours('new') });
  });
});

test('a disk that is full on the way leaves what was there', () => {
  const start = { 'a.yaml': ours('old'), 'stale/c.yaml': ours('c') };
  const folder = folderWith(start);
  const plan = planOutput(folder, outputOf({ 'a.yaml': 'new', 'n/n.yaml': 'n'.repeat(100) }), everywhere);
  const real = fs.writeFileSync;
  let free = 60;
  jest.spyOn(fs, 'writeFileSync').mockImplementation((file, text, options) => {
    real(file, String(text).slice(0, free), options);
    free -= String(text).length;
    if (free < 0) throw refusal('ENOSPC');
  });
  const error = errorOf(() => applyPlan(folder, plan));
  jest.restoreAllMocks();
  expect(error.message).toContain('ENOSPC');
  expect(contentsOf(folder)).toEqual(start);
});

describe('a new file', () => {
  test('is whole or not there', () => {
    const folder = folderWith();
    createFile(path.join(folder, 'a.yaml'), 'a: 1\n');
    expect(contentsOf(folder)).toEqual({ 'a.yaml': 'a: 1\n' });
    const real = fs.writeFileSync;
    jest.spyOn(fs, 'writeFileSync').mockImplementation((file, text, options) => {
      real(file, String(text).slice(0, 3), options);
      throw refusal('ENOSPC');
    });
    const error = errorOf(() => createFile(path.join(folder, 'b.yaml'), 'b: 1\n'));
    jest.restoreAllMocks();
    expect(error.message).toContain('b.yaml cannot be written: ENOSPC');
    expect(contentsOf(folder)).toEqual({ 'a.yaml': 'a: 1\n' });
  });

  test('takes no place of another', () => {
    const folder = folderWith({ 'a.yaml': 'mine' });
    expect(errorOf(() => createFile(path.join(folder, 'a.yaml'), 'a')).message).toContain('was not there before');
    expect(contentsOf(folder)).toEqual({ 'a.yaml': 'mine' });
  });
});

describe('what a killed run left behind', () => {
  /** Breaks off in the header, or behind it. */
  const half = ours('').slice(0, 12);
  const most = ours('half').slice(0, -3);

  test.each([
    ['a temporary file that is written again', { 'prod/.a.yaml.image-pull-tmp': half }],
    ['a temporary file of another', { 'prod/.z.yaml.image-pull-tmp': '' }],
    ['a temporary folder', { '.fresh.image-pull-tmp/deep/a.yaml': most, '.fresh.image-pull-tmp/x': half }],
    ['a temporary folder of another', { 'prod/.gone.image-pull-tmp/a.yaml': ours('a') }],
    ['all of these', { 'prod/.a.yaml.image-pull-tmp/x': '', '.fresh.image-pull-tmp': '', '.q.image-pull-tmp': most }],
  ])('%s is cleared', (_name, leftovers) => {
    const folder = folderWith({ 'prod/a.yaml': ours('old'), ...leftovers });
    write(folder, outputOf({ 'prod/a.yaml': 'new', 'fresh/b.yaml': 'b' }));
    expect(contentsOf(folder)).toEqual({ 'prod/a.yaml': ours('new'), 'fresh/b.yaml': ours('b') });
  });

  test('is cleared where the run only creates, and does not search', () => {
    const folder = folderWith({ 'prod/.a.yaml.image-pull-tmp': half });
    write(folder, outputOf({ 'prod/a.yaml': 'new' }), []);
    expect(contentsOf(folder)).toEqual({ 'prod/a.yaml': ours('new') });
  });

  test.each([true, false])('is cleared beside the output folder, which exists: %p', (exists) => {
    const base = folderWith({ '.dist.image-pull-tmp/prod/a.yaml': half, ...(exists ? { 'dist/': '' } : {}) });
    write(path.join(base, 'dist'), outputOf({ 'prod/a.yaml': 'a' }));
    expect(contentsOf(base)).toEqual({ 'dist/prod/a.yaml': ours('a') });
  });

  test('a beginning of a text without header is cleared where that text is written again', () => {
    const folder = folderWith({ '.a.yaml.image-pull-tmp': 'kind: Li' });
    createFile(path.join(folder, 'a.yaml'), 'kind: List\n');
    expect(contentsOf(folder)).toEqual({ 'a.yaml': 'kind: List\n' });
  });

  test.each([
    ['a file', { 'prod/.z.yaml.image-pull-tmp': 'mine' }],
    ['a folder', { '.z.image-pull-tmp/a.yaml': ours('a'), '.z.image-pull-tmp/notes.txt': 'mine' }],
  ])('%s of somebody else with such a name stays', (_what, theirs) => {
    const folder = folderWith({ 'prod/a.yaml': ours('old'), ...theirs });
    write(folder, outputOf({ 'prod/a.yaml': 'new' }));
    expect(contentsOf(folder)).toEqual({ 'prod/a.yaml': ours('new'), ...theirs });
  });

  test.each([
    ['replaced', 'prod/.a.yaml.image-pull-tmp'],
    ['made', '.fresh.image-pull-tmp/x'],
    ['pruned', 'prod/.stale.yaml.image-pull-tmp'],
  ])('what somebody else put in the way of a file that is %s is said, and nothing changes', (_how, theirs) => {
    const start = { 'prod/a.yaml': ours('old'), 'prod/stale.yaml': ours('s'), [theirs]: 'mine' };
    const folder = folderWith(start);
    const error = errorOf(() => write(folder, outputOf({ 'prod/a.yaml': 'new', 'fresh/b.yaml': 'b' })));
    expect(error.problems.map(({ code }) => code)).toEqual(['output-not-writable']);
    expect(error.message).toMatch(/\.image-pull-tmp is in the way and was not written by this tool/);
    expect(contentsOf(folder)).toEqual(start);
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
      // From then on nothing happens: nothing is taken back or tidied up either.
      if (renames++ >= survived) throw kill;
      real(from, to);
    });
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
