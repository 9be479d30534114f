// A ClusterRole of an example has the rights of a policy whose reasons are proved on Kyverno's controllers.
import { committedOutputs } from '../outputs.js';
import { policiesWithRights } from './reasons.js';
import { keyOf, rightsOf } from './right.js';

const policies = committedOutputs().flatMap(({ folder, manifests }) => {
  // A role that Kyverno takes in is called after its policy and a controller.
  const roles = manifests
    .map(({ object }) => object)
    .filter(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name.includes(':'));
  const names = new Set(roles.map(({ metadata }) => metadata.name.split(':')[0] ?? ''));
  return [...names].map((policy) => {
    const own = roles.filter(({ metadata }) => metadata.name.startsWith(`${policy}:`));
    return { folder, policy, rights: rightsOf(own).map(keyOf).sort() };
  });
});

test('there are examples with rights', () => {
  expect(policies.length).toBeGreaterThan(2);
});

test.each(policies)('$folder: $policy', ({ rights }) => {
  expect(policiesWithRights.map(({ reasons }) => Object.keys(reasons).sort())).toContainEqual(rights);
});
