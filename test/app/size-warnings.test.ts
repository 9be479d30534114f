import { sizeWarnings } from '../../src/app/size-warnings.js';
import { planAccess } from '../../src/model/plan/access-plan.js';
import type { ClusterSpec } from '../../src/model/vocabulary/spec.js';
import { inventoryOf, prod } from '../support.js';

const sourceRef = { name: 'platform' };
const repository = 'https://g/x';

test.each<[string, ClusterSpec, Record<string, number>, RegExp | undefined]>([
  ['2,000 objects are fine', {}, { 'namespaces/a': 1000, 'namespaces/b': 1000 }, undefined],
  ['2,001 objects are not', {}, { 'namespaces/a': 1000, 'namespaces/b': 1001 }, /: 2001 objects would be in one App/],
  ['the bootstrap itself does not count', {}, { 'namespaces/a': 2000, 'bootstrap/applications': 1 }, undefined],
  ['Argo CD has all stages in one', {}, { 'sources/a': 1500, 'namespaces/b': 1500 }, /3000 objects .* Application$/],
  ['Flux has one for each', { gitops: 'flux' }, { 'sources/a': 1500, 'namespaces/b': 1500 }, undefined],
  ['and names it', { gitops: 'flux' }, { 'sources/a': 1, 'namespaces/b': 2500 }, /2500 objects .* one Kustomization$/],
  [
    'shards count apart, as do the other stages',
    { bootstrap: { repository, shards: 2 } },
    { 'sources/a': 2000, 'namespaces/0/a': 2000, 'namespaces/1/b': 2000 },
    undefined,
  ],
  [
    'a shard may be too large as well',
    { gitops: 'flux', bootstrap: { sourceRef, shards: 2 } },
    { 'namespaces/0/a': 2001, 'namespaces/1/b': 1 },
    /2001 objects/,
  ],
])('%s', (_, cluster, files, expected) => {
  const plan = planAccess(inventoryOf(''), prod({}, cluster));
  const objects = new Map(Object.entries(files).map(([path, count]) => [`prod/${path}.yaml`, count]));
  const messages = sizeWarnings([plan], objects).map(({ message }) => message);
  expect(messages).toHaveLength(expected ? 1 : 0);
  if (expected) expect(messages[0]).toMatch(expected);
});

test('the hint names as many shards as keep each below the limit', () => {
  const plan = planAccess(inventoryOf(''), prod({}, { bootstrap: { repository, shards: 2 } }));
  const [warning] = sizeWarnings([plan], new Map([['prod/namespaces/0/a.yaml', 5000]]));
  expect(warning?.hint).toBe('bootstrap: { shards: 5 } spreads the namespaces');
});
