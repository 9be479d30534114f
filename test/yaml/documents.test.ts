import type { ItemHint } from '../../src/model/inventory/listed-objects.js';
import { placeOf, problemText } from '../../src/model/problem/problem.js';
import { readDocuments } from '../../src/yaml/documents.js';
import { TextPool, textOf } from '../../src/yaml/text.js';

function read(text: string, file = 'x.yaml') {
  const objects: string[] = [];
  const problems = readDocuments({ file, text }, (object, hint: ItemHint) => {
    const kind = object.get('kind')?.string() ?? hint.kind;
    const apiVersion = object.get('apiVersion')?.string() ?? hint.apiVersion;
    objects.push(
      `${apiVersion} ${kind} ${object.get('metadata')?.get('name')?.string()} :${object.place()?.line}:${object.place()?.column}`,
    );
    return [];
  });
  return { objects, problems, texts: problems.map((problem) => problemText(problem).split('\n')[0]) };
}

const codeOf = (message: string) => (message.includes('alias') ? 'manifest-alias' : 'manifest-invalid');

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`;

describe('readDocuments', () => {
  test('reads every document, with the lines of the file', () => {
    const text = `# head\n---\n${pod('a')}---\n# nothing\n---\n${pod('b')}...\n# end\n---\n${pod('c')}--- # last\n${pod('d')}`;
    expect(read(text)).toMatchObject({
      objects: ['v1 Pod a :3:1', 'v1 Pod b :9:1', 'v1 Pod c :15:1', 'v1 Pod d :19:1'],
      problems: [],
    });
  });

  test.each([
    ['nothing', ''],
    ['comments', '# a\n\n# b\n'],
    ['markers', '---\n...\n---\n---\n---\n'],
    ['null', '---\nnull\n---\n~\n'],
    ['spaces', '  \n\n'],
  ])('skips %s', (_what, text) => {
    expect(read(text)).toMatchObject({ objects: [], problems: [] });
  });

  test('takes markers in the middle of a line for text', () => {
    const text = `${pod('a')}x: |\n  ---\n  ...\ny: a --- b\nz: "---"\n`;
    expect(read(text)).toMatchObject({ objects: ['v1 Pod a :1:1'], problems: [] });
  });

  // k8s.io/apimachinery/pkg/util/yaml takes a stream apart, and go-yaml reads the first document of each part.
  test.each([
    ['what stands behind "---"', `--- {a: b}\n---\n${pod('a')}`, 'x.yaml:1:5: behind "---" only a comment can stand'],
    ['text that begins with it', `---x: 1\n---\n${pod('a')}`, 'x.yaml:1:4: behind "---" only a comment can stand'],
    ['directives', `%YAML 1.1\n---\n${pod('a')}`, 'x.yaml:1:1: kubectl reads no directives such as %YAML'],
    ['"..." alone', `---\n---\n...\n---\n${pod('a')}`, 'x.yaml:3:1: not valid YAML: this was not expected here'],
    [
      'an anchor of another document',
      `a: &a b\n---\nx: *a\n---\n${pod('a')}`,
      'x.yaml:3:4: the alias stands for no anchor before it',
    ],
    [
      'a marker behind a line separator of Unicode',
      `x: "\u2028--- b"\n---\n${pod('a')}`,
      'x.yaml:1:4: not valid YAML: the closing quote is missing',
    ],
    ['control characters', `x: "\u0007"\n---\n${pod('a')}`, 'x.yaml:1:5: YAML cannot hold this control character'],
    ['numbers without end', `x: -.inf\n---\n${pod('a')}`, 'x.yaml:1:4: Kubernetes has no number without end'],
    ['keys that are null', `~: x\n---\n${pod('a')}`, 'x.yaml:1:1: a key must be text'],
    ['a tag of another type', `x: !!int a\n---\n${pod('a')}`, 'x.yaml:1:10: the tag belongs to another type of value'],
    [
      'a byte order mark inside',
      `x: 1\n\ufeffy: 2\n---\n${pod('a')}`,
      'x.yaml:2:1: not valid YAML: a byte order mark cannot stand inside of a document',
    ],
  ])('refuses %s, as kubectl does', (_what, text, message) => {
    const { objects, texts } = read(text);
    expect(texts.filter((each) => !each?.includes('no Kubernetes object'))).toEqual([
      `${message} [${codeOf(message)}]`,
    ]);
    expect(objects.map((each) => each.slice(0, 8))).toEqual(['v1 Pod a']);
  });

  test.each([
    ['a document that only "..." begins', `${pod('a')}...\n${pod('b')}`, '5:1: kubectl reads nothing from "..."'],
    ['the second of two equal keys', `${pod('a')}kind: Pod\n`, '4:1: the key occurs twice in one map'],
  ])('tells what kubectl passes over without a word: %s', (_what, text, message) => {
    const { objects, texts } = read(text);
    expect(objects).toEqual(['v1 Pod a :1:1']);
    expect(texts).toEqual([expect.stringContaining(`x.yaml:${message}`)]);
  });

  test('reads a bracket that closes at the indentation of its key', () => {
    const text = `${pod('a')}spec:\n  args: [\n  a,\nb, "c\nd"\n  ]\n  x: {\n}\n`;
    expect(read(text)).toMatchObject({ objects: ['v1 Pod a :1:1'], problems: [] });
  });

  test('reads a byte order mark in front of any document', () => {
    expect(read(`${pod('a')}---\n\ufeff${pod('b')}`).objects).toEqual(['v1 Pod a :1:1', 'v1 Pod b :5:2']);
  });

  test('reads CRLF', () => {
    expect(read(`---\n${pod('a')}---\n${pod('b')}`.replaceAll('\n', '\r\n'))).toMatchObject({
      objects: ['v1 Pod a :2:1', 'v1 Pod b :6:1'],
      problems: [],
    });
  });

  test('reads a line of a megabyte', () => {
    const text = `${pod('a')}x: ${'x'.repeat(1_000_000)}\ny: "${'y '.repeat(500_000)}"\n`;
    expect(read(text)).toMatchObject({ objects: ['v1 Pod a :1:1'], problems: [] });
  });

  test('collects the problems of all documents and reads the others', () => {
    const text = `a: [\n---\n${pod('a')}---\na: *x\n---\n- item\n---\nkind: Pod\n---\napiVersion: v1\n---\ntext\n---\na: 1\na: 2\n---\na:\n\t- b\n`;
    const { objects, texts } = read(text);
    expect(objects).toEqual(['v1 Pod a :3:1']);
    expect(texts).toEqual([
      'x.yaml:1:5: not valid YAML: the indentation does not fit the lines before, or a bracket is not closed [manifest-invalid]',
      'x.yaml:7:4: the alias stands for no anchor before it [manifest-alias]',
      'x.yaml:9:1: this is no Kubernetes object [manifest-not-an-object]',
      'x.yaml:11:1: this is no Kubernetes object: it has no apiVersion [manifest-not-an-object]',
      'x.yaml:13:1: this is no Kubernetes object: it has no kind [manifest-not-an-object]',
      'x.yaml:15:1: this is no Kubernetes object [manifest-not-an-object]',
      'x.yaml:18:1: the key occurs twice in one map [manifest-invalid]',
      'x.yaml:17:1: this is no Kubernetes object: it has no kind [manifest-not-an-object]',
      'x.yaml:21:1: not valid YAML: a tab cannot indent: use spaces [manifest-invalid]',
    ]);
  });

  test.each([
    ['a docker config', '{"auths": {"r.io": {"auth": "hunter2"}}, "kind": ]}'],
    ['values', 'password: hunter2\n'],
    ['a config map', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: "hunter2" x\n'],
    ['a kind in another case', 'apiVersion: v1\nkind: secret\ndata: {a: hunter2\n'],
    ['the value of a variable', `${pod('a')}spec: {containers: [{env: [{name: a, value: *hunter2}]}]}\n`],
    ['a tag', `${pod('a')}x: !hunter2!x hunter2\n`],
  ])('shows no text of %s', (_what, text) => {
    const { problems } = read(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(problems.every((problem) => problem.frame === undefined && placeOf(problem) !== undefined)).toBe(true);
  });

  test('shows no line of a file in which a Secret may stand, and no text of it in a message', () => {
    const text = `apiVersion: v1\nkind: Secret\nstringData:\n  password: "hunter2\n  hunter2: hunter2: x\n---\nhunter2\n---\n"hunter2" hunter2\n`;
    const { problems } = read(text);
    expect(problems.length).toBeGreaterThan(1);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(problems.every((problem) => problem.frame === undefined)).toBe(true);
    expect(JSON.stringify(read('{"kind": "Secret", "data": {"a": hunter2}}', 'x.json').problems)).not.toContain(
      'hunter2',
    );
  });

  test('says of a template that it must be rendered', () => {
    expect(read('{{- if .Values.x }}\nkind: Pod\n{{- end }}\n').problems).toMatchObject([
      { code: 'manifest-invalid', hint: 'if this is a template, render it and read the result' },
    ]);
  });

  test.each([
    ['an open bracket', '['.repeat(1e5)],
    ['closed brackets', '['.repeat(1e5) + ']'.repeat(1e5)],
    ['braces', '{a: '.repeat(1e5)],
    ['lists', '- '.repeat(1e5)],
    ['complex keys', '? '.repeat(1e5)],
    ['JSON in a YAML file', '{"a":'.repeat(1e5)],
  ])('survives 100,000 times %s', (_what, text) => {
    const { problems } = read(text);
    expect(problems.map(({ code }) => code)).toEqual(['manifest-invalid']);
  });

  test.each(['x.json', 'x.yaml'])('reads deep nesting in %s, up to the limit of Go', (file) => {
    const nested = (depth: number) =>
      read(
        `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`,
        file,
      );
    expect(nested(9_999)).toMatchObject({ objects: ['v1 Pod a :1:1'], problems: [] });
    expect(nested(10_000)).toMatchObject({ objects: [], problems: [{ code: 'manifest-invalid' }] });
  });

  test('reads deep indentation', () => {
    const text = Array.from({ length: 5000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n');
    expect(read(text).texts).toEqual([
      'x.yaml:1:1: this is no Kubernetes object: it has no kind [manifest-not-an-object]',
    ]);
  });
});

describe('lists', () => {
  const items = `items:\n- ${pod('a').replaceAll('\n', '\n  ').trimEnd()}\n- metadata: {name: b}\n`;

  test('of any kind are taken apart', () => {
    expect(read(`apiVersion: v1\nkind: List\n${items.split('- metadata')[0]}`).objects).toEqual(['v1 Pod a :4:3']);
  });

  test('whose kind says it tell the kind of their items', () => {
    expect(read(`apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBindingList\n${items}`)).toMatchObject({
      objects: ['v1 Pod a :4:3', 'rbac.authorization.k8s.io/v1 RoleBinding b :7:3'],
      problems: [],
    });
  });

  test('of kind List must have whole objects', () => {
    expect(read(`apiVersion: v1\nkind: List\n${items}`).texts).toEqual([
      'x.yaml:7:3: this is no Kubernetes object: it has no kind [manifest-not-an-object]',
    ]);
  });

  test('may be empty, and an object may be called a list without being one', () => {
    expect(read('{apiVersion: v1, kind: List, items: }')).toMatchObject({ objects: [], problems: [] });
    expect(read('{apiVersion: v1, kind: List, items: []}')).toMatchObject({ objects: [], problems: [] });
    expect(read('{apiVersion: acme.io/v1, kind: AllowList, metadata: {name: a}}').objects).toHaveLength(1);
  });

  test('in lists are taken apart, to a limit', () => {
    const nest = (depth: number): string =>
      depth === 0
        ? '{apiVersion: v1, kind: Pod, metadata: {name: a}}'
        : `{apiVersion: v1, kind: List, items: [${nest(depth - 1)}]}`;
    expect(read(nest(8)).objects).toEqual(['v1 Pod a :1:297']);
    expect(read(nest(9))).toMatchObject({ objects: [], problems: [{ code: 'manifest-not-an-object' }] });
  });

  test('of null or text are not', () => {
    expect(read('{apiVersion: v1, kind: List, items: [null, text]}').texts).toEqual([
      'x.yaml:1:38: this is no Kubernetes object [manifest-not-an-object]',
      'x.yaml:1:44: this is no Kubernetes object [manifest-not-an-object]',
    ]);
  });
});

describe('JSON', () => {
  const object = '{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": {"name": "a"}\n}';

  test('is read with tabs, in .json and in .yaml files', () => {
    for (const file of ['x.json', 'x.JSON', 'x.yaml']) {
      expect(read(object, file)).toMatchObject({ objects: ['v1 Pod a :1:1'], problems: [] });
    }
  });

  test('is read one value after another', () => {
    expect(read(`${object}\n${object}`, 'x.json').objects).toEqual(['v1 Pod a :1:1', 'v1 Pod a :6:1']);
  });

  test('that is broken is an error with line and column', () => {
    expect(read('{\n  "kind": "Pod",\n  oops\n}', 'x.json').texts).toEqual([
      'x.json:3:3: not valid JSON: a key in double quotes is missing [manifest-invalid]',
    ]);
  });

  test('that is no object is an error', () => {
    expect(read('[1]', 'x.json').problems).toMatchObject([{ code: 'manifest-not-an-object' }]);
    expect(read('{"name": "package"}', 'x.json').problems).toMatchObject([{ code: 'manifest-not-an-object' }]);
  });

  test('in a .yaml file may be YAML after all', () => {
    expect(read('{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n{}').objects).toEqual(['v1 Pod a :1:1']);
  });
});

describe('textOf', () => {
  test.each([
    ['text', Buffer.from('a: ä\n'), 'a: ä\n'],
    ['a byte order mark', Buffer.from('\ufeffa: 1'), 'a: 1'],
    ['a NUL byte', Buffer.from('a: \0'), undefined],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0xff]), undefined],
    ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le'), undefined],
    ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), undefined],
    ['nothing', Buffer.alloc(0), ''],
  ])('of %s', (_what, bytes, text) => {
    expect(textOf(bytes)).toBe(text);
  });

  test('reads a part of a buffer', () => {
    expect(textOf(new Uint8Array(Buffer.from('abcdef').buffer, Buffer.from('abcdef').byteOffset, 0))).toBe('');
    expect(textOf(Buffer.from('abcdef').subarray(1, 3))).toBe('bc');
  });
});

test('a TextPool keeps texts as they are', () => {
  const pool = new TextPool();
  for (const text of ['', 'a', '\ud800', '"\\\n', 'x'.repeat(1000), '__proto__']) expect(pool.keep(text)).toBe(text);
});
