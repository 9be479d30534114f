import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/config/load.js';
import { ImagePullError, type Problem, placeOf, problemText, severityOf } from '../../src/model/problem/problem.js';
import { emptyFolder, folderOf } from '../support.js';

function problemsOf(text: string, base = '.'): readonly Problem[] {
  try {
    return parseConfig(text, 'c.yaml', base).problems;
  } catch (error) {
    if (ImagePullError.is(error)) return error.problems;
    throw error;
  }
}

const textOf = (problems: readonly Problem[]) => problems.map(problemText).join('\n');

/** A config whose one pull secret has this plaintext node on line 5. */
const withPlaintext = (node: string) =>
  `version: 1\nregistries: { r: { host: r.io } }\npullSecrets:\n  p: { registries: [r], source: {\n    plaintext: ${node} } }\nclusters: { prod: {} }\n`;

describe('no credential shows', () => {
  test.each([
    ['a bracket', '{ username: bob, password: ]hunter2 }'],
    ['a block marker', '{ username: bob, password: |hunter2 }'],
    ['an unknown handle of a tag', '{ username: bob, password: !h!hunter2 x }'],
    ['an unknown tag', '{ username: bob, password: !hunter2 x }'],
    ['an unknown escape', '{ username: bob, password: "\\UhunteR22x" }'],
    ['a comma', '{ username: bob, password: a,hunter2 }'],
    ['an alias', '{ username: bob, password: *hunter2 }'],
    ['an anchor twice', '{ username: bob, password: &hunter2 &hunter2 x }'],
    ['a wrong type', '{ username: bob, password: [hunter2] }'],
    ['a value in place of the map', 'hunter2'],
    ['an unknown key', '{ username: bob, passwort: hunter2 }'],
    ['a key that is no text', '{ username: bob, [hunter2]: x }'],
    ['a key twice', '{ hunter2: a, hunter2: b }'],
    ['a quote that is not closed', '{ username: bob, password: "hunter2 }'],
    ['a merge of a text', '{ username: bob, <<: hunter2 }'],
    [
      'a docker config in place of its path',
      `{ acceptPlaintextInGit: true, file: '{"auths":{"r":{"auth":"hunter2"}}}' }`,
    ],
    ['half of a surrogate pair', '{ username: bob, password: "hunter2\\uD800" }'],
  ])('with %s', (_what, node) => {
    const problems = problemsOf(withPlaintext(node));
    expect(problems.length).toBeGreaterThan(0);
    expect(textOf(problems)).not.toMatch(/hunter2|hunteR22/);
    const errors = problems.filter((problem) => severityOf(problem) === 'error');
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every((problem) => (placeOf(problem)?.line ?? 0) >= 5)).toBe(true);
  });

  test('in a URL, on the rest of a line, and as a key that a comma made', () => {
    const text = `version: 1
registries: { r: { host: r.io, password: a,hunter2 } }
clusters:
  prod: { kubernetes: x, bootstrap: { repository: 'https://user:hunter2@host', patth: hunter2 } }
  other: { token: hunter2, workloads: [ok, 5, 'https://user:hunter2@host'], gitops: hunter2 }
`;
    const shown = textOf(problemsOf(text));
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('clusters.other has no key "token"');
  });
});

test('a frame shows the key under the caret and nothing else of the line', () => {
  const [problem] = problemsOf('version: 1\nclusters: { prod: { gitops: hunter2 } }\n');
  expect(problem?.frame).toBe('  2 | … gitops: …\n    |   ^');
});

test('a frame of an item shows that item', () => {
  const [problem] = problemsOf('version: 1\nworkloads:\n  - 5 # hunter2\nclusters: { prod: {} }\n');
  expect(problem?.frame).toBe('  3 | … 5 …\n    |   ^');
});

