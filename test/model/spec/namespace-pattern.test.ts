import fc from 'fast-check';
import { matchesNamespace, namespacePatternError } from '../../../src/model/spec/namespace-pattern.js';

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
