import fc from 'fast-check';
import { parse } from 'yaml';
import type { Tree } from '../../src/model/inventory/tree.js';
import { parseJson } from '../../src/yaml/json-parser.js';
import { plainScalarKind } from '../../src/yaml/plain-scalar.js';
import { sourceOf } from '../../src/yaml/source.js';
import { yamlDocuments } from '../../src/yaml/yaml-documents.js';
import { YamlError } from '../../src/yaml/yaml-error.js';

/** The first document; throws the first thing that is wrong. */
function yaml(text: string): Tree {
  const [document] = yamlDocuments(sourceOf({ file: 'x.yaml', text }));
  if (!document) throw new Error('empty');
  if (document instanceof YamlError) throw new Error(`${document.code} at ${document.offset}: ${document.message}`);
  return document;
}

function json(text: string): Tree[] {
  return [...parseJson(sourceOf({ file: 'x.json', text }))];
}

/** Everything that a tree says, as a plain value; kinds in place of values that cannot be asked for. */
function plain(tree: Tree): unknown {
  if (tree.kind === 'map') return new Map(tree.entries().map(([key, value]) => [key, plain(value)]));
  if (tree.kind === 'list') return tree.items().map(plain);
  return tree.string() ?? tree.boolean() ?? `(${tree.kind})`;
}

describe('YAML', () => {
  const text = `
a: &map
  image: r.io/x   # comment
  list: [one, "two", 3]
b:
  <<: *map
  image: r.io/y
c: *map
d:
`;

  test('says what a document says, aliases and merged keys written out', () => {
    expect(plain(yaml(text))).toEqual(
      new Map<string, unknown>([
        [
          'a',
          new Map<string, unknown>([
            ['image', 'r.io/x'],
            ['list', ['one', 'two', '(number)']],
          ]),
        ],
        [
          'b',
          new Map<string, unknown>([
            ['image', 'r.io/y'],
            ['list', ['one', 'two', '(number)']],
          ]),
        ],
        [
          'c',
          new Map<string, unknown>([
            ['image', 'r.io/x'],
            ['list', ['one', 'two', '(number)']],
          ]),
        ],
        ['d', '(null)'],
      ]),
    );
  });

  test('knows where values begin, an alias where it stands', () => {
    const tree = yaml(text);
    expect(tree.place()).toEqual({ file: 'x.yaml', line: 2, column: 1 });
    expect(tree.get('a')?.get('image')?.place()).toEqual({ file: 'x.yaml', line: 3, column: 10 });
    expect(tree.get('b')?.get('list')?.items()[1]?.place()).toEqual({ file: 'x.yaml', line: 4, column: 15 });
    expect(tree.get('c')?.place()).toEqual({ file: 'x.yaml', line: 8, column: 4 });
    expect(tree.get('d')?.place()).toMatchObject({ line: 9 });
  });

  test('merges as YAML 1.1 does: own keys first, of several maps the first', () => {
    const tree = yaml('a: &a {x: a, w: a}\nb: &b {x: b, z: b}\nc:\n  <<: [*a, *b]\n  w: own\nd: {"<<": text}\n');
    expect(plain(tree.get('c')!)).toEqual(
      new Map([
        ['w', 'own'],
        ['x', 'a'],
        ['z', 'b'],
      ]),
    );
    expect(tree.get('c')?.get('x')?.string()).toBe('a');
    expect(tree.get('c')?.get('z')?.string()).toBe('b');
    expect(tree.get('c')?.get('<<')).toBeUndefined();
    expect(tree.get('d')?.get('<<')?.string()).toBe('text');
  });

  test('an alias stands for the nearest anchor of that name before it', () => {
    expect(plain(yaml('- &a one\n- *a\n- &a two\n- *a\n'))).toEqual(['one', 'one', 'two', 'two']);
  });

  test('has keys of any name', () => {
    const tree = yaml('__proto__: {image: a}\nconstructor: b\n');
    expect(tree.get('__proto__')?.get('image')?.string()).toBe('a');
    expect(tree.get('constructor')?.string()).toBe('b');
    expect(tree.get('toString')).toBeUndefined();
    expect(tree.get('image')).toBeUndefined();
  });

  test.each([
    ['text', 'text'],
    ['"1"', 'text'],
    ["'true'", 'text'],
    ['|\n  1', 'text'],
    ['!!str 1', 'text'],
    ['!custom x', 'text'],
    ['!!int "1"', 'number'],
    ['!!bool "true"', 'boolean'],
    ['!!null ""', 'null'],
    ['1', 'number'],
    ['yes', 'boolean'],
    ['~', 'null'],
    ['', 'null'],
    ['[]', 'list'],
    ['{}', 'map'],
  ])('reads %p as %s', (value, kind) => {
    expect(yaml(`a: ${value}`).get('a')?.kind).toBe(kind);
  });

  test('knows the value of booleans', () => {
    expect(plain(yaml('[yes, no, on, Off, TRUE, n]'))).toEqual([true, false, true, false, true, false]);
  });

  test('reads the items of a map without values as null', () => {
    expect(plain(yaml('{a, b: }'))).toEqual(
      new Map([
        ['a', '(null)'],
        ['b', '(null)'],
      ]),
    );
  });
});

