import { attachmentNames } from '../../../src/model/vocabulary/attachments.js';
import { type Combination, compatibility } from '../../../src/model/vocabulary/compatibility.js';
import { distributionNames } from '../../../src/model/vocabulary/distributions.js';
import { engineNames, kyvernoEngineNames } from '../../../src/model/vocabulary/engines.js';
import { sourceNames } from '../../../src/model/vocabulary/sources.js';

const base: Combination = {
  source: 'external',
  distribution: 'perNamespace',
  attachment: 'serviceAccount',
  platform: 'kubernetes',
  gitops: 'argocd',
  versions: {},
};

function* everyCombination(): Generator<Combination> {
  for (const source of sourceNames)
    for (const distribution of distributionNames)
      for (const attachment of attachmentNames)
        for (const engine of [undefined, ...engineNames])
          for (const cloneEngine of distribution === 'kyverno' ? kyvernoEngineNames : [undefined])
            for (const platform of ['kubernetes', 'openshift'] as const)
              for (const gitops of ['argocd', 'flux'] as const)
                for (const kyverno of [undefined, '1.16', '1.19', '1.20'])
                  for (const kubernetes of [undefined, '1.35', '1.36'])
                    for (const apiVersion of [undefined, 'v1beta1'] as const)
                      yield {
                        source,
                        distribution,
                        attachment,
                        engine,
                        cloneEngine,
                        apiVersion,
                        platform,
                        gitops,
                        versions: { kyverno, kubernetes },
                      };
}

/** The combinations for which something does not hold. */
function combinationsBut(holds: (combination: Combination) => boolean): Combination[] {
  return [...everyCombination()].filter((combination) => !holds(combination));
}

test('every combination has a verdict, and every verdict but allowed has a reason', () => {
  const counts = { allowed: 0, warned: 0, refused: 0 };
  const wrong = combinationsBut((combination) => {
    const { verdict, reasons } = compatibility(combination);
    counts[verdict]++;
    return reasons.length > 0 === (verdict !== 'allowed');
  });
  expect(wrong).toEqual([]);
  expect(counts).toEqual({ allowed: 1691, warned: 5837, refused: 84632 });
});

test('a policy attachment and an engine come together or not at all', () => {
  const wrong = combinationsBut((combination) => {
    const isPolicy = combination.attachment === 'podPolicy' || combination.attachment === 'serviceAccountPolicy';
    return isPolicy === (combination.engine !== undefined) || compatibility(combination).verdict === 'refused';
  });
  expect(wrong).toEqual([]);
});

test('the patcher distributes and attaches, or does neither', () => {
  const wrong = combinationsBut((combination) => {
    const together = (combination.distribution === 'patcher') === (combination.attachment === 'patcher');
    return together || compatibility(combination).verdict === 'refused';
  });
  expect(wrong).toEqual([]);
});

test('a hub is for distributions by which namespaces would read the provider each', () => {
  const wrong = combinationsBut((combination) => {
    const { verdict } = compatibility({ ...combination, fanOut: 'hub' });
    const readsEach = ['perNamespace', 'clusterExternalSecret'].includes(combination.distribution);
    return verdict === (readsEach ? compatibility(combination).verdict : 'refused');
  });
  expect(wrong).toEqual([]);
});

