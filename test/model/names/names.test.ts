import {
  labelError,
  labelValueError,
  qualifiedNameError,
  sortedUnique,
  subdomainError,
} from '../../../src/model/names/names.js';

const long = 'a'.repeat(64);

test.each([
  ['team-a', true],
  ['a', true],
  ['7', true],
  ['a'.repeat(63), true],
  [long, false],
  ['', false],
  ['Team', false],
  ['team_a', false],
  ['-a', false],
  ['a-', false],
  ['a.b', false],
  ['../../x', false],
  ['__proto__', false],
  ['a\n', false],
])('%j as the name of a namespace: %s', (text, valid) => {
  expect(labelError(text) === undefined).toBe(valid);
});

test.each([
  ['ghcr-pull', true],
  ['a.b.c', true],
  [`${'a'.repeat(60)}.${'b'.repeat(60)}`, true],
  ['a'.repeat(254), false],
  ['a..b', false],
  ['.a', false],
  ['a.-b', false],
  ['A', false],
  ['a/b', false],
])('%j as the name of a Secret: %s', (text, valid) => {
  expect(subdomainError(text) === undefined).toBe(valid);
});

test.each([
  ['app', true],
  ['example.com/app', true],
  ['Example.com/app', false],
  ['/app', false],
  [`a/${long}`, false],
  ['a/b/c', false],
  ['', false],
])('%j as the key of a label: %s', (text, valid) => {
  expect(qualifiedNameError(text) === undefined).toBe(valid);
});

test.each([
  ['', true],
  ['A_b.c-1', true],
  ['-a', false],
  [long, false],
  ['a b', false],
])('%j as the value of a label: %s', (text, valid) => {
  expect(labelValueError(text) === undefined).toBe(valid);
});

test('names are sorted the same in every locale, each once', () => {
  expect(sortedUnique(['b', 'a', 'B', 'ä', 'a'])).toEqual(['B', 'a', 'b', 'ä']);
});
