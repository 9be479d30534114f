// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Flux.
import { substituted } from '../../../src/manifests/render/substitute.js';
import { replaceVariables } from '../../../src/manifests/render/variable-text.js';
import { problemText } from '../../../src/model/problem/problem.js';
import type { Variables } from '../../../src/model/topology/rendering.js';

/** Variables of which every value is known. */
const known = (values: ReadonlyMap<string, string>): Variables => ({ values, unknown: new Set() });

const values = new Map([
  ['TAG', 'v1.2'],
  ['PATH_', '/home/bozo/ideas/thoughts.for.today'],
  ['WORD', 'abcABC123ABCabc'],
  ['EMPTY', ''],
]);

// The answers are those of github.com/fluxcd/pkg/envsubst.
test.each([
  ['no variable, $TAG, {TAG}, $', 'no variable, $TAG, {TAG}, $'],
  ['a${TAG}b', 'av1.2b'],
  ['$${TAG} $$ $$$${TAG}', '${TAG} $ $${TAG}'],
  ['${NONE}', ''],
  ['${NONE:=x} ${NONE:-x} ${NONE=x} ${EMPTY:-x} ${EMPTY=x}', 'x x x x x'],
  ['${TAG:=x} ${TAG:-x} ${TAG:+x}', 'v1.2 v1.2 v1.2'],
  ['${NONE:=a${TAG}-${NONE:-b}}', 'av1.2-b'],
  ['${NONE:=}', ''],
  ['${#WORD} ${#NONE}', '15 0'],
  ['${WORD^} ${WORD^^} ${WORD,,}', 'AbcABC123ABCabc ABCABC123ABCABC abcabc123abcabc'],
  ['${PATH_:11} ${PATH_:11:5} ${PATH_:99}', 'ideas/thoughts.for.today ideas '],
  ['${PATH_#*/} ${PATH_##*/}', 'home/bozo/ideas/thoughts.for.today thoughts.for.today'],
  ['${PATH_%.*} ${PATH_%%.*}', '/home/bozo/ideas/thoughts.for /home/bozo/ideas/thoughts'],
  [
    '${WORD/abc/x} ${WORD//abc/x} ${WORD/#abc/x} ${WORD/%abc/x}',
    'xABC123ABCabc xABC123ABCx xABC123ABCabc abcABC123ABCx',
  ],
  ['${WORD//abc/} ${PATH_/\\/home/x}', 'ABC123ABC x/bozo/ideas/thoughts.for.today'],
  ['${WORD/abc///x}', 'xABC123ABCabc'],
  ['${WORD/abc/$&$1}', '$&$1ABC123ABCabc'],
])('%j becomes %j', (text, replaced) => {
  expect(replaceVariables(text, known(values)).text).toBe(replaced);
});

test.each([
  '${',
  '${}',
  '${TAG',
  '${TAG-x}',
  '${TAG?x}',
  '${1 2}',
  '${TAG:}',
  '${TAG:=x',
  '${TAG/a',
  '${WORD:1:-2}',
  '${ TAG }',
])('%j is refused, as Flux refuses it', (text) => {
  const { text: rest, problems } = substituted(`a: 1\n---\nb: ${text}\n`, known(values), 'kustomize build app');
  expect(rest).toBe('');
  expect(problems.map(({ code }) => code)).toEqual(['rendering-failed']);
});

test('nesting without end is refused', () => {
  expect(substituted(`${'${A:='.repeat(100_000)}`, known(values), 'x').problems).toHaveLength(1);
});

const kept = 'kustomize.toolkit.fluxcd.io/substitute: disabled';

test('each object is replaced by itself, and one that says so is left alone', () => {
  const stream = [
    'kind: A\nimage: x:${TAG}\n',
    `kind: B\nmetadata:\n  annotations:\n    ${kept}\nimage: x:\${TAG}\n`,
    `kind: C\nmetadata: {labels: {${kept}}}\nimage: x:\${TAG}\n`,
    `kind: D\ndata: {x: "${kept}"}\nimage: x:\${TAG}\n`,
  ].join('---\n');
  const { text, problems } = substituted(stream, known(values), 'x');
  expect(text.split('---\n').map((each) => /image: (.*)/.exec(each)?.[1])).toEqual([
    ...['x:v1.2', 'x:${TAG}', 'x:${TAG}', 'x:v1.2'],
  ]);
  expect(problems).toEqual([]);
});

test('a variable without value and default is a finding, a default that is not needed is none', () => {
  const text = 'a: ${B} ${A} ${A} ${C:-x} ${TAG:-${D}} ${EMPTY} ${#E}\n';
  const { problems } = substituted(text, known(values), 'kustomize build app');
  expect(problems.map(problemText)).toEqual([
    expect.stringContaining('kustomize build app: A, B, E have no value in the repository and no default'),
  ]);
});

test('without a single value nothing is replaced, and line breaks of values go', () => {
  expect(substituted('a: ${TAG}\n', known(new Map()), 'x')).toEqual({ text: 'a: ${TAG}\n', problems: [] });
  expect(substituted('a: ${A}\n', known(new Map([['A', 'b\nc\n']])), 'x').text).toBe('a: bc\n');
  expect(substituted('a: b\n', known(new Map([['A B', '']])), 'x').problems).toHaveLength(1);
});

test('a variable whose value nobody knows stays as it stands, whatever default it has', () => {
  const text = 'a: ${TAG} ${A} ${A:=x} ${B:-${A}} ${A:-${TAG}}\n';
  const some = substituted(text, { values, unknown: new Set(['A', 'TAG']) }, 'x');
  expect(some).toEqual({ text: 'a: v1.2 ${A} ${A:=x} ${A} ${A:-${TAG}}\n', problems: [] });
  const any = substituted('a: ${TAG} ${A} ${B:=x}\n', { values: new Map(), unknown: 'any' }, 'x');
  expect(any).toEqual({ text: 'a: ${TAG} ${A} ${B:=x}\n', problems: [] });
});
