import { Cel } from '../../../../../src/model/proof/effects/cel/cel.js';
import {
  fault,
  plainOf,
  unknown,
  type Value,
  ValueMap,
  valueFrom,
} from '../../../../../src/model/proof/effects/language/value.js';

const object = ValueMap.open({
  kind: 'Pod',
  metadata: ValueMap.open({ name: 'web', labels: undefined }),
  spec: ValueMap.open({
    containers: valueFrom([{ name: 'c', image: 'ghcr.io/acme/web:1' }, { name: 'd' }]),
    initContainers: undefined,
    imagePullSecrets: valueFrom([{ name: 'regcred' }]),
  }),
});
const scope = new Map<string, Value>([
  ['object', object],
  ['oldObject', null],
  ['variables', valueFrom({ prefix: 'ghcr.io/' })],
]);

function valueOfCel(source: string): unknown {
  const value = new Cel(source).value(scope);
  return value === unknown ? 'unknown' : value === fault ? 'fault' : plainOf(value);
}

test.each([
  ['1 + 2 * 3 - 4 / 2 % 3', 5],
  ['-(1 - 3) == 2 && !(2 < 1) || false', true],
  ['true ? "yes" : "no"', 'yes'],
  ['"a" + \'b\' + r"\\d" + """c"d""" + "\\u00e9\\n"', 'ab\\dc"dé\n'],
  ['[1, 2] + [3]', [1, 2, 3]],
  ['{"a": [true, null], "b": {}}', { a: [true, null], b: {} }],
  ['2 in [1, 2] && "a" in {"a": 1} && !("b" in {"a": 1})', true],
  ['size("abc") + [1].size() + {"a": 1}.size()', 5],
  ['"a/b/c".split("/")[1].upperAscii() + "X".lowerAscii()', 'Bx'],
  ['"ghcr.io/a".startsWith("ghcr.io/") && "a:1".endsWith(":1") && "abc".contains("b")', true],
  ['"team-a".matches("^team-[a-z]+$")', true],
  ['"team-a".matches(".*A")', false],
  ['["b", "a"].join("-") + "a.b".replace(".", "") + " x ".trim() + "hello".substring(1, 3)', 'b-aabxel'],
  ['[1, 2, 3].filter(x, x > 1).map(x, x * 2)', [4, 6]],
  ['[1, 2, 3].map(x, x > 1, x)', [2, 3]],
  ['[1, 2, 3].all(x, x > 0) && [1, 2].exists_one(x, x == 1) && {"k": 1}.exists(k, k == "k")', true],
  ['cel.bind(x, 2, x + x)', 4],
  ['has(object.spec.imagePullSecrets) && !has(object.spec.initContainers)', true],
  ['object.spec.?initContainers.orValue([]).exists(c, true)', false],
  ['object.spec.containers.map(c, c.?image.orValue(""))', ['ghcr.io/acme/web:1', '']],
  ['object.spec.containers[?5].hasValue()', false],
  ['object.spec.containers[?0].image.value()', 'ghcr.io/acme/web:1'],
  ['object.metadata.?labels["a"].orValue("none")', 'none'],
  ['optional.of(1).value() + optional.none().orValue(2)', 3],
  ['[?object.spec.?initContainers, ?optional.of([1])]', [[1]]],
  ['oldObject == null', true],
  ['variables.prefix', 'ghcr.io/'],
  ['image("nginx").registry() + " " + image("ghcr.io/a/b:1").repository()', 'index.docker.io a/b'],
  [
    '[JSONPatch{op: "add", path: "/spec/" + jsonpatch.escapeKey("a/b"), value: Object.spec.imagePullSecrets{name: "x"}}]',
    [{ op: 'add', path: '/spec/a~1b', value: { name: 'x' } }],
  ],
  ['Object{spec: Object.spec{list: []}} // the end', { spec: { list: [] } }],
])('%s', (source, expected) => {
  expect(valueOfCel(source)).toEqual(expected);
});

test.each([
  'object.metadata.labels.a',
  'object.spec.containers[1].image',
  'object.spec.containers[2]',
  '"a" + 1',
  '"a" < 1',
  '!1',
  '"x" ? 1 : 2',
  'optional.none().value()',
  '[1].exists(x, "no boolean")',
  'false || object.metadata.labels.a == "b"',
])('%s fails', (source) => {
  expect(valueOfCel(source)).toBe('fault');
});

test.each([
  'object.spec.hostNetwork',
  'has(object.spec.hostNetwork)',
  'object.spec.hostNetwork == true && true',
  '[object.spec.hostNetwork].exists(x, x == 1)',
  'params.name',
  'http.Get("https://example.com")',
  'authorizer.group("")',
  '"a".matches("(?i)A")',
  '"a".format(["b"])',
  'this is no expression',
  '1 +',
  'b"bytes"',
  '99999999999999999999',
])('%s is not known', (source) => {
  expect(valueOfCel(source)).toBe('unknown');
});

test('what decides does so whatever the rest is', () => {
  expect(valueOfCel('object.spec.hostNetwork || true')).toBe(true);
  expect(valueOfCel('object.spec.hostNetwork && false')).toBe(false);
  expect(valueOfCel('object.metadata.labels.a == "b" || true')).toBe(true);
  expect(valueOfCel('[object.spec.hostNetwork, 1].exists(x, x == 1)')).toBe(true);
  expect(valueOfCel('true ? 1 : object.metadata.labels.a')).toBe(1);
});

const list = `[${'1,'.repeat(300)}1]`;

test.each([
  ['parentheses', `${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['negations', `${'!'.repeat(100_000)}true`],
  ['sums', `1${' + 1'.repeat(20_000)}`],
  ['fields', `object${'.a'.repeat(30_000)}`],
  ['choices', 'true ? '.repeat(20_000)],
  ['lists of lists', '['.repeat(60_000)],
  ['a text of 10 MB', `"${'x'.repeat(10_000_000)}"`],
  ['loops in loops', `${list}.all(a, ${list}.all(b, ${list}.all(c, ${list}.all(d, a + b + c + d > 0))))`],
  ['lists that double', `cel.bind(a, ${list}, ${'cel.bind(a, a + a, '.repeat(60)}a.size()${')'.repeat(61)}`],
  ['texts that double', `cel.bind(a, "x", ${'cel.bind(a, a + a, '.repeat(90)}a${')'.repeat(91)}`],
  ['replacements', `cel.bind(a, "xx", ${'cel.bind(a, a.replace("x", a), '.repeat(30)}a${')'.repeat(31)}`],
  ['an expression that explodes', '"aaaa".matches("((x{1000}){1000}){1000}")'],
])('a bomb of %s ends, and is not known', (_name, source) => {
  expect(valueOfCel(source)).toBe('unknown');
});

test('a long chain of conditions is no bomb', () => {
  const conditions = Array.from({ length: 2000 }, (_, index) => `"ghcr.io" == "host${index}"`).join(' || ');
  expect(valueOfCel(conditions)).toBe(false);
});