describe('marks', () => {
  test.each<[string, string, readonly string[]]>([
    ['entries of a block', 'l:\n- name: a # image-pull\n- name: b\n- {name: "c"} # x # image-pull # y\n', ['a', 'c']],
    ['entries of text', 'l:\n- a # image-pull\n- b # no image-pull\n', ['a']],
    ['entries of several keys', 'l:\n- x: 1\n  name: a # image-pull\n- name: b\n  x: 1 # image-pull\n', ['a']],
    ['what stands behind a bracket', 'l: [{name: a}, {name: b}] # x # image-pull: b, c\n', ['b']],
    ['what stands behind the last bracket', 'l: [\n  a, # image-pull\n  b\n] # image-pull: a, was []\n', ['a']],
    ['a line that ends with CRLF', 'l:\r\n- name: a # image-pull\r\nx: 1\r\n', ['a']],
    ['nothing on other marks', 'l:\n# image-pull\n- name: a # image-pull: a\n- name: b # image-puller\n', []],
    ['nothing on other values', 'l: {name: a} # image-pull: a\n', []],
    ['nothing without marks', 'l: [{name: a}]\n', []],
  ])('tell of %s', (_what, text, marks) => {
    expect(yaml(text).get('l')?.marks()).toEqual(marks);
  });

  test('are told of the list that an alias stands for, in any document', () => {
    const text = '---\nx: &x\n- name: a # image-pull\nl: *x\n';
    expect(yaml(text).get('l')?.marks()).toEqual(['a']);
  });

  test('are none where no comment can be', () => {
    expect(json('{"l": [{"name": "a # image-pull"}]}')[0]?.get('l')?.marks()).toEqual([]);
  });
});

