import { check } from '../../../src/model/check/check.js';
import { pathOf, severityOf } from '../../../src/model/problem/problem.js';
import type { DistributionSpec } from '../../../src/model/vocabulary/picks.js';
import type { ImagePullSpec, PullSecretSpec } from '../../../src/model/vocabulary/spec.js';

const base: PullSecretSpec = { registries: ['r'], source: { external: { store: 'vault', key: 'k' } } };

function problems(pullSecret: Partial<PullSecretSpec>, change: Partial<ImagePullSpec> = {}) {
  return check({
    version: 1,
    registries: { r: { host: 'r.example.com' } },
    pullSecrets: { p: { ...base, ...pullSecret } },
    clusters: { prod: {} },
    ...change,
  });
}

const errors = (...args: Parameters<typeof problems>) =>
  problems(...args).flatMap((problem) =>
    severityOf(problem) === 'error'
      ? [{ at: `${problem.code} ${pathOf(problem).join('.')}`, message: problem.message, hint: problem.hint }]
      : [],
  );
const warnings = (...args: Parameters<typeof problems>) =>
  problems(...args).flatMap(({ code, message }) => (code === 'combination-warned' ? [message] : []));

describe.each<[string, DistributionSpec]>([
  ['reflector', 'reflector'],
  ['replicator', 'replicator'],
  ['reflector with a namespace', { reflector: { namespace: 'image-pull' } }],
])('by %s', (_, distribution) => {
  test.each<[string, Partial<PullSecretSpec>, Partial<ImagePullSpec>]>([
    ['everywhere', {}, {}],
    ['by labels', { for: { labels: { tier: 'gold' } } }, {}],
    ['by names and patterns', { for: { namespaces: ['team-*', 'shop'] } }, {}],
    ['as `allow` has it', { allow: ['team-*'] }, {}],
    ['everywhere but in one namespace', {}, { exclude: [{ namespace: 'lab' }] }],
    [
      'by a pattern beside what another pull secret is kept from',
      { allow: ['team-*'] },
      { exclude: [{ namespace: 'x' }] },
    ],
  ])('a pull secret may be copied %s', (_title, pullSecret, change) => {
    expect(errors({ ...pullSecret, distribution }, change)).toEqual([]);
  });

  test.each<[string, Partial<PullSecretSpec>, Partial<ImagePullSpec>, RegExp]>([
    ['labels and patterns', { for: { labels: { a: 'b' }, namespaces: ['team-*'] } }, {}, /where either matches/],
    ['labels and `allow`', { for: { labels: { a: 'b' } }, allow: ['team-*'] }, {}, /where either matches/],
    ['exceptions from a pattern', { allow: ['team-*'] }, { exclude: [{ namespace: 'team-x' }] }, /no exceptions/],
    ['a pattern of exceptions', {}, { exclude: [{ namespace: 'kube-*' }] }, /pattern kube-\*/],
    ['nothing left', { allow: ['a'] }, { exclude: [{ pullSecret: 'p' }] }, /leave no namespace/],
  ])('%s are refused, with what can have them', (_title, pullSecret, change, message) => {
    expect(errors({ ...pullSecret, distribution }, change)).toEqual([
      {
        at: 'scope-refused pullSecrets.p',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/kyverno|widen/),
      },
    ]);
  });

  test('the namespace of the source alone is refused once', () => {
    expect(errors({ distribution, for: { namespaces: ['image-pull'] } })).toEqual([
      expect.objectContaining({ at: 'scope-empty pullSecrets.p.for.namespaces' }),
    ]);
  });

  test.each<[string, Partial<PullSecretSpec>, string]>([
    ['an expression', { for: { namespaces: ['team-.*'] } }, 'name-invalid pullSecrets.p.for.namespaces.0'],
    ['two names in one', { allow: ['a,b'] }, 'name-invalid pullSecrets.p.allow.0'],
    ['a class of characters', { allow: ['[a-z]*'] }, 'name-invalid pullSecrets.p.allow.0'],
    [
      'a value that ends the selector',
      { for: { labels: { a: 'b,c' } } },
      'metadata-invalid pullSecrets.p.for.labels.a',
    ],
    [
      'a key with an operator',
      { for: { labels: { 'a notin (b)': 'c' } } },
      'metadata-invalid pullSecrets.p.for.labels.a notin (b)',
    ],
  ])('%s is no pattern and no label', (_title, pullSecret, at) => {
    expect(errors({ ...pullSecret, distribution }).map((each) => each.at)).toContain(at);
  });

  test('more names than an annotation holds are refused', () => {
    const namespaces = Array.from({ length: 5000 }, (_each, index) => `namespace-of-a-team-${index}`);
    expect(errors({ distribution, for: { namespaces } })).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/more than an annotation should hold/) }),
    ]);
  });
});

