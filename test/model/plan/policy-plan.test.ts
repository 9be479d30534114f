import { type JudgedPlan, planAccess } from '../../../src/model/plan/access-plan.js';
import type { AttachmentSpec, DistributionSpec } from '../../../src/model/vocabulary/picks.js';
import type { ImagePullSpec, PullSecretSpec } from '../../../src/model/vocabulary/spec.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const image = 'a.example.com/x';
const source = { external: { store: 'v', key: 'k' } };

/** A plan with one pull secret `p` for registry `a`. */
function plan(
  yaml: string,
  pullSecret: Partial<PullSecretSpec>,
  change: Partial<ImagePullSpec> = {},
  cluster: ImagePullSpec['clusters'][string] = {},
): JudgedPlan {
  const registries = { a: { host: 'a.example.com' }, b: { host: 'b.example.com' }, ...change.registries };
  const pullSecrets = { p: { registries: ['a'], source, ...pullSecret }, ...change.pullSecrets };
  return planAccess(inventoryOf(yaml), prod({ ...change, registries, pullSecrets }, cluster));
}

const clone: DistributionSpec = 'kyverno';
const podPolicy: AttachmentSpec = { podPolicy: 'kyverno' };
const accountPolicy: AttachmentSpec = { serviceAccountPolicy: 'kyverno' };
const findings = ({ problems }: JudgedPlan) =>
  problems.filter(({ code }) => code !== 'policy-window').map(({ code }) => code);
/** A BuildConfig whose image is named at a path. */
const build = (strategy: string, pullSecret = '') =>
  `{ apiVersion: build.openshift.io/v1, kind: BuildConfig, metadata: { name: x, namespace: n }, spec: { strategy: { ${strategy}: { from: { kind: DockerImage, name: ${image} }${pullSecret && `, pullSecret: { name: ${pullSecret} }`} } } } }`;
const buildSource = `{ apiVersion: build.openshift.io/v1, kind: BuildConfig, metadata: { name: x, namespace: n }, spec: { source: { images: [{ from: { kind: DockerImage, name: ${image} } }] } } }`;
const namespace = (name: string, labels = '') =>
  `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: { ${labels} } } }\n`;
const account = (name: string, rest = '', labels = '') =>
  `---\n{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: n, labels: { ${labels} } }${rest && `, ${rest}`} }\n`;

test('a policy on pods puts nothing on a list or a template', () => {
  const result = plan(deployment('n', 'x', [image]), { distribution: clone, attachment: podPolicy });
  expect(result.accounts).toEqual([]);
  expect(result.templates).toEqual([]);
  expect(result.policies).toMatchObject([
    { policy: 'image-pull-pods-p', namespace: 'n', pullSecret: 'p', serviceAccount: undefined },
  ]);
  expect(findings(result)).toEqual([]);
});

test('a policy on pods adds to a pod with a list of its own', () => {
  const yaml = deployment('n', 'x', [image], 'imagePullSecrets: [{ name: mine }],');
  const result = plan(yaml, { distribution: clone, attachment: podPolicy });
  expect(result.templates).toEqual([]);
  expect(result.policies).toHaveLength(1);
});

test('a pod with a list of its own takes nothing from the account that a policy appends to', () => {
  const yaml = deployment('n', 'x', [image], 'imagePullSecrets: [{ name: mine }],');
  const result = plan(yaml, { distribution: clone, attachment: accountPolicy });
  expect(result.templates).toMatchObject([{ missing: ['p'] }]);
  expect(result.policies).toEqual([]);
});

test('an empty template that gets a list gets what policies append to the account, too', () => {
  const yaml = deployment('n', 'x', ['b.example.com/y']);
  const result = plan(
    yaml,
    { distribution: clone, attachment: accountPolicy },
    { pullSecrets: { q: { registries: ['b'], source, attachment: 'podTemplate' } } },
  );
  expect(result.templates).toMatchObject([{ missing: ['p', 'q'] }]);
});

