import { JsonPatch } from 'cdk8s';
import { listPatch } from '../../../src/model/inventory/list-patch.js';
import { plainTree } from '../../../src/model/inventory/tree.js';

const path = ['spec', 'podTemplate', 'imagePullSecrets'];
const entries = (...names: string[]) => names.map((name) => ({ name }));

test.each([
  ['makes the list', { podTemplate: {} }, [['/spec/podTemplate/imagePullSecrets', [{ name: 'a' }, { name: 'b' }]]]],
  ['makes maps on the way', {}, [['/spec/podTemplate', { imagePullSecrets: [{ name: 'a' }, { name: 'b' }] }]]],
  [
    'replaces null',
    { podTemplate: null },
    [['/spec/podTemplate', { imagePullSecrets: [{ name: 'a' }, { name: 'b' }] }]],
  ],
  [
    'fills an empty list',
    { podTemplate: { imagePullSecrets: [] } },
    [['/spec/podTemplate/imagePullSecrets', [{ name: 'a' }, { name: 'b' }]]],
  ],
  [
    'adds to a list that holds something',
    { podTemplate: { imagePullSecrets: [{ name: 'x' }] } },
    [
      ['/spec/podTemplate/imagePullSecrets/-', { name: 'a' }],
      ['/spec/podTemplate/imagePullSecrets/-', { name: 'b' }],
    ],
  ],
])('a patch %s', (_, spec, operations) => {
  expect(listPatch(plainTree({ spec }), path, entries('a', 'b'))).toEqual(
    operations.map(([pointer, value]) => ({ op: 'add', path: pointer, value })),
  );
});

test('keys with slashes and tildes are escaped as JSON pointers want it', () => {
  expect(listPatch(plainTree({ 'a/b~c': {} }), ['a/b~c', 'list'], entries('x'))).toEqual([
    { op: 'add', path: '/a~1b~0c/list', value: [{ name: 'x' }] },
  ]);
});

test('the patch does what it says to an object', () => {
  const object = { spec: {} };
  const operations = (listPatch(plainTree(object), path, entries('a')) ?? []).map(({ path: at, value }) =>
    JsonPatch.add(at, value),
  );
  expect(JsonPatch.apply(object, ...operations)).toEqual({
    spec: { podTemplate: { imagePullSecrets: [{ name: 'a' }] } },
  });
});

test.each([
  ['a way that is none', { spec: { podTemplate: 'x' } }],
  ['a list that is none', { spec: { podTemplate: { imagePullSecrets: {} } } }],
])('there is no patch for %s', (_, object) => {
  expect(listPatch(plainTree(object), path, entries('a'))).toBeUndefined();
});

test('the way may lead through lists, and an item may be text', () => {
  const object = plainTree({ a: [{ b: ['x'] }] });
  expect(listPatch(object, ['a', 0, 'b'], ['y'])).toEqual([{ op: 'add', path: '/a/0/b/-', value: 'y' }]);
  expect(listPatch(object, ['a', 1, 'b'], ['y'])).toBeUndefined();
  expect(listPatch(object, ['none', 0, 'b'], ['y'])).toBeUndefined();
});
