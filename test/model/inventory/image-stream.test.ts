import { imageStreamSpec } from '../../../src/model/inventory/image-stream.js';
import { plainTree } from '../../../src/model/inventory/tree.js';

const read = (spec: unknown) => imageStreamSpec(plainTree({ spec }));

test('an image stream says whether short names are looked up, what it imports and where its tags come from', () => {
  expect(
    read({
      lookupPolicy: { local: true },
      dockerImageRepository: 'quay.io/acme/api',
      tags: [
        { name: 'pushed' },
        {
          name: 'own',
          from: { kind: 'DockerImage', name: 'quay.io/acme/api:1' },
          referencePolicy: { type: 'Local' },
        },
        { name: 'other', reference: true, from: { kind: 'ImageStreamTag', name: 'api:1', namespace: 'b' } },
      ],
    }),
  ).toEqual({
    local: true,
    repository: 'quay.io/acme/api',
    tags: [
      { name: 'pushed' },
      { name: 'own', from: { kind: 'DockerImage', name: 'quay.io/acme/api:1' }, local: true },
      { name: 'other', from: { kind: 'ImageStreamTag', name: 'api:1', namespace: 'b' }, reference: true },
    ],
  });
});

test.each([
  undefined,
  null,
  'text',
  { lookupPolicy: { local: 'true' }, tags: 'text' },
  { lookupPolicy: null, dockerImageRepository: '', tags: [null, 'x', { name: '' }, { name: 5 }] },
])('what is none of it is passed over: %j', (spec) => {
  expect(read(spec)).toEqual({});
});

test('a tag whose source is of an unknown kind counts as pushed', () => {
  expect(
    read({
      tags: [
        { name: '1', from: { kind: 'Other', name: 'x' } },
        { name: '2', from: {} },
      ],
    }).tags,
  ).toEqual([{ name: '1' }, { name: '2' }]);
});
