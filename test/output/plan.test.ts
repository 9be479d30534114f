import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { headerPrefix } from '../../src/output/header.js';
import { type Plan, planOutput } from '../../src/output/plan.js';
import { withProgram } from '../support.js';
import { contentsOf, folderWith, isUpToDate, ours, outputOf, removeFolders } from './output-folder.js';

afterEach(removeFolders);

const everywhere = { within: [''] };
const codesOf = (plan: Plan) => plan.problems.map((problem) => problem.code);
const messagesOf = (plan: Plan) => plan.problems.map((problem) => problem.message).join('\n');

test('tells what would be created, replaced, kept and pruned, each sorted, with the texts that are on disk', () => {
  const folder = folderWith({
    'prod/same.yaml': ours('same'),
    'prod/changed.yaml': ours('old'),
    'prod/stale.yaml': ours('stale'),
    'stale.yaml': ours('top'),
  });
  const output = outputOf({
    'prod/z.yaml': 'z',
    'prod/changed.yaml': 'new',
    'prod/same.yaml': 'same',
    'a/b.yaml': 'b',
  });
  const plan = planOutput(folder, output, everywhere);
  expect(plan.create.map((file) => file.path)).toEqual(['a/b.yaml', 'prod/z.yaml']);
  expect(plan.replace).toEqual([{ file: output.get('prod/changed.yaml'), before: ours('old') }]);
  expect(plan.unchanged).toEqual(['prod/same.yaml']);
  expect(plan.prune).toEqual([
    { path: 'prod/stale.yaml', before: ours('stale') },
    { path: 'stale.yaml', before: ours('top') },
  ]);
  expect(plan.problems).toEqual([]);
  expect(isUpToDate(plan)).toBe(false);
});

test('a folder that does not exist is planned as all new, and is not made', () => {
  const folder = path.join(folderWith(), 'not', 'yet');
  const plan = planOutput(folder, outputOf({ 'prod/a.yaml': 'a' }), everywhere);
  expect(plan.create).toHaveLength(1);
  expect(plan.problems).toEqual([]);
  expect(fs.existsSync(path.dirname(folder))).toBe(false);
});

test('nothing to write into a folder that does not exist is up to date', () => {
  expect(isUpToDate(planOutput(path.join(folderWith(), 'x'), new Map(), everywhere))).toBe(true);
});

test('prunes only below the folders it is given', () => {
  const folder = folderWith({
    'prod/a.yaml': ours('a'),
    'test/a.yaml': ours('a'),
    'prod/namespaces/b.yaml': ours('b'),
  });
  const pruned = (within: string[]) => planOutput(folder, new Map(), { within }).prune.map((file) => file.path);
  expect(pruned([])).toEqual([]);
  expect(pruned(['prod'])).toEqual(['prod/a.yaml', 'prod/namespaces/b.yaml']);
  expect(pruned(['prod/namespaces', 'missing'])).toEqual(['prod/namespaces/b.yaml']);
  expect(pruned(['', 'prod'])).toEqual(['prod/a.yaml', 'prod/namespaces/b.yaml', 'test/a.yaml']);
});

test.each([
  ['a file without the header', 'kind: Secret\n'],
  ['an empty file', ''],
  ['a file with the header on its second line', `\n${ours('a')}`],
  ['a header with a byte order mark', `\ufeff${ours('a')}`],
  ['a header that is cut short', headerPrefix.slice(0, -1)],
])('%s is not ours: never pruned, never replaced', (_name, text) => {
  const folder = folderWith({ 'prod/a.yaml': text });
  expect(planOutput(folder, new Map(), everywhere).prune).toEqual([]);
  const plan = planOutput(folder, outputOf({ 'prod/a.yaml': 'a' }), everywhere);
  expect(codesOf(plan)).toEqual(['output-foreign-file']);
  expect(messagesOf(plan)).toContain(path.join(folder, 'prod/a.yaml'));
  expect(plan.replace).toEqual([]);
});

test('hidden folders, node_modules and the output of another project below are not searched for files of ours', () => {
  const folder = folderWith({
    '.git/a.yaml': ours('a'),
    'node_modules/x/a.yaml': ours('a'),
    'service/dist/prod/namespaces/a.yaml': ours('a'),
  });
  expect(planOutput(folder, new Map(), everywhere).prune).toEqual([]);
});

test('a file that is not UTF-8 differs from the text it would be read as', () => {
  const folder = folderWith();
  fs.writeFileSync(
    path.join(folder, 'a.yaml'),
    Buffer.concat([Buffer.from(`${headerPrefix} `), Buffer.from([0xff, 10])]),
  );
  const text = `${headerPrefix} \ufffd\n`;
  const plan = planOutput(folder, new Map([['a.yaml', { path: 'a.yaml', text }]]), everywhere);
  expect(plan.replace).toHaveLength(1);
});