describe('what is wrong with the YAML has its place and fixed words', () => {
  test.each([
    [
      'an alias without anchor',
      'version: 1\nclusters:\n  prod: *nowhere\n',
      'c.yaml:3:9: the alias stands for no anchor',
    ],
    ['aliases that loop', 'version: 1\nclusters: &a\n  prod: *a\n', 'c.yaml:3:9: the alias stands for something'],
    ['a merge of a text', 'version: 1\nclusters:\n  prod:\n    <<: text\n', 'c.yaml:4:5: "<<" merges mappings only'],
    ['deep nesting', `version: ${'['.repeat(20_000)}`, 'the document is nested too deeply'],
    ['a key twice', 'version: 1\nclusters: {}\nversion: 1\n', 'c.yaml:3:1: the key occurs twice in one mapping'],
    ['a forbidden key', 'version: 1\nclusters:\n  __proto__: {}\n', 'c.yaml:3:3: this key is not allowed'],
    ['two documents', 'version: 1\n---\nversion: 1\n', 'more than one document'],
    ['half a character', 'version: 1\nclusters:\n  "\\uDC00": {}\n', 'c.yaml:3:3: the text holds half'],
    ['an unknown tag', 'version: !x 1\n', 'c.yaml:1:10: the tag cannot be read'],
  ])('%s', (_what, text, expected) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(textOf(problems)).toContain(expected);
  });

  test('aliases that multiply the file', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `  l${i}: &l${i} [${`*l${i - 1},`.repeat(9)}]`);
    const text = `version: 1\nx:\n  l-1: &l-1 [a]\n${levels.join('\n')}\n`;
    expect(textOf(problemsOf(text))).toContain('the aliases multiply the file');
  });
});

test('merged and aliased mappings count', () => {
  const text = 'version: 1\nclusters:\n  a: &a { kubernetes: "1.35" }\n  b: { <<: *a, kustomization: true }\n  c: *a\n';
  const { spec } = parseConfig(text, 'c.yaml', '.');
  expect(spec.clusters).toEqual({
    a: { kubernetes: '1.35' },
    b: { kubernetes: '1.35', kustomization: true },
    c: { kubernetes: '1.35' },
  });
});

test('many keys take no more than seconds', () => {
  const keys = Array.from({ length: 100_000 }, (_, index) => `  k${index}: 1`).join('\n');
  const problems = problemsOf(`version: 1\nclusters: { prod: {} }\nunknown:\n${keys}\n`);
  expect(textOf(problems)).toContain('has no key "unknown"');
}, 20_000);

test('unknown keys, wrong types and what the check finds come out together', () => {
  const text = `version: 1
hosts: x
registries: { r: { host: r.io, foo: 1 } }
pullSecrets: { p: { registries: [nowhere], source: { existing: {} } } }
clusters: { prod: {} }
`;
  const shown = textOf(problemsOf(text));
  expect(shown).toContain('has no key "hosts"');
  expect(shown).toContain('registries.r has no key "foo"');
  expect(shown).toContain('nowhere');
});

test('a docker config that cannot be read is a problem at its place', () => {
  const base = emptyFolder();
  mkdirSync(join(base, 'folder.json'));
  for (const [file, reason] of [
    ['folder.json', 'folder.json is not a file'],
    ['gone.json', 'gone.json does not exist'],
    ['gone.json/x', 'gone.json/x does not exist'],
  ]) {
    const problems = problemsOf(withPlaintext(`{ acceptPlaintextInGit: true, file: ${file} }`), base);
    expect(textOf(problems)).toContain(reason);
    expect(problems[0]).toMatchObject({ code: 'docker-config-invalid', at: { line: 5 } });
  }
});

test('keys of a docker config show neither user nor token', () => {
  const keys = [
    'bob:hunter2@r.io',
    'r.io/x?token=hunter2',
    'r.io/y#hunter2',
    'https://a:hunter2@other.io/?b=hunter2@c',
  ];
  const auths = Object.fromEntries(keys.map((key) => [key, { username: 'u', password: 'secret' }]));
  const base = folderOf({ 'd.json': JSON.stringify({ auths }) });
  const node = '{ acceptPlaintextInGit: true, file: d.json }';
  const shown = textOf(problemsOf(withPlaintext(node).replace('host: r.io', 'host: elsewhere.io'), base));
  expect(shown).toContain('it has entries for');
  expect(shown).not.toContain('hunter2');
});

test('a docker config with different credentials under keys that are one to the kubelet is refused', () => {
  const entry = (password: string) => ({ username: 'u', password });
  const files = {
    'twice.json': JSON.stringify({ auths: { 'https://r.io/v1/': entry('hunter2'), 'r.io': entry('hunter3') } }),
    'same.json': JSON.stringify({ auths: { 'https://r.io/v1/': entry('hunter2'), 'r.io': entry('hunter2') } }),
  };
  const base = folderOf(files);
  const errors = (file: string) =>
    problemsOf(withPlaintext(`{ acceptPlaintextInGit: true, file: ${file} }`), base).filter(
      (problem) => severityOf(problem) === 'error',
    );
  expect(errors('same.json')).toEqual([]);
  const [problem, ...others] = errors('twice.json');
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: 'auths-key-duplicate', at: { line: 5 } });
  expect(problem?.message).toContain('"https://r.io/v1/", "r.io"');
  expect(textOf(errors('twice.json'))).not.toContain('hunter');
});