test.each<[string, Partial<Combination>, string]>([
  ['the default on kubernetes', {}, 'allowed'],
  ['the default on openshift', { platform: 'openshift', attachment: 'podTemplate' }, 'allowed'],
  ['an account list on openshift, where a controller owns it', { platform: 'openshift' }, 'warned'],
  ['an account list on openshift, applied by Flux', { platform: 'openshift', gitops: 'flux' }, 'refused'],
  [
    'a template on openshift, applied by Flux',
    { platform: 'openshift', gitops: 'flux', attachment: 'podTemplate' },
    'allowed',
  ],
  ['a credential in plain text', { source: 'plaintext' }, 'warned'],
  ['nothing to distribute', { source: 'existing', distribution: 'kyverno' }, 'refused'],
  ['ExternalSecrets from a sealed value', { source: 'sealed', distribution: 'clusterExternalSecret' }, 'refused'],
  ['SOPS with Argo CD, which needs a plugin', { source: 'sops' }, 'warned'],
  ['SOPS with Flux', { source: 'sops', gitops: 'flux' }, 'allowed'],
  ['a native policy, version not stated', { attachment: 'podPolicy', engine: 'native' }, 'allowed'],
  [
    'a native policy on 1.35',
    { attachment: 'podPolicy', engine: 'native', versions: { kubernetes: '1.35' } },
    'refused',
  ],
  [
    'a native policy on 1.36',
    { attachment: 'podPolicy', engine: 'native', versions: { kubernetes: '1.36' } },
    'allowed',
  ],
  [
    'a Kyverno policy on 1.16',
    { attachment: 'podPolicy', engine: 'kyverno', versions: { kyverno: '1.16.3' } },
    'refused',
  ],
  [
    'a legacy policy on 1.19',
    { attachment: 'podPolicy', engine: 'kyvernoLegacy', versions: { kyverno: '1.19' } },
    'warned',
  ],
  [
    'a legacy policy on 1.20',
    { attachment: 'podPolicy', engine: 'kyvernoLegacy', versions: { kyverno: '1.20' } },
    'refused',
  ],
  [
    'a native policy as v1beta1 on 1.35, which must be switched on',
    { attachment: 'podPolicy', engine: 'native', apiVersion: 'v1beta1', versions: { kubernetes: '1.35' } },
    'warned',
  ],
  [
    'a native policy as v1beta1 on OpenShift 4.20, which is Kubernetes 1.33',
    {
      attachment: 'podPolicy',
      engine: 'native',
      apiVersion: 'v1beta1',
      platform: 'openshift',
      versions: { openshift: '4.20' },
    },
    'refused',
  ],
  [
    'a native policy as v1beta1 where v1 is served',
    { attachment: 'podPolicy', engine: 'native', apiVersion: 'v1beta1', versions: { kubernetes: '1.36' } },
    'refused',
  ],
  ['an apiVersion for Kyverno', { attachment: 'podPolicy', engine: 'kyverno', apiVersion: 'v1beta1' }, 'refused'],
  [
    'a native policy for service accounts, which changes none that nobody writes',
    { attachment: 'serviceAccountPolicy', engine: 'native' },
    'warned',
  ],
  [
    'a Kyverno policy for service accounts before 1.19',
    { attachment: 'serviceAccountPolicy', engine: 'kyverno', versions: { kyverno: '1.18' } },
    'warned',
  ],
  ['clones with lists on accounts', { distribution: 'kyverno', cloneEngine: 'kyverno' }, 'allowed'],
  ['copies by reflector', { distribution: 'reflector' }, 'allowed'],
  ['copies by kubernetes-replicator, which may miss a rotation', { distribution: 'replicator' }, 'warned'],
  [
    'copies by imagepullsecret-patcher, which nobody maintains',
    { distribution: 'patcher', attachment: 'patcher' },
    'warned',
  ],
  ['copies by imagepullsecret-patcher, put on lists in Git', { distribution: 'patcher' }, 'refused'],
  [
    'clones by a policy too old for Kyverno',
    { distribution: 'kyverno', cloneEngine: 'kyverno', versions: { kyverno: '1.16' } },
    'refused',
  ],
  [
    'clones by the older policy on 1.16',
    { distribution: 'kyverno', cloneEngine: 'kyvernoLegacy', versions: { kyverno: '1.16' } },
    'warned',
  ],
  [
    'clones by the older policy on 1.20',
    { distribution: 'kyverno', cloneEngine: 'kyvernoLegacy', versions: { kyverno: '1.20' } },
    'refused',
  ],
  [
    'the older policy on a Kyverno that lacks its fields',
    { attachment: 'podPolicy', engine: 'kyvernoLegacy', versions: { kyverno: '1.12' } },
    'refused',
  ],
  ['a generator that refers to nothing', { hasReferences: false }, 'allowed'],
  ['a generator whose references must be in every namespace', { hasReferences: true }, 'warned'],
  ['the same for a ClusterExternalSecret', { hasReferences: true, distribution: 'clusterExternalSecret' }, 'warned'],
  ['references in the namespace of the hub', { hasReferences: true, fanOut: 'hub' }, 'allowed'],
  [
    'references in the namespace of the source',
    { hasReferences: true, distribution: 'kyverno', cloneEngine: 'kyverno' },
    'allowed',
  ],
  ['a hub for a ClusterExternalSecret', { fanOut: 'hub', distribution: 'clusterExternalSecret' }, 'allowed'],
  ['a hub for clones', { fanOut: 'hub', distribution: 'kyverno', cloneEngine: 'kyverno' }, 'refused'],
  ['an ExternalSecret on an operator too old for v1', { versions: { externalSecrets: '0.9' } }, 'refused'],
])('%s', (_, change, verdict) => {
  expect(compatibility({ ...base, ...change }).verdict).toBe(verdict);
});

test('on OpenShift, the reason about account lists is that of the engine that applies them', () => {
  const reasons = (gitops: Combination['gitops']) =>
    compatibility({ ...base, platform: 'openshift', gitops }).reasons.join();
  expect(reasons('argocd')).toMatch(/a sync of Argo CD that writes the account takes it off/);
  expect(reasons('argocd')).not.toMatch(/Flux/);
  expect(reasons('flux')).toMatch(/Flux takes it off at every interval/);
  expect(reasons('flux')).not.toMatch(/Argo CD/);
});
