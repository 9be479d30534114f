import { evaluateJmes } from '../../../../../src/model/proof/effects/jmespath/jmespath.js';
import { fault, plainOf, unknown, ValueMap, valueFrom } from '../../../../../src/model/proof/effects/language/value.js';

const root = ValueMap.open({
  request: ValueMap.open({
    operation: 'CREATE',
    oldObject: undefined,
    object: ValueMap.open({
      spec: ValueMap.open({
        containers: valueFrom([{ name: 'a', image: 'ghcr.io/acme/web' }, { name: 'b' }]),
        initContainers: undefined,
      }),
    }),
  }),
  images: valueFrom({ containers: { a: { registry: 'ghcr.io' }, b: { registry: 'docker.io' } } }),
  list: valueFrom([[1, 2], [3], 4]),
  'odd-key': 'odd',
});

function valueOfJmes(source: string): unknown {
  const value = evaluateJmes(source, root);
  return value === unknown ? 'unknown' : value === fault ? 'fault' : plainOf(value);
}

test.each([
  ['request.operation', 'CREATE'],
  ['"odd-key"', 'odd'],
  ["'it\\'s raw'", "it's raw"],
  ['`{"a": [1, true, null]}`.a[0]', 1],
  ['list[0][-1]', 2],
  ['list[7]', null],
  ['list[]', [1, 2, 3, 4]],
  ['request.object.spec.containers[*].image', ['ghcr.io/acme/web']],
  ['request.object.spec.containers[].name', ['a', 'b']],
  ['request.object.spec.initContainers[].image || `[]`', []],
  ['images.containers.*.registry', ['ghcr.io', 'docker.io']],
  ['images.initContainers.*.registry || `[]`', []],
  ["request.object.spec.containers[?name == 'a'].image | [0]", 'ghcr.io/acme/web'],
  ["request.object.spec.containers[?starts_with(image || '', 'ghcr.io/')] | length(@)", 1],
  ['[`["a/b", ""]`, `["c"]`][] | [?@ && length(split(@, \'/\')) == `2`] | length(@)', 1],
  ["contains(['a', 'b'], 'a') && !contains('abc', 'd')", true],
  ['{a: request.operation, b: `1`}', { a: 'CREATE', b: 1 }],
  ["to_lower('A') != to_upper('a') && 'x' == 'x'", true],
  ['`2` > `1` && `1` <= `1` && (`1` < `0` || `3` >= `3`)', true],
  ['length(keys(images.containers))', 2],
  ["join('-', ['a', 'b'])", 'a-b'],
  ["pattern_match('ghcr.io/*', 'ghcr.io/acme') && regex_match('^a+$', 'aaa')", true],
  ['not_null(`null`, `1`)', 1],
  ['@.request.operation', 'CREATE'],
  ['request.object.spec.initContainers == `null`', true],
])('%s', (source, expected) => {
  expect(valueOfJmes(source)).toEqual(expected);
});

test.each([
  'request.object.spec.initContainers',
  'request.oldObject.metadata',
  'images.initContainers.a',
])('%s names what is not there', (source) => {
  expect(valueOfJmes(source)).toBe('fault');
});

test.each([
  'request.userInfo.username',
  "request.userInfo.username == 'x' && request.operation == 'CREATE'",
  'nothing(`1`)',
  'sort_by(list, &@)',
  'list[0:1]',
  'request.',
  '[',
  'length(`5`)',
])('%s is not known', (source) => {
  expect(valueOfJmes(source)).toBe('unknown');
});

test.each([
  ['parentheses', `${'('.repeat(50_000)}a`],
  ['negations', `${'!'.repeat(50_000)}a`],
  ['fields', `a${'.a'.repeat(30_000)}`],
  ['pipes', `a${' | a'.repeat(16_000)}`],
  ['lists', '['.repeat(60_000)],
  ['a text of 10 MB', `'${'x'.repeat(10_000_000)}'`],
  ['lists that double', `list${' | [@, @][]'.repeat(60)} | length(@)`],
])('a bomb of %s ends, and is not known', (_name, source) => {
  expect(valueOfJmes(source)).toBe('unknown');
});
