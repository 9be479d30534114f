import { plainTree } from '../../../src/model/inventory/tree.js';
import { follow, parseTreePath, pathKeys, pathText } from '../../../src/model/inventory/tree-path.js';

describe('plainTree', () => {
  test.each([
    [{}, 'map'],
    [[], 'list'],
    ['', 'text'],
    [0, 'number'],
    [10n, 'number'],
    [false, 'boolean'],
    [null, 'null'],
    [undefined, 'null'],
    [() => 1, 'null'],
  ])('%p is a %s', (value, kind) => {
    expect(plainTree(value).kind).toBe(kind);
  });

  test('every question has an answer for every kind', () => {
    for (const value of [{}, [], 'x', 1, true, null]) {
      const tree = plainTree(value);
      expect(tree.get('x')).toBeUndefined();
      expect(tree.items()).toEqual([]);
      expect(tree.entries()).toEqual([]);
      expect(tree.place()).toBeUndefined();
      expect(tree.marks()).toEqual([]);
    }
    expect(plainTree(1).string()).toBeUndefined();
    expect(plainTree('true').boolean()).toBeUndefined();
    expect(plainTree(true).boolean()).toBe(true);
    expect(plainTree(1.5).number()).toBe(1.5);
    expect(plainTree('1').number()).toBeUndefined();
  });

  test('has own keys only, whatever they are called', () => {
    const tree = plainTree(JSON.parse('{"__proto__": "a", "constructor": "b"}'));
    expect(tree.get('__proto__')?.string()).toBe('a');
    expect(tree.get('constructor')?.string()).toBe('b');
    expect(tree.get('toString')).toBeUndefined();
    expect(plainTree({}).get('__proto__')).toBeUndefined();
    expect(plainTree([1]).get('length')).toBeUndefined();
    expect(tree.entries().map(([key]) => key)).toEqual(['__proto__', 'constructor']);
  });
});

describe('parseTreePath', () => {
  test.each([
    ['spec', [{ key: 'spec' }], false],
    ['.spec.image', [{ key: 'spec' }, { key: 'image' }], true],
    ['spec.steps[][].image', [{ key: 'spec' }, { key: 'steps' }, 'items', 'items', { key: 'image' }], false],
    ['spec.*.image', [{ key: 'spec' }, 'values', { key: 'image' }], false],
    ['spec.images[]', [{ key: 'spec' }, { key: 'images' }, 'items'], false],
  ])('parses %s', (text, steps, relative) => {
    expect(parseTreePath(text)).toEqual({ steps, relative });
  });

  test.each([
    '',
    '.',
    '$.spec',
    '{.spec}',
    'spec[0]',
    'spec[?(@.x)]',
    'a..b',
    'a.',
    'a b',
    '[]',
    'a.[]',
    'a[',
    'a*',
    '**',
  ])('refuses %p with a reason', (text) => {
    expect(typeof parseTreePath(text)).toBe('string');
  });
});

describe('follow', () => {
  const tree = plainTree({ a: { list: [{ n: 1 }, null, { n: 'x' }] }, map: { x: { n: 2 }, y: 'text' }, none: null });
  const lead = (text: string) => {
    const path = parseTreePath(text);
    if (typeof path === 'string') throw new Error(path);
    const wrong: string[] = [];
    const found = follow({ tree, path: [] }, path.steps, (at, expected) =>
      wrong.push(`${pathText(at.path)} ${expected}`),
    );
    return { found: found.map((each) => pathText(each.path)), wrong };
  };

  test('leads through keys, lists and maps', () => {
    expect(lead('a.list[].n')).toEqual({ found: ['a.list[0].n', 'a.list[2].n'], wrong: [] });
    expect(lead('*.list')).toEqual({ found: ['a.list'], wrong: [] });
  });

  test('leads nowhere from what is absent or null', () => {
    expect(lead('b.c[].d')).toEqual({ found: [], wrong: [] });
    expect(lead('none.c')).toEqual({ found: [], wrong: [] });
  });

  test('tells of values that cannot be entered', () => {
    expect(lead('a[].n')).toEqual({ found: [], wrong: ['a list'] });
    expect(lead('map.*.n')).toEqual({ found: ['map.x.n'], wrong: ['map.y map'] });
  });
});

describe('pathKeys', () => {
  test.each([
    [['spec', 'templates', 0, 'container']],
    [['spec', 'a.b', 'c"]["d', 12, '', 'e f']],
    [[0, 1, 'x']],
  ])('takes apart what pathText made of %p', (keys) => {
    expect(pathKeys(pathText(keys))).toEqual(keys);
  });
});
