import { deletion, insertion, withSplices } from '../../../src/yaml/edits/splices.js';

test.each([
  ['nothing', [], 'abcdef'],
  ['pieces in any order', [deletion(4, 5), insertion(1, '+'), { start: 2, end: 3, text: 'C' }], 'a+bCdf'],
  ['what is inserted at one offset, in its order', [insertion(3, '1'), insertion(3, '2')], 'abc12def'],
  ['what is inserted around a deletion', [insertion(4, '>'), deletion(2, 4), insertion(2, '<')], 'ab<>ef'],
  ['what lies in a deletion not at all', [deletion(1, 5), { start: 2, end: 3, text: 'x' }, deletion(1, 2)], 'af'],
])('puts in %s', (_what, splices, after) => {
  expect(withSplices('abcdef', splices)).toBe(after);
});

test.each([
  [
    'two replacements that meet',
    [
      { start: 1, end: 4, text: 'x' },
      { start: 2, end: 3, text: 'y' },
    ],
  ],
  ['a deletion that begins in another', [deletion(1, 4), deletion(3, 5)]],
])('refuses %s', (_what, splices) => {
  expect(withSplices('abcdef', splices)).toBeUndefined();
});
