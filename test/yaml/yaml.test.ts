import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Tree } from '../../src/model/inventory/tree.js';
import { plainScalarKind } from '../../src/yaml/plain-scalar.js';
import { sourceOf } from '../../src/yaml/source.js';
import { toYaml, toYamlDocuments } from '../../src/yaml/yaml.js';
import { yamlDocuments } from '../../src/yaml/yaml-documents.js';
import { YamlError } from '../../src/yaml/yaml-error.js';
import { anyCharacter } from '../any-character.js';
import { difficultTexts } from './difficult-texts.js';

// The oracle of this file is cdk8s itself: whatever it writes is right, but where Kubernetes reads something else.

/** True for a text that Kubernetes reads as it is, however cdk8s writes it. */
function isSafe(text: string): boolean {
  const unsafe = /^<<$|^(?=[\s\S]*\n)[ \n]*(?:\t| [ \n]*$)|[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
  return plainScalarKind(text) === 'text' && !unsafe.test(text);
}

function isSafeValue(value: unknown): boolean {
  if (typeof value === 'string') return isSafe(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, each]) => (Array.isArray(value) || isSafe(key)) && isSafeValue(each));
}

/** Checks that Kubernetes, and readers of YAML 1.1 and 1.2, read a value as it was written. */
function expectReadBack(value: unknown): void {
  const text = toYaml(value);
  const [document] = yamlDocuments(sourceOf({ file: 'x.yaml', text }));
  if (document instanceof YamlError) throw new Error(`${document.message}: ${text}`);
  expect(document && plain(document)).toEqual(value);
  for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version, logLevel: 'silent' })).toEqual(value);
}

function plain(tree: Tree): unknown {
  if (tree.kind === 'map') return Object.fromEntries(tree.entries().map(([key, value]) => [key, plain(value)]));
  if (tree.kind === 'list') return tree.items().map(plain);
  return tree.string() ?? tree.kind;
}

const own = (key: string, value: unknown): Record<string, unknown> => Object.fromEntries([[key, value]]);

/** One text in every position that may change how it is written. */
function positions(text: string): unknown[] {
  return [
    { a: text, b: 1 },
    { a: { b: { c: text } }, d: [text, text] },
    [text],
    [[text], [[text, text]], { a: text }],
    own(text, 1),
    own(text, text),
    { a: own(text, { b: 1 }), b: [own(text, [])] },
    [own(text, [1])],
    text,
  ];
}

test.each(
  difficultTexts.map((text) => [text]),
)('%j is written as cdk8s writes it, as value and as key, anywhere', (text) => {
  // Twice: the second answer may come from a cache.
  for (const value of [...positions(text), ...positions(text)]) {
    if (isSafe(text)) expect(toYaml(value)).toBe(Yaml.stringify(value));
  }
});

const isText = (text: string) => !/\p{Surrogate}/u.test(text) && text !== '__proto__';

test.each(
  difficultTexts.filter(isText).map((text) => [text]),
)('%j is read as it was written, as value and as key, anywhere', (text) => {
  for (const value of [own(text, text), { a: own(text, { b: text }) }, [text, own(text, text)], { a: [[text]] }])
    expectReadBack(value);
});

test('any text is read as it was written, as value and as key', () => {
  fc.assert(
    fc.property(nasty.filter(isText), (text) => {
      expectReadBack([own(text, text), { a: { b: text } }]);
    }),
    { numRuns: 5000 },
  );
});