test('the source is written once, whoever needs it; nothing is written where it is cloned', () => {
  const result = plan(deployment('n', 'x', [image]), { distribution: clone });
  expect(result.secrets).toEqual([
    { namespace: 'image-pull', pullSecret: 'p', registries: ['a'], write: true },
    { namespace: 'n', pullSecret: 'p', registries: ['a'], write: false, copiedBy: 'policy image-pull-clone-p' },
  ]);
  expect(result.accounts).toMatchObject([{ name: 'default', pullSecrets: ['p'], owner: 'write' }]);
  expect(plan(deployment('n', 'x', ['b.example.com/y']), { distribution: clone }).secrets).toHaveLength(1);
});

test('a need said by hand is answered by the policy', () => {
  const namespaces = { n: { pullSecrets: ['p'] } };
  expect(plan('', { attachment: podPolicy }, { namespaces }).policies).toMatchObject([{ namespace: 'n' }]);
});

test('policies are named where they are written, and their window is said once', () => {
  const result = plan(deployment('n', 'x', [image]), { distribution: clone, attachment: podPolicy });
  expect(result.deliveries).toEqual(['image-pull-clone-p', 'image-pull-pods-p']);
  expect(result.problems.filter(({ code }) => code === 'policy-window')).toHaveLength(1);
  expect(plan('', { attachment: podPolicy }).deliveries).toEqual([]);
});

test.each<[string, string, Partial<PullSecretSpec>, Partial<ImagePullSpec>]>([
  ['a namespace that Kyverno leaves out', deployment('kube-system', 'x', [image]), { attachment: podPolicy }, {}],
  ['a clone that Kyverno leaves out', deployment('kyverno', 'x', [image]), { distribution: clone }, {}],
  ['the namespace of the source', deployment('image-pull', 'x', [image]), { distribution: clone }, {}],
  [
    'a namespace by hand that is out of scope',
    '',
    { distribution: clone, attachment: podPolicy, for: { namespaces: ['team-*'] } },
    { namespaces: { n: { pullSecrets: ['p'] } } },
  ],
  [
    'an account that the policy does not select',
    deployment('n', 'x', [image], 'serviceAccountName: builder,') + account('builder'),
    { distribution: clone, attachment: accountPolicy },
    {},
  ],
  [
    'an account that lacks the label',
    deployment('n', 'x', [image], 'serviceAccountName: builder,') + account('builder'),
    { distribution: clone, attachment: { serviceAccountPolicy: 'kyverno', labels: { pull: 'yes' } } },
    {},
  ],
  [
    'an account of which nobody knows whether it has the label',
    deployment('n', 'x', [image]),
    { distribution: clone, attachment: { serviceAccountPolicy: 'kyverno', labels: { pull: 'yes' } } },
    {},
  ],
  [
    'an image that Knative looks up before there is a pod',
    `{ apiVersion: serving.knative.dev/v1, kind: Service, metadata: { name: x, namespace: n }, spec: { template: { spec: { containers: [{ image: ${image} }] } } } }`,
    { distribution: clone, attachment: podPolicy },
    {},
  ],
  [
    'an image of a debug container',
    `{ apiVersion: v1, kind: Pod, metadata: { name: x, namespace: n }, spec: { containers: [], ephemeralContainers: [{ name: d, image: ${image} }] } }`,
    { distribution: clone, attachment: podPolicy },
    {},
  ],
  ['the image of a source build', build('sourceStrategy'), { distribution: clone, attachment: podPolicy }, {}],
  ['the image of a Docker build', build('dockerStrategy'), { distribution: clone, attachment: podPolicy }, {}],
  ['an image that a build takes files from', buildSource, { distribution: clone, attachment: podPolicy }, {}],
  [
    'the image of a build whose account a policy appends to',
    build('sourceStrategy'),
    { distribution: clone, attachment: { serviceAccountPolicy: 'kyverno', serviceAccounts: ['builder'] } },
    {},
  ],
])('%s is a gap', (_, yaml, pullSecret, change) => {
  const result = plan(yaml, pullSecret, change);
  expect(findings(result)).toEqual(['policy-gap']);
  expect(result.policies).toEqual([]);
});

test.each([
  ['names its pull secret', build('sourceStrategy', 'p')],
  ['runs the image as its pod', build('customStrategy')],
])('a build that %s has no gap', (_, yaml) => {
  expect(findings(plan(yaml, { distribution: clone, attachment: podPolicy }))).toEqual([]);
});

