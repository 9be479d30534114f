import type { PlainFolder } from '../../../src/model/topology/rendering.js';
import { Workspace } from './workspace.js';

let space: Workspace;

beforeEach(() => {
  space = new Workspace();
  space.write(
    Object.fromEntries(
      ['a.yaml', 'b.yml', 'c.json', 'd.txt', '.hidden.yaml', 'sub/e.yaml', 'sub/deep/f.yaml', 'sub/g.json'].map(
        (name) => [`apps/${name}`, `kind: ${name}\n`],
      ),
    ),
  );
});

afterEach(() => space.remove());

async function read(options: Partial<PlainFolder> = {}) {
  const [outcome] = await space.render([{ by: 'plain', folder: 'apps', recurse: true, ...options }]);
  return { ...outcome!, files: outcome!.texts.map(({ file }) => file.replace('apps/', '')) };
}

const all = ['.hidden.yaml', 'a.yaml', 'b.yml', 'c.json', 'sub/deep/f.yaml', 'sub/e.yaml', 'sub/g.json'];

// Patterns are those of Argo CD's documentation: a star takes slashes, too.
test.each<[string, Partial<PlainFolder>, string[]]>([
  ['all of it', {}, all],
  ['the folder alone', { recurse: false }, ['.hidden.yaml', 'a.yaml', 'b.yml', 'c.json']],
  ['what is included', { include: '*.yaml' }, all.filter((name) => name.endsWith('.yaml'))],
  ['one of several', { include: '{*.yml,*.json}' }, ['b.yml', 'c.json', 'sub/g.json']],
  ['a folder', { include: 'sub/*' }, ['sub/deep/f.yaml', 'sub/e.yaml', 'sub/g.json']],
  ['what is not excluded', { exclude: '{a.yaml,sub/*}' }, ['.hidden.yaml', 'b.yml', 'c.json']],
  ['both', { include: '*.yaml', exclude: 'sub/deep/**' }, ['.hidden.yaml', 'a.yaml', 'sub/e.yaml']],
  ['a class', { include: '[a-b].y*' }, ['a.yaml', 'b.yml']],
  ['nothing', { include: 'x' }, []],
])('a plain folder gives %s', async (_what, options, files) => {
  expect((await read(options)).files).toEqual(files);
});

test('texts stand under the path relative to the config, byte for byte', async () => {
  const [outcome] = await space.render([{ by: 'plain', folder: 'apps', recurse: false, include: 'a.yaml' }], {
    base: `${space.root}/apps/sub`,
  });
  expect(outcome?.texts).toEqual([{ file: '../a.yaml', text: 'kind: a.yaml\n' }]);
});

test('a file that is marked is left out, and a file stands for itself', async () => {
  space.write({ 'apps/a.yaml': '# +argocd:skip-file-rendering\nkind: A\n' });
  expect((await read({ recurse: false, include: '?.y*' })).files).toEqual(['b.yml']);
  expect((await read({ folder: 'apps/sub/e.yaml' })).files).toEqual(['sub/e.yaml']);
});

test('Jsonnet, bytes and links that lead nowhere or out are findings, links in the repository are read', async () => {
  space.write({ 'apps/x.jsonnet': '{}', 'apps/y.yaml': Buffer.from([0xff, 0xfe]), 'elsewhere/z.yaml': 'kind: Z\n' });
  space.link('apps/link.yaml', '../elsewhere/z.yaml');
  space.link('apps/out.yaml', '/etc/hostname');
  space.link('apps/gone.yaml', 'nowhere');
  space.link('apps/folder', '../elsewhere');
  const { files, problems } = await read({ include: '{*.jsonnet,y.yaml,link.yaml,out.yaml,gone.yaml,folder/*}' });
  expect(files).toEqual(['link.yaml']);
  expect(problems.map((text) => text.split('\n')[0])).toEqual([
    expect.stringContaining('apps/gone.yaml cannot be read: there is nothing at its end'),
    expect.stringContaining('apps/out.yaml cannot be read: it leads out of the repository'),
    expect.stringContaining('apps/y.yaml cannot be read: it is not UTF-8 text'),
    expect.stringContaining('apps/x.jsonnet:1:1: Jsonnet is not rendered: apps/x.jsonnet'),
  ]);
});

test.each(['nowhere', '..'])('the folder %s is a finding', async (folder) => {
  expect((await read({ folder })).codes).toEqual(['rendering-failed']);
});

test('a pattern that could match for ever is a finding', async () => {
  expect((await read({ include: '+(a|b)' })).codes).toEqual(['rendering-failed']);
});
