import fc from 'fast-check';
import {
  coversPattern,
  matchesNamespace,
  namespacePatternError,
  patternsMeet,
} from '../../../src/model/names/namespace-pattern.js';

test.each([
  ['team-*', 'team-a', true],
  ['team-*', 'team-', true],
  ['team-*', 'team', false],
  ['*', 'anything', true],
  ['*-prod', 'shop-prod', true],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'abcbc', true],
  ['a*b*c', 'acb', false],
  ['aa*aa', 'aaa', false],
  ['team-a', 'team-a', true],
  ['team-a', 'team-ab', false],
  ['*a*a*a*', 'aa', false],
])('pattern %j on namespace %j: %s', (pattern, namespace, matches) => {
  expect(matchesNamespace(pattern, namespace)).toBe(matches);
});

test('a pattern matches as the regular expression that says the same', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  fc.assert(
    fc.property(patterns, letters, (pattern, namespace) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      expect(matchesNamespace(pattern, namespace)).toBe(expression.test(namespace));
    }),
    { numRuns: 2000 },
  );
});

test.each(['', 'Team-*', 'a b', '../*', '[a-z]', 'team-?'])('%j is no pattern', (pattern) => {
  expect(namespacePatternError(pattern)).toBeDefined();
});

/** Every text of up to six letters. */
const allTexts = Array.from({ length: 6 }).reduce<string[]>(
  (texts) => [...new Set(['', ...texts.flatMap((each) => [each, `${each}a`, `${each}b`])])],
  [''],
);
const shortPattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 3 });

test('two patterns meet if and only if some text matches both', () => {
  fc.assert(
    fc.property(shortPattern, shortPattern, (a, b) => {
      expect(patternsMeet(a, b)).toBe(allTexts.some((each) => matchesNamespace(a, each) && matchesNamespace(b, each)));
    }),
    { numRuns: 1000 },
  );
});

test('a pattern that covers another one matches all that the other one does', () => {
  fc.assert(
    fc.property(shortPattern, shortPattern, (a, b) => {
      fc.pre(coversPattern(a, b));
      expect(allTexts.filter((each) => matchesNamespace(b, each) && !matchesNamespace(a, each))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['team-*', '*-prod', true],
  ['team-*', 'shop-*', false],
  ['a*', '*b', true],
  ['', '*', true],
  ['', 'a', false],
  ['*a*a*a*a*a*a*a*a*a*b', '*a*a*a*a*a*a*a*a*a*c', false],
])('patterns %j and %j meet: %s', (a, b, meet) => {
  expect(patternsMeet(a, b)).toBe(meet);
  expect(patternsMeet(b, a)).toBe(meet);
});