test('a stock file replaces what has its name, and nothing prunes it', () => {
  const folder = folderWith({ 'chart.k8s.yaml': 'old: 1\n' });
  const stock = { path: 'chart.k8s.yaml', text: 'new: 1\n', stock: true };
  expect(planOutput(folder, new Map([[stock.path, stock]]), everywhere).replace).toEqual([
    { file: stock, before: 'old: 1\n' },
  ]);
  expect(planOutput(folder, new Map(), everywhere).prune).toEqual([]);
});

test('a text of ours without the header is a fault of the caller', () => {
  const output = new Map([['a.yaml', { path: 'a.yaml', text: 'kind: Secret\n' }]]);
  expect(() => planOutput(folderWith(), output, everywhere)).toThrow('a.yaml does not begin with');
});

test.each([
  ['the output folder is a file', { out: 'text' }, 'out', 'a.yaml'],
  ['a parent of the output folder is a file', { out: 'text' }, 'out/deep/er', 'a.yaml'],
  ['a folder of the output is a file', { 'out/prod': 'text' }, 'out', 'prod/a.yaml'],
  ['a folder further up is a file', { 'out/prod': 'text' }, 'out', 'prod/namespaces/er/a.yaml'],
  ['a folder stands where a file must be', { 'out/prod/a.yaml/': '' }, 'out', 'prod/a.yaml'],
])('%s: output-not-writable', (_name, files, out, file) => {
  const folder = folderWith(files);
  const plan = planOutput(path.join(folder, out), outputOf({ [file]: 'a', 'other/b.yaml': 'b' }), everywhere);
  expect(new Set(codesOf(plan))).toEqual(new Set(['output-not-writable']));
  expect(messagesOf(plan)).toContain(folder);
});

test('one folder in the way is one problem, however many files it stops', () => {
  const folder = folderWith({ prod: 'text' });
  const plan = planOutput(
    folder,
    outputOf({ 'prod/a.yaml': 'a', 'prod/b.yaml': 'b', 'prod/c/d.yaml': 'd' }),
    everywhere,
  );
  expect(codesOf(plan)).toEqual(['output-not-writable']);
});

test.each([
  ['/etc/passwd'],
  ['../a.yaml'],
  ['prod/../../a.yaml'],
  ['prod/./a.yaml'],
  ['prod//a.yaml'],
  ['prod/'],
  [''],
  ['.'],
  ['..'],
  ['C:/a.yaml'],
  ['c:a.yaml'],
  ['prod\\a.yaml'],
  ['a\0b'],
])('the path %j leaves the output folder', (file) => {
  const plan = planOutput(folderWith(), outputOf({ [file]: 'a' }), everywhere);
  expect(codesOf(plan)).toEqual(['output-path-outside']);
  expect(plan.create).toEqual([]);
});

test('a folder to prune in that leaves the output folder is refused', () => {
  expect(codesOf(planOutput(folderWith(), new Map(), { within: ['../other'] }))).toEqual(['output-path-outside']);
});

test.each([
  ['names that differ in case', ['prod/team-a.yaml', 'prod/Team-A.yaml']],
  ['folders that differ in case', ['prod/a.yaml', 'PROD/A.yaml']],
  ['letters composed in two ways', ['caf\u00e9.yaml', 'cafe\u0301.yaml']],
  ['a file that is the folder of another', ['prod', 'prod/a.yaml']],
  ['the same in another case', ['Prod', 'prod/namespaces/a.yaml']],
])('%s collide', (_name, files) => {
  const plan = planOutput(folderWith(), outputOf(Object.fromEntries(files.map((file) => [file, 'a']))), everywhere);
  expect(codesOf(plan)).toEqual(['output-collision']);
});

