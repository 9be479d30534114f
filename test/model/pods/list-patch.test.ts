import { JsonPatch } from 'cdk8s';
import { listPatch } from '../../../src/model/pods/list-patch.js';
import { plainTree } from '../../../src/model/pods/tree.js';

const path = ['spec', 'podTemplate', 'imagePullSecrets'];

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
  expect(listPatch(plainTree({ spec }), path, ['a', 'b'])).toEqual(
    operations.map(([pointer, value]) => ({ op: 'add', path: pointer, value })),
  );
});

test('keys with slashes and tildes are escaped as JSON pointers want it', () => {
  expect(listPatch(plainTree({ 'a/b~c': {} }), ['a/b~c', 'list'], ['x'])).toEqual([
    { op: 'add', path: '/a~1b~0c/list', value: [{ name: 'x' }] },
  ]);
});

test('the patch does what it says to an object', () => {
  const object = { spec: {} };
  const operations = listPatch(plainTree(object), path, ['a']).map(({ path: at, value }) => JsonPatch.add(at, value));
  expect(JsonPatch.apply(object, ...operations)).toEqual({
    spec: { podTemplate: { imagePullSecrets: [{ name: 'a' }] } },
  });
});
