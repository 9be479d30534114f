import { type JudgedPlan, planAccess } from '../../../src/model/plan/access-plan.js';
import type { DistributionSpec } from '../../../src/model/vocabulary/picks.js';
import type { ImagePullSpec, PullSecretSpec } from '../../../src/model/vocabulary/spec.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const image = 'a.example.com/x';
const source = { external: { store: 'v', key: 'k' } };

/** A plan with one pull secret `p` for registry `a`. */
function plan(
  yaml: string,
  distribution: DistributionSpec,
  pullSecret: Partial<PullSecretSpec> = {},
  change: Partial<ImagePullSpec> = {},
): JudgedPlan {
  const registries = { a: { host: 'a.example.com' }, b: { host: 'b.example.com' } };
  const pullSecrets = { p: { registries: ['a'], source, distribution, ...pullSecret }, ...change.pullSecrets };
  return planAccess(inventoryOf(yaml), prod({ ...change, registries, pullSecrets }));
}

const account = (name: string, rest = '') =>
  `---\n{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: n }${rest} }\n`;
const unpatched = (name: string) =>
  `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, annotations: { k8s.titansoft.com/imagepullsecret-patcher-exclude: "true" } } }\n`;
const findings = ({ problems }: JudgedPlan) =>
  problems.filter(({ code }) => code !== 'policy-window').map(({ code, message, hint }) => ({ code, message, hint }));

test.each<[DistributionSpec, string]>([
  ['reflector', 'reflector'],
  ['replicator', 'kubernetes-replicator'],
])('%s brings a pull secret that a list of ours names', (distribution, copiedBy) => {
  const result = plan(deployment('n', 'x', [image]), distribution);
  expect(result.secrets).toEqual([
    { namespace: 'image-pull', pullSecret: 'p', registries: ['a'], write: true },
    { namespace: 'n', pullSecret: 'p', registries: ['a'], write: false, copiedBy },
  ]);
  expect(result.accounts).toMatchObject([{ namespace: 'n', name: 'default', pullSecrets: ['p'], owner: 'write' }]);
  expect(result.deliveries).toEqual([]);
  expect(findings(result)).toEqual([]);
});

test.each<[DistributionSpec, Partial<PullSecretSpec>]>([
  ['reflector', { for: { namespaces: ['team-*'] } }],
  ['replicator', { for: { namespaces: ['team-*'] } }],
])('a need said by hand where %s does not copy is a finding', (distribution, pullSecret) => {
  const result = plan('', distribution, pullSecret, { namespaces: { n: { pullSecrets: ['p'] } } });
  expect(findings(result)).toEqual([
    expect.objectContaining({
      code: 'policy-gap',
      message: expect.stringMatching(/does not bring p into namespace n/),
    }),
  ]);
});

test('the patcher puts a pull secret on lists: nothing is written for the account, and the plan says who does it', () => {
  const result = plan(deployment('n', 'x', [image]), 'patcher');
  expect(result.accounts).toEqual([]);
  expect(result.policies).toMatchObject([
    { policy: 'image-pull-copy-p', by: 'imagepullsecret-patcher', namespace: 'n', serviceAccount: 'default' },
  ]);
  expect(result.deliveries).toEqual(['image-pull-copy-p']);
  expect(findings(result)).toEqual([]);
});

test('an account that the patcher does not know is a finding, with the option that reaches it', () => {
  const yaml = deployment('n', 'x', [image], 'serviceAccountName: builder,') + account('builder');
  expect(findings(plan(yaml, 'patcher'))).toEqual([
    {
      code: 'policy-gap',
      message: 'imagepullsecret-patcher does not patch service account builder of namespace n',
      hint: 'distribution: { patcher: { serviceAccounts: [default, builder] } }',
    },
  ]);
  expect(findings(plan(yaml, { patcher: { serviceAccounts: ['builder'] } }))).toEqual([]);
  expect(findings(plan(yaml, { patcher: { allServiceAccounts: true } }))).toEqual([]);
});

test.each<[string, string, Partial<ImagePullSpec>]>([
  ['the namespace of the source', deployment('image-pull', 'x', [image]), {}],
  ['a namespace with the annotation', deployment('n', 'x', [image]) + unpatched('n'), {}],
  [
    'the namespace of another patcher',
    deployment('other', 'x', [image]),
    { pullSecrets: { q: { registries: ['b'], source, distribution: { patcher: { namespace: 'other' } } } } },
  ],
])('a need in %s is a finding', (_, yaml, change) => {
  expect(findings(plan(yaml, 'patcher', {}, change)).map(({ code }) => code)).toEqual(['policy-gap']);
});

test('a pod with a list of its own gets the name on its template', () => {
  const yaml = deployment('n', 'x', [image], 'imagePullSecrets: [{ name: mine }],');
  const result = plan(yaml, 'patcher');
  expect(result.templates).toMatchObject([{ missing: ['p'] }]);
  expect(result.policies).toEqual([]);
});

test('a list of ours keeps what the patcher appends, which it would take off again otherwise', () => {
  const other: Partial<ImagePullSpec> = { pullSecrets: { q: { registries: ['b'], source } } };
  const yaml = deployment('n', 'x', ['b.example.com/y']);
  expect(plan(yaml, 'patcher', {}, other).accounts).toMatchObject([{ pullSecrets: ['q'], keep: ['p'] }]);
  const excluded = { ...other, exclude: [{ namespace: 'n', pullSecret: 'p' }] };
  expect(plan(yaml, 'patcher', {}, excluded).accounts).toMatchObject([{ pullSecrets: ['q'], keep: [] }]);
  expect(plan(yaml + unpatched('n'), 'patcher', {}, other).accounts).toMatchObject([{ keep: [] }]);
});

test('a list that a manifest declares fights with the patcher', () => {
  const yaml = account('default', ', imagePullSecrets: [{ name: mine }]');
  expect(findings(plan(yaml, 'patcher'))).toEqual([
    expect.objectContaining({
      code: 'account-list-fights',
      message: 'service account n/default declares its list, to which imagepullsecret-patcher appends p',
    }),
  ]);
});

test.each<[DistributionSpec]>([
  ['reflector'],
  ['replicator'],
  ['patcher'],
])('a Secret of a manifest where %s copies is a finding', (distribution) => {
  const yaml = '---\n{ apiVersion: v1, kind: Secret, metadata: { name: p, namespace: n } }\n';
  expect(findings(plan(yaml, distribution))).toEqual([expect.objectContaining({ code: 'declared-elsewhere' })]);
  const outside = plan(yaml, distribution, {}, { exclude: [{ namespace: 'n' }] });
  expect(findings(outside)).toEqual([]);
});

test('that copies come late is said once, with who brings which', () => {
  const change = { pullSecrets: { q: { registries: ['b'], source, distribution: 'patcher' as const } } };
  const windows = plan('', 'reflector', {}, change).problems.filter(({ code }) => code === 'policy-window');
  expect(windows.map(({ message }) => message)).toEqual([
    'cluster prod: copies come some seconds after their source or their namespace: p by reflector, q by imagepullsecret-patcher',
  ]);
});
