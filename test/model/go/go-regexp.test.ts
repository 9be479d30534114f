import fc from 'fast-check';
import { GoRegexp } from '../../../src/model/go/go-regexp.js';

test.each([
  ['^(a|b.*|c[.]d)$', ['a', 'b', 'bcd', 'c.d'], ['ab', 'cxd', '']],
  ['team-[0-9]+', ['team-1', 'x-team-42-y'], ['team-', 'team-x']],
  ['^(?:team-.*)$', ['team-', 'team-a'], ['a-team-b']],
  ['^x{2,3}$', ['xx', 'xxx'], ['x', 'xxxx']],
  ['^x{2,}y?$', ['xx', 'xxxxy'], ['x', 'xy']],
  ['^[^a-c]\\d\\.\\w$', ['z1.q', 'é0._'], ['a1.q', 'z1xq']],
  ['^(a*)*$', ['', 'aaa'], ['b']],
  ['', ['', 'anything'], []],
  ['^[]a-]$', [']', 'a', '-'], ['b']],
  ['\\Aa\\z', ['a'], ['ab', 'ba']],
  ['^(?P<name>a)$', ['a'], ['b']],
])('%j matches what Go matches', (pattern, matching, others) => {
  const expression = GoRegexp.tryParse(pattern);
  expect([...matching, ...others].map((text) => expression?.test(text))).toEqual([
    ...matching.map(() => true),
    ...others.map(() => false),
  ]);
});

test.each([
  '(',
  ')',
  'a**',
  '[a',
  '*',
  'a{2001}',
  '(?i)a',
  '\\bword',
  '\\p{L}',
  '(?=a)',
  '\\1',
  'a{2',
  `${'('.repeat(200)}a${')'.repeat(200)}`,
  '((x{1000}){1000}){1000}',
])('%j is none, or not known here', (pattern) => {
  expect(GoRegexp.tryParse(pattern)).toBeUndefined();
});

test('an expression that makes others backtrack for ever takes the length of the text', () => {
  expect(GoRegexp.tryParse('^(a+)+$')?.test(`${'a'.repeat(5000)}b`)).toBe(false);
});

test('it agrees with JavaScript on what both know', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(?:ab|)', '\\.', '-');
  const piece = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{1,2}')).map(([one, count]) => one + count);
  const pattern = fc.tuple(fc.constantFrom('', '^'), fc.array(piece, { maxLength: 6 }), fc.constantFrom('', '$'));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, ([start, pieces, end], sample) => {
      const source = start + pieces.join('') + end;
      expect([source, sample, GoRegexp.tryParse(source)?.test(sample)]).toEqual([
        source,
        sample,
        new RegExp(source).test(sample),
      ]);
    }),
    { numRuns: 2000 },
  );
});
