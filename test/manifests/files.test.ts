import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { selectFiles } from '../../src/manifests/files.js';
import { problemText } from '../../src/model/problem/problem.js';
import type { FileEntry } from '../../src/model/vocabulary/workloads.js';
import { headerPrefix } from '../../src/output/header.js';

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'image-pull-files-'));
});

afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

function write(...files: string[]): void {
  for (const file of files) {
    const target = path.join(root, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, '');
  }
}

function link(target: string, at: string): void {
  fs.mkdirSync(path.dirname(path.join(root, at)), { recursive: true });
  fs.symlinkSync(target, path.join(root, at));
}

function select(...workloads: FileEntry[]) {
  const { files, problems, stdin } = selectFiles(root, workloads);
  return {
    names: files.map(({ file }) => file),
    problems: problems.map((problem) => problemText(problem).split('\n')[0]),
    files,
    stdin,
  };
}

describe('selectFiles', () => {
  beforeEach(() => {
    write(
      'a.yaml',
      'apps/web/deploy.yaml',
      'apps/web/README.md',
      'apps/web/deep/er/x.yml',
      'apps/api/job.json',
      'apps/api/.hidden.yaml',
    );
    write(
      'apps/.git/x.yaml',
      'apps/node_modules/y/x.yaml',
      '.github/workflows/ci.yaml',
      'apps/B.YAML',
      'odd/[x].yaml',
      'odd/x.yaml',
    );
  });

  const all = ['apps/B.YAML', 'apps/api/job.json', 'apps/web/deep/er/x.yml', 'apps/web/deploy.yaml'];

  test.each<[string, FileEntry[], string[]]>([
    ['a file', ['a.yaml'], ['a.yaml']],
    ['a file of any name', ['apps/web/README.md'], ['apps/web/README.md']],
    ['a folder, with the manifests below it', ['apps'], all],
    ['a folder with a slash', ['./apps/'], all],
    ['a glob', ['apps/**/*.yaml'], ['apps/web/deploy.yaml']],
    ['a glob of one level', ['apps/*/*.{yaml,json}'], ['apps/api/job.json', 'apps/web/deploy.yaml']],
    ['a glob without names', ['apps/**'], all],
    ['a glob of folders', ['apps/w*'], ['apps/web/deep/er/x.yml', 'apps/web/deploy.yaml']],
    ['a glob of folders with a slash', ['apps/w*/'], ['apps/web/deep/er/x.yml', 'apps/web/deploy.yaml']],
    ['a glob that names no type', ['apps/web/*'], ['apps/web/deep/er/x.yml', 'apps/web/deploy.yaml']],
    ['a glob of another type', ['apps/**/*.md'], ['apps/web/README.md']],
    ['hidden files where they are named', ['apps/**/.*.yaml'], ['apps/api/.hidden.yaml']],
    ['hidden folders where they are named', ['.github'], ['.github/workflows/ci.yaml']],
    ['hidden folders that a glob names', ['.g*/**/*.yaml'], ['.github/workflows/ci.yaml']],
    ['a file whose name looks like a glob', ['odd/[x].yaml'], ['odd/[x].yaml']],
    ['an absolute path', [path.join(os.tmpdir(), 'image-pull-none'), 'a.yaml'], ['a.yaml']],
    ['all but a file', ['apps', '!apps/B.YAML'], all.slice(1)],
    ['all but a folder', ['!apps/web', 'apps'], ['apps/B.YAML', 'apps/api/job.json']],
    ['all but a glob', ['apps', '!**/*.{json,yml}'], ['apps/B.YAML', 'apps/web/deploy.yaml']],
    ['all but a glob of folders', ['apps', '!apps/*e*'], ['apps/B.YAML', 'apps/api/job.json']],
  ])('takes %s', (_what, workloads, names) => {
    expect(select(...workloads).names).toEqual(names);
  });

  test('takes each file once, for each namespace that is given', () => {
    const { files, problems } = select(
      'apps',
      { path: 'apps/**/*.yaml', namespace: 'one' },
      { path: 'apps/web', namespace: 'two' },
    );
    expect(problems).toEqual([]);
    expect(files.map(({ file, infos }) => [file, infos.map(({ namespace }) => namespace)])).toEqual([
      ['apps/B.YAML', [undefined]],
      ['apps/api/job.json', [undefined]],
      ['apps/web/deep/er/x.yml', ['two']],
      ['apps/web/deploy.yaml', ['one', 'two']],
    ]);
  });

  test('says what a rendered file was rendered from', () => {
    expect(select({ rendered: 'a.yaml', from: 'apps/web', namespace: 'n' }).files).toMatchObject([
      { file: 'a.yaml', infos: [{ namespace: 'n', source: { rendered: 'a.yaml', from: 'apps/web' } }] },
    ]);
  });

  test.each<[string, FileEntry[]]>([
    ['nowhere/*.yaml', ['nowhere/*.yaml']],
    ['apps/**/*.txt', ['a.yaml', 'apps/**/*.txt']],
    ['none.yaml', ['none.yaml']],
    ['a.yaml/x', ['a.yaml/x']],
    ['apps/*.yml', [{ path: 'apps/*.yml', namespace: 'n' }]],
    ['', ['']],
  ])('a pattern that matches nothing is said: %p', (pattern, workloads) => {
    expect(select(...workloads).problems).toEqual([
      `workloads: ${JSON.stringify(pattern)} matches no file [no-manifests]`,
    ]);
  });

  test.each<[string, FileEntry[]]>([
    ['a.yaml', ['a.yaml', '!a.yaml']],
    ['apps', ['apps', 'odd', '!apps/**']],
    ['apps/*/*.yaml', ['a.yaml', 'apps/*/*.yaml', '!**/web']],
  ])('an entry of which everything is left out is a finding: %p', (pattern, workloads) => {
    expect(select(...workloads).problems).toEqual([
      `workloads: everything that ${JSON.stringify(pattern)} matches is left out [nothing-read]`,
    ]);
  });

  test.each([
    ['+(a*)x.yaml', 'has an extended glob, such as +(a|b), which is not read'],
    ['!apps/@(web|api)', 'has an extended glob, such as +(a|b), which is not read'],
    ['*'.repeat(70_000), 'is longer than 4096 characters'],
  ])('a pattern that could take for ever is refused: %.20s', (pattern, reason) => {
    const { problems } = select('a.yaml', pattern);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/\[pattern-invalid\]$/);
    expect(problems[0]).toContain(reason);
    expect(problems[0]?.length).toBeLessThan(200);
  });

  test('brackets that are no list, and signs, mean themselves', () => {
    write(`odd/${'a'.repeat(40)}!.yaml`, 'odd/x (1).yaml', 'odd/+(a).yaml', 'odd/a+b.yaml');
    expect(select('odd/* (1).*').names).toEqual(['odd/x (1).yaml']);
    expect(select('odd/+(a).yaml').names).toEqual(['odd/+(a).yaml']);
    expect(select('odd/?+*').names).toEqual(['odd/a+b.yaml']);
    expect(select('a.yaml', '(a*)+x.yaml').problems).toHaveLength(1);
  });

  test('an exclusion that matches nothing is none', () => {
    expect(select('a.yaml', '!nowhere').problems).toEqual([]);
  });

  test('leaves the base folder where a pattern does', () => {
    const { files } = selectFiles(path.join(root, 'apps/web'), ['../api', '../../odd/x*', '!../../odd/none']);
    expect(files.map(({ file }) => file)).toEqual(['../../odd/x.yaml', '../api/job.json']);
    expect(
      selectFiles(path.join(root, 'apps/web'), ['../..', '!../api', '!../../[!a]*']).files.map(({ file }) => file),
    ).toEqual(['../../a.yaml', '../B.YAML', 'deep/er/x.yml', 'deploy.yaml']);
  });

  test('gives standard input to the caller', () => {
    expect(select('-').stdin).toEqual([{}]);
    expect(select({ path: '-', namespace: 'n' }).stdin).toEqual([{ namespace: 'n' }]);
    expect(select({ rendered: '-', from: 'apps' }).stdin).toEqual([{ source: { rendered: '-', from: 'apps' } }]);
    expect(select('a.yaml').stdin).toBeUndefined();
  });
});