test.each<[string, string, AttachmentSpec]>([
  ['by pattern', account('ci-web'), { serviceAccountPolicy: 'kyverno', serviceAccounts: ['ci-*'] }],
  ['by label', account('ci-web', '', 'pull: "yes"'), { serviceAccountPolicy: 'kyverno', labels: { pull: 'yes' } }],
  ['with all others', '', { serviceAccountPolicy: 'kyverno', serviceAccounts: ['*'] }],
])('an account that is selected %s has no gap', (_, yaml, attachment) => {
  const workload = deployment('n', 'x', [image], 'serviceAccountName: ci-web,');
  const result = plan(workload + yaml, { distribution: clone, attachment });
  expect(findings(result)).toEqual([]);
  expect(result.policies).toMatchObject([{ serviceAccount: 'ci-web', policy: 'image-pull-accounts-p' }]);
});

test('the API server itself leaves no namespace out', () => {
  const yaml = deployment('kube-system', 'x', [image]);
  expect(findings(plan(yaml, { attachment: { podPolicy: 'native' } }))).toEqual([]);
});

test('a clone target that a manifest declares is a finding, whether something needs it or not', () => {
  const secret = (name: string) =>
    `{ apiVersion: v1, kind: Secret, type: kubernetes.io/dockerconfigjson, metadata: { name: p, namespace: ${name} } }\n`;
  expect(findings(plan(secret('n'), { distribution: clone }))).toEqual(['declared-elsewhere']);
  expect(findings(plan(secret('n'), { distribution: clone, for: { namespaces: ['m'] } }))).toEqual([]);
  expect(findings(plan(secret('n'), {}))).toEqual([]);
  const both = `${secret('n')}---\n${deployment('n', 'x', [image])}`;
  expect(findings(plan(both, { distribution: clone }))).toEqual(['declared-elsewhere']);
});

test('a source that a manifest declares too is an error', () => {
  const yaml =
    '{ apiVersion: v1, kind: Secret, type: kubernetes.io/dockerconfigjson, metadata: { name: p, namespace: image-pull } }';
  expect(findings(plan(yaml, { distribution: clone }))).toEqual(['source-declared-elsewhere']);
});

test('a namespace of sources that a manifest declares comes too late', () => {
  expect(findings(plan(namespace('image-pull'), { distribution: clone }))).toEqual(['namespace-later']);
});

describe('the list of an account to which a policy appends', () => {
  const byList = { q: { registries: ['b'], source } };

  test('holds the name where the output declares it', () => {
    const yaml = deployment('n', 'x', ['b.example.com/y']);
    const { accounts } = plan(yaml, { distribution: clone, attachment: accountPolicy }, { pullSecrets: byList });
    expect(accounts).toMatchObject([{ pullSecrets: ['q'], keep: ['p'] }]);
  });

  test('must hold it where a manifest declares it', () => {
    const yaml = deployment('n', 'x', ['b.example.com/y']) + account('default', 'imagePullSecrets: [{ name: q }]');
    const { accounts } = plan(yaml, { distribution: clone, attachment: accountPolicy }, { pullSecrets: byList });
    expect(accounts).toMatchObject([{ missing: ['p'] }]);
  });

  test('fights where a manifest declares it and nothing of ours is on it', () => {
    const policy = { distribution: clone, attachment: accountPolicy };
    expect(findings(plan(account('default', 'imagePullSecrets: [{ name: mine }]'), policy))).toEqual([
      'account-list-fights',
    ]);
    expect(findings(plan(account('default', 'imagePullSecrets: [{ name: p }]'), policy))).toEqual([]);
    expect(findings(plan(account('default'), policy))).toEqual([]);
    expect(findings(plan(account('other', 'imagePullSecrets: [{ name: mine }]'), policy))).toEqual([]);
  });

  test('takes the names of two policies', () => {
    const yaml = deployment('n', 'x', ['c.example.com/y']);
    const { accounts } = plan(
      yaml,
      { distribution: clone, attachment: accountPolicy },
      {
        registries: { c: { host: 'c.example.com' } },
        pullSecrets: {
          q: { registries: ['b'], source, distribution: clone, attachment: accountPolicy },
          r: { registries: ['c'], source },
        },
      },
    );
    expect(accounts).toMatchObject([{ pullSecrets: ['r'], keep: ['p', 'q'] }]);
  });
});
