// Kyverno's command applies the policies on pods that are written for it to manifests.
import { pullSecretsOf } from '../cluster/objects.js';
import { mutatedByPolicies } from '../engines/kyverno-cli.js';
import { Emitted } from '../policies/emitted.js';

const configOf = (engine: string) => `
version: 1
registries: { team: { host: registry.example, path: acme } }
pullSecrets: { team-pull: { registries: [team], source: { existing: {} } } }
clusters: { prod: { kyverno: "1.19", attachment: { podPolicy: ${engine} } } }
`;

const podWith = (image: string, list: string) => `
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: team-a }
spec: { containers: [{ name: main, image: "${image}" }], ${list} }
`;

const own = 'imagePullSecrets: [{ name: own }]';
const listed = 'imagePullSecrets: [{ name: team-pull }]';

describe.each(['kyverno', 'kyvernoLegacy'])('a policy on pods (%s)', (engine) => {
  test.each([
    ['a pod without a list', podWith('registry.example/acme/app', ''), ['team-pull']],
    ['a pod with a list', podWith('registry.example/acme/app', own), ['own', 'team-pull']],
    ['a pod that lists it', podWith('registry.example/acme/app', listed), ['team-pull']],
    ['a pod that needs nothing', podWith('registry.example/acme-labs/app', own), ['own']],
  ])('%s', async (_, pod, list) => {
    const { manifests } = await Emitted.of(configOf(engine));
    const [mutated] = await mutatedByPolicies(manifests.map(({ text }) => text).join('---\n'), pod);
    expect(pullSecretsOf(mutated!).sort()).toEqual([...list].sort());
  });
});