describe('bases', () => {
  beforeEach(() => {
    write(
      'plain/a.yaml',
      'web/kustomization.yaml',
      'web/deploy.yaml',
      'web/sub/more.yaml',
      'chart/Chart.yaml',
      'chart/templates/x.yaml',
    );
    write(
      'chart/charts/inner/Chart.yaml',
      'chart/charts/inner/templates/y.yaml',
      'old/Kustomization',
      'old/x.yaml',
      "it's/kustomization.yml",
      "it's/x.yaml",
    );
  });

  test('are not read; one finding each names the entry', () => {
    const { names, problems } = select('.');
    expect(names).toEqual(['plain/a.yaml']);
    expect(problems).toEqual([
      'chart/Chart.yaml:1:1: chart has a Chart.yaml: what is applied is not what stands in its files [manifest-is-a-base]',
      "it's/kustomization.yml:1:1: it's has a kustomization.yml: what is applied is not what stands in its files [manifest-is-a-base]",
      'old/Kustomization:1:1: old has a Kustomization: what is applied is not what stands in its files [manifest-is-a-base]',
      'web/kustomization.yaml:1:1: web has a kustomization.yaml: what is applied is not what stands in its files [manifest-is-a-base]',
    ]);
    expect(selectFiles(root, ['chart']).problems[0]?.hint).toContain(
      '{ helm: chart, release: <name>, namespace: <name> }',
    );
    expect(selectFiles(root, ["it's"]).problems[0]?.hint).toContain("{ kustomize: it's }");
  });

  test.each(['web/sub/more.yaml', 'web/*.yaml', 'web/sub', '**/more.yaml'])('are found from %s', (pattern) => {
    expect(select(pattern)).toMatchObject({
      names: [],
      problems: [expect.stringMatching(/^web\/kustomization.yaml:1:1: web has/)],
    });
  });

  test('are none where no file of them is asked for', () => {
    expect(select('**/a.yaml').problems).toEqual([]);
    expect(select('.', '!web', '!chart', '!old', "!it's").problems).toEqual([]);
  });

  test('are read where they are said to be rendered', () => {
    expect(select({ rendered: 'web/deploy.yaml', from: 'web' })).toMatchObject({
      names: ['web/deploy.yaml'],
      problems: [],
    });
  });

  describe('that are rendered', () => {
    const at = (...names: string[]) => new Set(names.map((name) => path.join(root, name)));
    const selected = (reached: ReadonlySet<string>, unrendered: ReadonlySet<string> = new Set()) => {
      write(
        'web/other/loose.yaml',
        'web/other/chart/Chart.yaml',
        'web/other/chart/x.yaml',
        'web/other/in/Kustomization',
      );
      write('web/other/in/x.yaml', 'web/idle.yaml');
      const { files, problems, leftOut } = selectFiles(root, ['web'], { reached, unrendered });
      return {
        names: files.map(({ file }) => file),
        problems: problems.map(({ message }) => message.split(':')[0]),
        leftOut: leftOut.all().map(({ why, what }) => `${why} ${what}`),
      };
    };

    test('hide no file below them that they do not name, and no other base', () => {
      expect(selected(at('web', 'web/deploy.yaml', 'web/sub/more.yaml'))).toEqual({
        names: ['web/other/loose.yaml'],
        problems: ['web/other/chart has a Chart.yaml', 'web/other/in has a Kustomization'],
        leftOut: [
          'not named by the kustomization beside it web',
          'not named like a manifest Kustomization',
          'rendered, or included by what is web',
          'rendered, or included by what is web/sub',
        ],
      });
    });

    test('hide what lies below them where nobody knows what they name', () => {
      const { names, problems } = selected(at('web'), at('web'));
      expect({ names, problems }).toEqual({
        names: [],
        problems: ['web/other/chart has a Chart.yaml', 'web/other/in has a Kustomization'],
      });
    });
  });

  test('are none where the kustomization.yaml is output', () => {
    write('dist/x.yaml', 'dist/kustomization.yaml');
    fs.writeFileSync(path.join(root, 'dist/kustomization.yaml'), `${headerPrefix}\n`);
    expect(select('dist')).toMatchObject({ names: ['dist/kustomization.yaml', 'dist/x.yaml'], problems: [] });
    expect(select('dist/x.yaml').problems).toEqual([]);
  });

  test('around the base folder are not looked for, but the base folder itself is', () => {
    expect(selectFiles(path.join(root, 'web/sub'), ['.']).files).toHaveLength(1);
    expect(selectFiles(path.join(root, 'web'), ['sub']).problems[0]?.message).toMatch(/^\. has a kustomization.yaml/);
  });

  test('outside of the base folder are found, too', () => {
    expect(selectFiles(path.join(root, 'plain'), ['../web/sub/*.yaml']).problems[0]?.message).toMatch(/^\.\.\/web has/);
    expect(selectFiles(path.join(root, 'plain'), ['../old']).problems).toHaveLength(1);
  });
});