test.each([
  ['reflector', 'reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces'],
  ['replicator', 'replicator.v1.mittwald.de/replicate-to'],
] as const)('annotations of %s that are given by hand are refused', (distribution, key) => {
  expect(errors({ distribution, metadata: { annotations: { [key]: '.*' } } })).toEqual([
    expect.objectContaining({ at: `metadata-reserved pullSecrets.p.metadata.annotations.${key}` }),
  ]);
  expect(errors({ metadata: { annotations: { [key]: '.*' } } })).toEqual([]);
});

test('that an older reflector does not read labels is said where labels are what it is told', () => {
  expect(warnings({ distribution: 'reflector', for: { labels: { a: 'b' } } })).toEqual([
    expect.stringMatching(/an older one copies nowhere/),
  ]);
  expect(warnings({ distribution: 'reflector', allow: ['team-*'] })).toEqual([]);
});

describe('by the patcher', () => {
  const patcher = (options: object): Partial<PullSecretSpec> => ({ distribution: { patcher: options } });

  test.each<[string, object]>([
    ['without options', {}],
    ['for some accounts', { serviceAccounts: ['default', 'ci.builder'] }],
    ['for all accounts', { allServiceAccounts: true }],
    ['with an image by digest', { image: `registry.acme.example/patcher@sha256:${'a'.repeat(64)}` }],
    ['with an image by version', { image: 'registry.acme.example:5000/patcher:v0.14' }],
    [
      'with settings of its own',
      { force: false, debug: true, managedOnly: false, runOnce: false, loopDuration: '1m30s' },
    ],
    [
      'with resources',
      { resources: { requests: { cpu: '0.1', memory: '15Mi' }, limits: { 'ephemeral-storage': '1e6' } } },
    ],
  ])('a pull secret may be copied %s', (_, options) => {
    expect(errors(patcher(options))).toEqual([]);
  });

  test.each<[string, object, string, RegExp]>([
    ['a single run', { runOnce: true }, 'option-refused runOnce', /starts again for ever/],
    ['managed Secrets only', { managedOnly: true }, 'option-refused managedOnly', /would stop rotation/],
    ['no account', { serviceAccounts: [] }, 'scope-empty serviceAccounts', /names none/],
    [
      'all and some',
      { serviceAccounts: ['a'], allServiceAccounts: true },
      'options-exclude-each-other serviceAccounts',
      /every/,
    ],
    ['a pattern', { serviceAccounts: ['ci-*'] }, 'name-invalid serviceAccounts.0', /does not know/],
    ['two names in one', { serviceAccounts: ['a,b'] }, 'name-invalid serviceAccounts.0', /must be/],
    ['a name with a space', { serviceAccounts: ['a', ' b'] }, 'name-invalid serviceAccounts.1', /must be/],
    [
      'an image without a tag',
      { image: 'quay.io/titansoft/imagepullsecret-patcher' },
      'image-not-pinned image',
      /tomorrow/,
    ],
    [
      'the latest image',
      { image: 'quay.io/titansoft/imagepullsecret-patcher:latest' },
      'image-not-pinned image',
      /tomorrow/,
    ],
    ['an image that is none', { image: 'Quay.io/X' }, 'image-not-pinned image', /Quay/],
    ['a duration that is none', { loopDuration: '10' }, 'duration-invalid loopDuration', /no duration/],
    ['no duration at all', { loopDuration: '0s' }, 'duration-invalid loopDuration', /no duration/],
    ['a duration too short to wait', { loopDuration: '1ns' }, 'duration-invalid loopDuration', /a second or more/],
    ['a duration too long for Go', { loopDuration: '99999999999999h' }, 'duration-invalid loopDuration', /no duration/],
    ['a negative duration', { loopDuration: '-1s' }, 'duration-invalid loopDuration', /no duration/],
    [
      'a quantity that is none',
      { resources: { limits: { memory: '64MB' } } },
      'quantity-invalid resources.limits.memory',
      /64MB/,
    ],
  ])('%s is refused', (_, options, at, message) => {
    const [code, path] = at.split(' ');
    expect(errors(patcher(options))).toEqual([
      expect.objectContaining({
        at: `${code} pullSecrets.p.distribution.patcher.${path}`,
        message: expect.stringMatching(message),
      }),
    ]);
  });

  test.each<[string, Partial<PullSecretSpec>, Partial<ImagePullSpec>, RegExp, RegExp]>([
    ['for names', { for: { namespaces: ['team-a'] } }, {}, /every namespace/, /kyverno, reflector or replicator/],
    ['for labels', { for: { labels: { a: 'b' } } }, {}, /every namespace/, /kyverno, reflector or replicator/],
    ['with consent', { allow: ['team-*'] }, {}, /every namespace/, /kyverno, reflector or replicator/],
    [
      'but for a pattern',
      {},
      { exclude: [{ namespace: 'kube-*' }] },
      /takes no patterns: kube-\*/,
      /one entry for each/,
    ],
    ['but nowhere', {}, { exclude: [{ pullSecret: 'p' }] }, /takes no patterns: \*/, /one entry/],
    [
      'but for an account',
      {},
      { exclude: [{ namespace: 'a', serviceAccount: 'ci' }] },
      /leave out service account ci/,
      /whole/,
    ],
  ])('a pull secret %s is refused', (_, pullSecret, change, message, hint) => {
    expect(errors({ ...pullSecret, distribution: 'patcher' }, change)).toEqual([
      {
        at: 'scope-refused pullSecrets.p',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      },
    ]);
  });

  test('a source namespace that is none is refused', () => {
    expect(errors(patcher({ namespace: 'A/B' }))).toEqual([
      expect.objectContaining({ at: 'name-invalid pullSecrets.p.distribution' }),
    ]);
  });

  test('what `force` does is said, whichever way it is set', () => {
    expect(warnings(patcher({}))).toContainEqual(expect.stringMatching(/also one that somebody else made/));
    expect(warnings(patcher({ force: false }))).toContainEqual(expect.stringMatching(/rotated never arrives/));
    expect(warnings(patcher({ force: false }))).not.toContainEqual(expect.stringMatching(/somebody else made/));
  });

  test('a name that its pods could not carry as a label is refused', () => {
    const name = 'p'.repeat(50);
    const spec = { pullSecrets: { [name]: { ...base, distribution: 'patcher' as const } } };
    expect(errors({}, spec)).toEqual([
      expect.objectContaining({ at: `name-invalid pullSecrets.${name}`, hint: expect.stringMatching(/by 3$/) }),
    ]);
  });

  test('the choice may be made by the cluster, and is said at the pull secret', () => {
    const clusters = { prod: { distribution: { patcher: { runOnce: true } } } };
    expect(errors({}, { clusters })).toEqual([
      expect.objectContaining({ at: 'option-refused pullSecrets.p.distribution.patcher.runOnce' }),
    ]);
  });
});