describe('symbolic links', () => {
  const outside = () => folderWith({ 'secret.yaml': ours('do not touch'), 'sub/x.yaml': ours('x') });

  test('a linked file that leads outside is refused', () => {
    const folder = folderWith({ 'prod/': '' });
    fs.symlinkSync(path.join(outside(), 'secret.yaml'), path.join(folder, 'prod/a.yaml'));
    const plan = planOutput(folder, outputOf({ 'prod/a.yaml': 'a' }), everywhere);
    expect(codesOf(plan)).toEqual(['output-path-outside']);
    expect(plan.replace).toEqual([]);
  });

  test('a linked folder that leads outside is refused, for everything in it', () => {
    const folder = folderWith();
    fs.symlinkSync(outside(), path.join(folder, 'prod'));
    const output = outputOf({ 'prod/new.yaml': 'a', 'prod/secret.yaml': 'a', 'prod/sub/x.yaml': 'x' });
    const plan = planOutput(folder, output, { within: ['', 'prod'] });
    expect(codesOf(plan)).toEqual(['output-path-outside']);
    expect([...plan.create, ...plan.replace, ...plan.prune]).toEqual([]);
  });

  test('a link that leads nowhere is refused', () => {
    const folder = folderWith();
    fs.symlinkSync('nowhere', path.join(folder, 'a.yaml'));
    expect(codesOf(planOutput(folder, outputOf({ 'a.yaml': 'a' }), everywhere))).toEqual(['output-path-outside']);
  });

  test('a link within the output folder is not ours to replace', () => {
    const folder = folderWith({ 'a.yaml': ours('a'), 'real/': '' });
    fs.symlinkSync('a.yaml', path.join(folder, 'b.yaml'));
    fs.symlinkSync('real', path.join(folder, 'linked'));
    const plan = planOutput(folder, outputOf({ 'a.yaml': 'a', 'b.yaml': 'a', 'linked/c.yaml': 'c' }), everywhere);
    expect(codesOf(plan)).toEqual(['output-foreign-file', 'output-foreign-file']);
  });

  test('nothing behind a link is pruned, nor the link', () => {
    const folder = folderWith();
    const elsewhere = outside();
    fs.symlinkSync(elsewhere, path.join(folder, 'linked'));
    fs.symlinkSync(path.join(elsewhere, 'secret.yaml'), path.join(folder, 'file.yaml'));
    expect(planOutput(folder, new Map(), { within: ['', 'linked', 'linked/sub'] }).prune).toEqual([]);
  });

  test('the output folder itself may be a link', () => {
    const folder = folderWith({ 'real/a.yaml': ours('old') });
    fs.symlinkSync('real', path.join(folder, 'out'));
    const plan = planOutput(path.join(folder, 'out'), outputOf({ 'a.yaml': 'a' }), everywhere);
    expect(plan.problems).toEqual([]);
    expect(plan.replace).toHaveLength(1);
  });

  test('an output folder that is a link to nowhere is refused', () => {
    const folder = folderWith();
    fs.symlinkSync('nowhere', path.join(folder, 'out'));
    const plan = planOutput(path.join(folder, 'out'), outputOf({ 'a.yaml': 'a' }), everywhere);
    expect(codesOf(plan)).toEqual(['output-not-writable']);
  });
});

test('leftovers of a killed run are listed, and are no difference', () => {
  const folder = folderWith({
    'prod/.a.yaml.image-pull-tmp': 'half',
    '.test.image-pull-tmp/b.yaml': ours('b'),
    'prod/a.yaml': ours('a'),
  });
  const plan = planOutput(folder, outputOf({ 'prod/a.yaml': 'a' }), everywhere);
  expect(plan.leftovers).toEqual(['.test.image-pull-tmp', 'prod/.a.yaml.image-pull-tmp']);
  expect(isUpToDate(plan)).toBe(true);
});

test('where the disk ignores case, a name in another case is the same file: compared, and not pruned', () => {
  const folder = folderWith({ 'Prod/Team.yaml': ours('a'), 'Prod/Foreign.yaml': 'theirs' });
  const real = fs.lstatSync;
  // Such a disk finds any spelling.
  const onDisk: Record<string, string> = { prod: 'Prod', 'team.yaml': 'Team.yaml', 'foreign.yaml': 'Foreign.yaml' };
  const spelled = (file: fs.PathLike) =>
    path.join(path.dirname(String(file)), onDisk[path.basename(String(file))] ?? path.basename(String(file)));
  const spy = jest
    .spyOn(fs, 'lstatSync')
    .mockImplementation(((file: fs.PathLike) => real(spelled(file))) as typeof real);
  const plan = planOutput(folder, outputOf({ 'prod/team.yaml': 'a', 'prod/foreign.yaml': 'x' }), everywhere);
  spy.mockRestore();
  expect(plan.unchanged).toEqual(['prod/team.yaml']);
  expect(codesOf(plan)).toEqual(['output-foreign-file']);
  expect(plan.prune).toEqual([]);
  expect(planOutput(folder, outputOf({ 'prod/team.yaml': 'a' }), everywhere).create).toHaveLength(1);
});

test('planning writes nothing', () => {
  const folder = folderWith({ 'prod/a.yaml': ours('old'), 'stale.yaml': ours('s'), '.x.image-pull-tmp': '' });
  const before = contentsOf(folder);
  planOutput(folder, outputOf({ 'prod/a.yaml': 'a', 'new/b.yaml': 'b' }), everywhere);
  expect(contentsOf(folder)).toEqual(before);
});

withProgram('mkfifo', () => {
  test('a path of the output that is a pipe is refused without reading it', () => {
    const folder = folderWith();
    expect(spawnSync('mkfifo', [path.join(folder, 'a.yaml')]).status).toBe(0);
    expect(codesOf(planOutput(folder, outputOf({ 'a.yaml': 'a' }), everywhere))).toEqual(['output-foreign-file']);
    expect(planOutput(folder, new Map(), everywhere).prune).toEqual([]);
  });
});