describe('links', () => {
  test('are followed, and the same real file is read once', () => {
    write('real/a.yaml', 'real/b.yaml');
    link('../real/a.yaml', 'links/a.yaml');
    link('../real', 'links/folder');
    expect(select('links', 'real')).toMatchObject({ names: ['links/a.yaml', 'links/folder/b.yaml'], problems: [] });
    expect(select('real', 'links').names).toEqual(['links/a.yaml', 'links/folder/b.yaml']);
    expect(select('links/**/*.yaml').names).toEqual(['links/a.yaml', 'links/folder/b.yaml']);
  });

  test('that lead back are an error, once, and the rest is read', () => {
    write('a/b/x.yaml');
    link('..', 'a/b/up');
    link('.', 'a/here');
    const { names, problems } = select('a', 'a/**/*.yaml');
    expect(names).toEqual(['a/b/x.yaml']);
    expect(problems).toEqual([
      'a/b/up cannot be read: the link leads back to a folder that it lies in [manifest-unreadable]',
      'a/here cannot be read: the link leads back to a folder that it lies in [manifest-unreadable]',
    ]);
  });

  test('that lead nowhere or to themselves are errors where they would be read', () => {
    write('a/x.yaml');
    link('nowhere', 'a/broken.yaml');
    link('nowhere', 'a/broken');
    link('self.yaml', 'a/self.yaml');
    expect(select('a').problems).toEqual([
      'a/broken.yaml cannot be read: there is nothing at its end [manifest-unreadable]',
      'a/self.yaml cannot be read: the link leads to itself [manifest-unreadable]',
    ]);
    expect(select('a/self.yaml').problems).toEqual([
      'a/self.yaml cannot be read: the link leads to itself [manifest-unreadable]',
    ]);
    expect(select('a', '!a/self.yaml', '!a/broken*').problems).toEqual([]);
  });

  test('that multiply the ways are given up soon', () => {
    write('d30/x.yaml');
    for (let n = 0; n < 30; n++) for (const name of ['p', 'q']) link(`../d${n + 1}`, `d${n}/${name}`);
    const { names, problems } = select('d0');
    expect(names).toHaveLength(1);
    expect(problems.every((text) => text?.includes('more than 32 links lead to it'))).toBe(true);
  });
});