describe('a document', () => {
  test.each([
    ['a: *none', 'manifest-alias at 3: the alias stands for no anchor before it'],
    ['a: *later\nb: &later x', 'manifest-alias at 3: the alias stands for no anchor before it'],
    ['a: &a [*a]', 'manifest-alias at 7: the alias stands for something that it is itself a part of'],
    ['a: &a\n  <<: *a\n', 'manifest-alias at 12: the alias stands for something that it is itself a part of'],
    ['a: &a {b: &b {c: *a}}', 'manifest-alias at 17: the alias stands for something that it is itself a part of'],
    ['a: 1\nb: 2\na: 3\n', 'manifest-invalid at 10: the key occurs twice in one map'],
    [
      '{k1: , k2: , k3: , k4: , k5: , k6: , k7: , k8: , k9: , "k3": }',
      'manifest-invalid at 55: the key occurs twice in one map',
    ],
    ['image: {{ .Values.image }}', 'manifest-invalid at 8: a key must be text, not a map or a list'],
    ['? [a]\n: b\n', 'manifest-invalid at 2: a key must be text, not a map or a list'],
    ['a:\n  <<: text\n', 'manifest-invalid at 9: "<<" merges maps, and this is none'],
    ['a:\n  <<: [{}, text]\n', 'manifest-invalid at 9: "<<" merges maps, and this is none'],
  ])('refuses %p', (text, message) => {
    expect(() => yaml(text)).toThrow(message);
  });

  test('refuses a billion laughs without writing them out', () => {
    const laughs = ['a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]'];
    for (let n = 1; n < 40; n++)
      laughs.push(
        `a${n}: &a${n} [${Array(9)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    expect(() => yaml(laughs.join('\n'))).toThrow('manifest-alias');
  });

  test('refuses merge keys that multiply', () => {
    const laughs = ['a0: &a0 {x: y}'];
    for (let n = 1; n < 40; n++)
      laughs.push(
        `a${n}: &a${n}\n  <<: [${Array(9)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    expect(() => yaml(laughs.join('\n'))).toThrow('manifest-alias');
  });

  test('accepts the use of one anchor in many places', () => {
    const text = `base: &base {${Array.from({ length: 50 }, (_, n) => `k${n}: v`).join(', ')}}\nlist:\n${'- *base\n'.repeat(1000)}`;
    expect(yaml(text).get('list')?.items()).toHaveLength(1000);
  });
});

// go-yaml v2, resolve_test.go and decode_test.go
describe('plainScalarKind', () => {
  test.each([
    ['boolean', 'y Y n N yes Yes YES no NO true True TRUE false on On ON off OFF'],
    [
      'number',
      '0 1 -1 +1 123 010 0o14 0b11 -0b11 0x_0A 0xff 1_000 685230.15 .5 -.5 1. 1e3 6.8e+5 .inf -.INF +.Inf .NaN 08 99999999999999999999 0X1F 0O7 0B1 0xffffffffffffffff -0x7fffffffffffffff',
    ],
    ['null', '~ null Null NULL'],
    [
      'text',
      'yEs tRUE nUll None - + . _1 1.2.3 v1 1a 0x 0b2 1:30 2001-12-14 10.0.0.0/8 1e e5 .a -.a ._ - << 1e400 0x10000000000000000 -0xffffffffffffffff',
    ],
  ])('reads as %s: %s', (kind, words) => {
    for (const word of words.split(' ')) expect([word, plainScalarKind(word)]).toEqual([word, kind]);
  });

  test('reads nothing as null', () => {
    expect(plainScalarKind('')).toBe('null');
  });
});

describe('JSON', () => {
  test('says what JSON says, with places', () => {
    const [tree] = json('\t{\r\n\t"a": ["x", {"b": true}, null, -1.5e3],\n "__proto__": {"c": "\\u00e9\\n"}}');
    expect(plain(tree!)).toEqual(
      new Map<string, unknown>([
        ['a', ['x', new Map([['b', true]]), '(null)', '(number)']],
        ['__proto__', new Map([['c', 'é\n']])],
      ]),
    );
    expect(tree?.place()).toEqual({ file: 'x.json', line: 1, column: 2 });
    expect(tree?.get('a')?.items()[1]?.get('b')?.place()).toEqual({ file: 'x.json', line: 2, column: 19 });
    expect(tree?.get('toString')).toBeUndefined();
    expect(tree?.get('a')?.get('length')).toBeUndefined();
    expect(tree?.string()).toBeUndefined();
  });

  test('reads one value after another', () => {
    expect(json('{"a": 1} {"a": 2}\n[]').map(({ kind }) => kind)).toEqual(['map', 'map', 'list']);
    expect(json(' \n')).toEqual([]);
  });

  test('takes the last of two equal keys, as Go does', () => {
    expect(json('{"a": "x", "a": "y"}')[0]?.get('a')?.string()).toBe('y');
  });

  test.each([
    ['{', 1],
    ['{"a"}', 4],
    ['{"a": }', 6],
    ['{"a": 1,}', 8],
    ["{'a': 1}", 1],
    ['[1 2]', 3],
    ['[01]', 2],
    ['[1.]', 2],
    ['[tru]', 1],
    ['["a\nb"]', 3],
    ['["\\x"]', 1],
    ['["a', 1],
    ['[]]', 2],
    ['// x', 0],
    ['NaN', 0],
  ])('refuses %p at %i', (text, offset) => {
    expect(() => json(text)).toThrow(expect.objectContaining({ offset }));
  });

  test('survives deep nesting', () => {
    expect(json('['.repeat(1e4) + ']'.repeat(1e4))[0]?.kind).toBe('list');
    expect(() => json('['.repeat(10_001) + ']'.repeat(10_001))).toThrow();
    expect(() => json('['.repeat(1e5))).toThrow();
    expect(() => json('{"a":'.repeat(1e5))).toThrow();
  });

  const tokens = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"\\u0041"',
    '"\\',
    '1',
    '-0',
    '1e5',
    '.5',
    'true',
    'null',
    ' ',
    '\t',
    '\n',
    '"',
    '\u00a0',
  ];

  test('accepts and refuses what JSON.parse does', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        expect(accepts(() => json(`[${text}]`))).toBe(
          accepts(() => JSON.parse(`[${text}]`)) || accepts(() => many(`[${text}]`)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('gives the values that JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const value: unknown = JSON.parse(text);
        const [tree] = json(JSON.stringify(value, null, indent));
        expect(plain(tree!)).toEqual(plainOf(value));
      }),
    );
  });
});

test('a JSON text is the same tree as JSON and as YAML', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3, stringUnit: 'grapheme-ascii' }), (text) => {
      const value: unknown = parse(text, { merge: false });
      fc.pre(value !== null && typeof value === 'object' && !text.includes('<<'));
      const tidy = JSON.stringify(JSON.parse(text), null, 1);
      expect(plain(yaml(tidy))).toEqual(plain(json(tidy)[0]!));
    }),
  );
});

function accepts(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

// Several values in a row are no JSON, but what kubectl reads.
function many(text: string): void {
  for (let end = 1; end <= text.length; end++) {
    // A number goes on as long as it can.
    if (/\d$/.test(text.slice(0, end)) && /^[\d.eE]/.test(text.slice(end))) continue;
    if (accepts(() => JSON.parse(text.slice(0, end))) && accepts(() => rest(text.slice(end)))) return;
  }
  throw new Error();
}

function rest(text: string): void {
  if (text.trim() !== '' && !accepts(() => JSON.parse(text))) many(text);
}

function plainOf(value: unknown): unknown {
  if (value === null) return '(null)';
  if (typeof value === 'number') return '(number)';
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value === 'object') return new Map(Object.entries(value).map(([key, each]) => [key, plainOf(each)]));
  return value;
}
