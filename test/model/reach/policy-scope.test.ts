import { deliveryName, deliveryPurposes } from '../../../src/model/reach/delivery-names.js';
import { inScope, policyScope } from '../../../src/model/reach/policy-scope.js';
import type { ImagePullSpec, PullSecretSpec } from '../../../src/model/vocabulary/spec.js';
import { prod } from '../../support.js';

const external = { external: { store: 'v', key: 'k' } };

function scopeOf(change: Partial<PullSecretSpec>, exclude: ImagePullSpec['exclude'] = [], served: string[] = []) {
  const cluster = prod({
    registries: { a: { host: 'a.example.com' } },
    pullSecrets: { p: { registries: ['a'], source: external, ...change } },
    exclude,
  });
  const pullSecret = cluster.pullSecrets.get('p');
  if (!pullSecret) throw new Error('no pull secret p');
  return policyScope(pullSecret, served, cluster.exclude);
}

const clone = { distribution: 'kyverno' } as const;
const none = new Map<string, string>();

test.each<[string, Partial<PullSecretSpec>, string, boolean]>([
  ['everywhere', clone, 'any', true],
  ['not in the namespace of the source', clone, 'image-pull', false],
  ['not in the namespace that is named for the source', { distribution: { kyverno: { namespace: 'x' } } }, 'x', false],
  ['in the default one where another is named', { distribution: { kyverno: { namespace: 'x' } } }, 'image-pull', true],
  ['where `for` says', { ...clone, for: { namespaces: ['team-*'] } }, 'team-a', true],
  ['nowhere else', { ...clone, for: { namespaces: ['team-*'] } }, 'shop', false],
  ['not where `allow` says no', { ...clone, for: { namespaces: ['team-*'] }, allow: ['team-b'] }, 'team-a', false],
  ['where both say', { ...clone, for: { namespaces: ['team-*'] }, allow: ['team-a'] }, 'team-a', true],
  ['not without the label', { ...clone, for: { labels: { pull: 'yes' } } }, 'team-a', false],
  ['nowhere without an object', {}, 'team-a', false],
  ['where somebody else makes the Secret', { source: { existing: {} } }, 'any', true],
])('a policy acts %s', (_, change, namespace, expected) => {
  expect(inScope(scopeOf(change), namespace, none)).toBe(expected);
});

test('a policy acts where the namespace carries the label', () => {
  const scope = scopeOf({ ...clone, for: { labels: { pull: 'yes' } } });
  expect(inScope(scope, 'n', new Map([['pull', 'yes']]))).toBe(true);
  expect(inScope(scope, 'n', new Map([['pull', 'no']]))).toBe(false);
});

test('a policy acts in the namespaces that have an object of their own', () => {
  const scope = scopeOf({}, [], ['b', 'a', 'a']);
  expect(scope).toEqual({ labels: {}, patterns: [['a', 'b']], except: [] });
});

test('what is excluded as a whole is out of scope', () => {
  const exclude = [{ namespace: 'sandbox-*' }, { namespace: 'x', pullSecret: 'other' }, { serviceAccount: 'ci' }];
  const scope = scopeOf(clone, exclude);
  expect(scope.except).toEqual(['image-pull', 'sandbox-*']);
  expect(inScope(scope, 'sandbox-1', none)).toBe(false);
  expect(inScope(scope, 'x', none)).toBe(true);
});

test.each<[Partial<PullSecretSpec>, string[]]>([
  [{}, []],
  [clone, ['clone']],
  [{ ...clone, attachment: { podPolicy: 'kyverno' } }, ['clone', 'pods']],
  [{ attachment: { serviceAccountPolicy: 'native' } }, ['accounts']],
])('%j brings policies %j', (change, expected) => {
  const cluster = prod({
    registries: { a: { host: 'a.example.com' } },
    pullSecrets: { p: { registries: ['a'], source: external, ...change } },
  });
  const pullSecret = cluster.pullSecrets.get('p');
  expect(pullSecret && deliveryPurposes(pullSecret)).toEqual(expected);
});

test('the name of a policy is readable', () => {
  expect(deliveryName('pods', 'ghcr-pull')).toBe('image-pull-pods-ghcr-pull');
});
