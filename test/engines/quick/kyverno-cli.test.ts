// Kyverno's command applies a policy to manifests.
import { pullSecretsOf } from '../cluster/objects.js';
import { mutatedByPolicies } from '../engines/kyverno-cli.js';
import { appendToPods } from '../policies.js';

const podWith = (image: string, list: string) => `
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: team-a }
spec: { containers: [{ name: main, image: "${image}" }], ${list} }
`;

test.each([
  ['a pod without a list', podWith('registry.example/app', ''), ['example-pull']],
  ['a pod with a list', podWith('registry.example/app', 'imagePullSecrets: [{ name: own }]'), ['own', 'example-pull']],
])('%s gets the pull secret', async (_, pod, list) => {
  const [mutated] = await mutatedByPolicies(appendToPods, pod);
  expect(pullSecretsOf(mutated!)).toEqual(list);
});

test('a pod that the policy does not match is not changed', async () => {
  const [unchanged] = await mutatedByPolicies(appendToPods, podWith('other.example/app', ''));
  expect(pullSecretsOf(unchanged!)).toEqual([]);
});
