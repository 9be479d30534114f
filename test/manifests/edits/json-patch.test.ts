import { jsonPatchFor } from '../../../src/manifests/edits/json-patch.js';
import { plainTree } from '../../../src/model/pods/tree.js';

const path = ['spec', 'podTemplate', 'imagePullSecrets'];
const hub = { op: 'add', path: '/spec/podTemplate/imagePullSecrets/-', value: { name: 'hub' } };

test.each<[string, unknown, unknown]>([
  ['appends to a list', { spec: { podTemplate: { imagePullSecrets: [{ name: 'own' }] } } }, [hub]],
  [
    'makes a list that is null',
    { spec: { podTemplate: { imagePullSecrets: null } } },
    [{ op: 'add', path: '/spec/podTemplate/imagePullSecrets', value: [] }, hub],
  ],
  [
    'makes the maps on the way',
    { spec: {} },
    [
      { op: 'add', path: '/spec/podTemplate', value: {} },
      { op: 'add', path: '/spec/podTemplate/imagePullSecrets', value: [] },
      hub,
    ],
  ],
  ['does nothing that is done', { spec: { podTemplate: { imagePullSecrets: [{ name: 'hub' }] } } }, []],
  ['gives up where the way is none', { spec: { podTemplate: 'x' } }, undefined],
  ['gives up where the list is none', { spec: { podTemplate: { imagePullSecrets: {} } } }, undefined],
])('%s', (_what, object, operations) => {
  expect(jsonPatchFor(plainTree(object), { path, wanted: ['hub'] })).toEqual(operations);
});

test('writes pointers by RFC 6901, through lists too, and items of text', () => {
  const object = plainTree({ 'a/b': [{ '~c': ['x'] }] });
  expect(jsonPatchFor(object, { path: ['a/b', 0, '~c'], wanted: ['x', 'y'], item: 'text' })).toEqual([
    { op: 'add', path: '/a~1b/0/~0c/-', value: 'y' },
  ]);
  expect(jsonPatchFor(object, { path: ['a/b', 1, '~c'], wanted: ['y'] })).toBeUndefined();
  expect(jsonPatchFor(object, { path: ['none', 0, '~c'], wanted: ['y'] })).toBeUndefined();
});