test('texts that only Go takes for numbers, or that end its lines, are in quotes', () => {
  const texts = ['0o7', '0b-0', '7e_1', '-_1', 'a\u2028b', 'a\u0085b', '\u007f', '-0x8000000000000000', '1_0'];
  const labels = { '0o7': '0b-0' };
  for (const value of [Object.fromEntries(texts.map((text) => [text, text])), [labels, labels], { a: texts }])
    expect(toYaml(value)).not.toMatch(/(?<!")\b(?:0o7|0b-0|7e_1|1_0)|[\u2028\u0085\u007f]/);
});

test.each([
  ['numbers', [0, -0, 1, -1, 1.5, 1e21, 1e-7, -1e300, Number.MAX_SAFE_INTEGER, Number.NaN, Infinity, -Infinity]],
  ['bigints', [0n, -5n, 123456789012345678901234567890n]],
  ['booleans and nothings', { a: true, b: false, c: null, d: undefined, e: [null, undefined] }],
  ['a list with holes', Object.assign(new Array(3), { 0: 1, 2: 3 })],
  ['empty collections', { a: {}, b: [], c: [[], {}], d: { e: {} }, f: [[[]]] }],
  ['lists in lists', [[[1, 2], [3]], [[{ a: [[1]] }]]]],
  ['lists of maps', { a: [{ b: 1, c: [{ d: 1 }] }, { e: {} }] }],
  ['integer-like keys', { 10: 'a', 9: 'b', x: 1 }],
  ['a date', { at: new Date(0) }],
  ['maps and sets', { a: new Map([['k', 1]]), b: new Set([1, 2]) }],
  ['boxed values', { a: Object('text'), b: Object(1) }],
  ['bytes', { a: Buffer.from('abc') }],
  ['an object with toJSON', { a: { toJSON: () => ({ b: 1 }) } }],
  ['a map without prototype', Object.assign(Object.create(null), { a: 1 })],
  [
    'an instance of a class',
    new (class Point {
      x = 1;
    })(),
  ],
  ['nothing', null],
  ['a missing document', undefined],
  ['a number', 5],
  ['a string of several lines', 'a\nb\n'],
])('%s', (_name, value: unknown) => {
  expect(toYaml(value)).toBe(Yaml.stringify(value));
});

test('an object that is used twice becomes an anchor and an alias, as in cdk8s', () => {
  const labels = { app: 'x' };
  const none: string[] = [];
  const many = Array.from({ length: 50 }, (_, index) => ({ index }));
  for (const value of [{ a: labels, b: labels }, { a: none, b: none }, [labels, [labels]], [...many, many[0]]]) {
    expect(toYaml(value)).toBe(Yaml.stringify(value));
  }
  expect(toYaml({ a: labels, b: labels })).toContain('*a1');
});

test('an object that holds itself is written as cdk8s writes it', () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(toYaml(loop)).toBe(Yaml.stringify(loop));
});

test('functions and symbols are refused as cdk8s refuses them', () => {
  for (const value of [{ a: () => 1 }, [Symbol('x')]]) {
    expect(() => Yaml.stringify(value)).toThrow();
    expect(() => toYaml(value)).toThrow();
  }
});

test.each([1000, 1023, 1024, 1025, 1100])('a key of %i characters', (length) => {
  for (const key of ['x'.repeat(length), `"${'x'.repeat(length - 2)}`, `- ${'x'.repeat(length - 4)}`]) {
    for (const value of [1, null, 'a', { b: 1 }, [1], {}]) {
      for (const nested of [own(key, value), { a: own(key, value) }, [own(key, value)]]) {
        expect(toYaml(nested)).toBe(Yaml.stringify(nested));
      }
    }
  }
});

test('__proto__ as an own key is kept, at every depth', () => {
  const value: unknown = JSON.parse('{"__proto__":{"__proto__":[{"__proto__":1}]},"a":{"__proto__":null}}');
  expect(toYaml(value)).toBe(Yaml.stringify(value));
  expect(toYaml(value).match(/__proto__/g)).toHaveLength(4);
});

test('deep nesting', () => {
  let value: unknown = 'a\n b\n';
  for (let depth = 0; depth < 300; depth++) value = depth % 3 === 0 ? [value] : { k: value, '1': depth };
  expect(toYaml(value)).toBe(Yaml.stringify(value));
});

test('documents are joined as cdk8s joins them', () => {
  for (const documents of [[], [{ a: 1 }], [{ a: 1 }, { b: 2 }], [{}, undefined, null, [], 'a'], [undefined]]) {
    expect(toYamlDocuments(documents)).toBe(Yaml.stringify(...documents));
  }
});

const fragment = fc.oneof(
  fc.constantFrom(...difficultTexts),
  fc.constantFrom(
    ' ',
    '\n',
    '\t',
    ':',
    '#',
    '-',
    '"',
    "'",
    ': ',
    ' #',
    '\n\n',
    '---',
    '%',
    '\\',
    '\r',
    '{',
    '}',
    ',',
    '0',
    'e',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: anyCharacter, maxLength: 4 }),
  fc.constantFrom('\ud800', '\udfff', '\u0085', '\u2028', '\u{1F680}'),
);
const nasty = fc.oneof(
  fc.array(fragment, { maxLength: 5 }).map((fragments) => fragments.join('')),
  fc.stringMatching(/^[-+.:_0-9eExobTZ ]{1,12}$/),
  fc.constantFrom(...difficultTexts),
);
const { tree } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    { weight: 6, arbitrary: nasty },
    { weight: 1, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.bigInt(), fc.boolean()) },
    { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
  ),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: fc.array(fc.tuple(nasty, tie('tree')), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('map'), tie('list')),
}));

test('any JSON-like value is written byte for byte as cdk8s writes it', () => {
  fc.assert(
    fc.property(tree.filter(isSafeValue), (value) => {
      expect(toYaml(value)).toBe(Yaml.stringify(value));
    }),
    { numRuns: 5000 },
  );
});

test('any string is written as cdk8s writes it, as value and as key', () => {
  fc.assert(
    fc.property(nasty.filter(isSafe), (text) => {
      const value = [own(text, text), { a: { b: text } }];
      expect(toYaml(value)).toBe(Yaml.stringify(value));
    }),
    { numRuns: 5000 },
  );
});
