import { type Chart, Testing } from 'cdk8s';
import {
  Cluster,
  type ClusterProps,
  ImagePullApp,
  PullSecret,
  type PullSecretProps,
  Source,
} from '../../../src/index.js';
import { codesOf, deployment, external, inChart } from '../../constructs/in-chart.js';
import { runCel } from './expressions.js';

interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: Readonly<Record<string, never>>;
  readonly imagePullSecrets?: unknown;
  readonly rules?: readonly { readonly verbs: string[]; readonly resourceNames?: string[] }[];
}

const objects = (chart: Chart) => Testing.synth(chart) as Manifest[];
const names = (chart: Chart) =>
  objects(chart).map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace ? `${namespace}/` : ''}${name}`);
const find = (chart: Chart, kind: string) => objects(chart).filter((object) => object.kind === kind);

const clone = { distribution: 'kyverno', attachment: { podPolicy: 'kyverno' } } as const;

test('a pull secret that is cloned brings its source and policies at once', () => {
  expect(names(inChart(clone).chart).sort()).toEqual([
    'ClusterRole image-pull-clone-p:background-controller',
    'ExternalSecret image-pull/p',
    'GeneratingPolicy image-pull-clone-p',
    'MutatingPolicy image-pull-pods-p',
    'Namespace image-pull',
  ]);
});

test('a workload gets nothing on its template, and its namespace no object but itself', () => {
  const { chart, cluster } = inChart(clone);
  cluster.namespace('n').attachFor(deployment(chart, 'n', 'ghcr.io/acme/web'));
  expect(names(chart)).toContain('Namespace n');
  expect(find(chart, 'Deployment')[0]).not.toHaveProperty('spec.template.spec.imagePullSecrets');
  expect(find(chart, 'ServiceAccount')).toEqual([]);
  expect(find(chart, 'ExternalSecret')).toHaveLength(1);
});

test('with an object per namespace the policy comes with the first, and acts where there is one', () => {
  const { chart, cluster } = inChart({ attachment: { podPolicy: 'native' } });
  expect(names(chart)).toEqual([]);
  for (const name of ['b', 'a']) cluster.namespace(name).attachFor(deployment(chart, name, 'ghcr.io/acme/web'));
  expect(find(chart, 'MutatingAdmissionPolicy')).toMatchObject([
    {
      spec: {
        matchConstraints: {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] }],
          },
        },
      },
    },
  ]);
  expect(find(chart, 'MutatingAdmissionPolicyBinding')).toMatchObject([{ spec: { policyName: 'image-pull-pods-p' } }]);
});

test('an image of no registry of the pull secret has no need, so no policy either', () => {
  const { chart, cluster } = inChart({ attachment: { podPolicy: 'native' } });
  cluster.registry('k8s', { host: 'registry.k8s.io', access: 'public' });
  cluster.namespace('n').attachFor(deployment(chart, 'n', 'registry.k8s.io/pause'));
  expect(find(chart, 'MutatingAdmissionPolicy')).toEqual([]);
});

test('cloned Secrets go on lists, where that is the attachment', () => {
  const { chart, cluster } = inChart({ distribution: 'kyverno' });
  cluster.namespace('n').attachFor(deployment(chart, 'n', 'ghcr.io/acme/web'));
  expect(find(chart, 'ServiceAccount')).toMatchObject([{ imagePullSecrets: [{ name: 'p' }] }]);
  expect(find(chart, 'ExternalSecret')).toHaveLength(1);
});

test('the list of an account holds what a policy appends to it', () => {
  const { chart, cluster, ghcr } = inChart({ ...clone, attachment: { serviceAccountPolicy: 'kyverno' } });
  const byList = new PullSecret(cluster, 'q', { registries: [ghcr], source: Source.existing() });
  cluster.namespace('n').serviceAccount('default').attach(byList);
  cluster.namespace('n').serviceAccount('other').attach(byList);
  expect(find(chart, 'ServiceAccount').map(({ imagePullSecrets }) => imagePullSecrets)).toEqual([
    [{ name: 'q' }, { name: 'p' }],
    [{ name: 'q' }],
  ]);
});

test('a pod with a list of its own takes nothing from the account that a policy appends to', () => {
  const { chart, cluster } = inChart({ ...clone, attachment: { serviceAccountPolicy: 'kyverno' } });
  const web = deployment(chart, 'n', 'ghcr.io/acme/web', { imagePullSecrets: [{ name: 'mine' }] });
  cluster.namespace('n').attachFor(web);
  expect(find(chart, 'Deployment')).toMatchObject([
    { spec: { template: { spec: { imagePullSecrets: [{ name: 'mine' }, { name: 'p' }] } } } },
  ]);
});

test.each<[string, Partial<PullSecretProps>, string, object]>([
  ['a namespace that Kyverno leaves out', clone, 'kube-system', {}],
  ['the namespace of the source', clone, 'image-pull', {}],
  [
    'an account that the policy does not select',
    { ...clone, attachment: { serviceAccountPolicy: 'kyverno' } },
    'n',
    { serviceAccountName: 'builder' },
  ],
])('%s fails at once', (_, props, namespace, podSpec) => {
  const { chart, cluster } = inChart(props);
  const web = deployment(chart, namespace, 'ghcr.io/acme/web', podSpec);
  expect(codesOf(() => cluster.namespace(namespace).attachFor(web))).toEqual(['policy-gap']);
});

test('a namespace out of scope cannot be attached to', () => {
  const { cluster, pull } = inChart({ distribution: 'kyverno', for: { labels: { pull: 'yes' } } });
  expect(codesOf(() => cluster.namespace('n').serviceAccount('default').attach(pull))).toEqual(['policy-gap']);
  const labelled = cluster.namespace('m', { labels: { pull: 'yes' } });
  expect(codesOf(() => labelled.serviceAccount('default').attach(pull))).toEqual([]);
});

test('a namespace that was made before cannot become the one of the source', () => {
  const { cluster, ghcr } = inChart();
  cluster.namespace('image-pull');
  const props: PullSecretProps = { registries: [ghcr], source: external, distribution: 'kyverno' };
  expect(codesOf(() => new PullSecret(cluster, 'q', props))).toEqual(['pull-secret-late']);
});

test('sources share a namespace, which is declared once, in the first stage', () => {
  const app = new ImagePullApp();
  const cluster = new Cluster(app, 'prod');
  cluster.registry('a', { host: 'a.example.com' });
  cluster.registry('b', { host: 'b.example.com' });
  new PullSecret(cluster, 'a-pull', { registries: ['a'], source: external, ...clone });
  new PullSecret(cluster, 'b-pull', { registries: ['b'], source: external, ...clone });
  expect([...app.render().keys()].sort()).toEqual([
    'prod/policies/a-pull.yaml',
    'prod/policies/b-pull.yaml',
    'prod/sources/image-pull.yaml',
  ]);
  const text = app.render().get('prod/sources/image-pull.yaml')?.text ?? '';
  expect(text.match(/^kind: .*/gm)).toEqual(['kind: Namespace', 'kind: ExternalSecret', 'kind: ExternalSecret']);
});

const protection = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'ServerSideApply=true,Prune=false,Delete=false',
  'argocd.argoproj.io/sync-wave': '-4',
};

test('a Secret that is cloned from carries what protects its clones', () => {
  const plain = Source.plaintext({ username: 'u', password: 'p', acceptPlaintextInGit: true });
  const { chart } = inChart({ ...clone, source: plain });
  expect(find(chart, 'Secret')[0]?.metadata.annotations).toEqual(protection);
  const metadata = { annotations: { note: 'x' }, labels: { team: 'y' } };
  expect(find(inChart({ ...clone, metadata }).chart, 'ExternalSecret')).toMatchObject([
    {
      spec: {
        target: { template: { metadata: { annotations: { ...protection, note: 'x' }, labels: { team: 'y' } } } },
      },
    },
  ]);
});

test.each<[ClusterProps, PullSecretProps['distribution'], string]>([
  [{}, 'kyverno', 'Orphan'],
  [{ kyverno: '1.18' }, 'kyverno', 'Orphan'],
  [{ kyverno: '1.19' }, 'kyverno', 'Owner'],
  [{ kyverno: '1.18' }, { kyverno: { engine: 'kyvernoLegacy' } }, 'Owner'],
])('with %j and %j the Secret of the source has creationPolicy %s', (clusterProps, distribution = 'kyverno', policy) => {
  const { chart } = inChart({ distribution }, clusterProps);
  expect(find(chart, 'ExternalSecret')).toMatchObject([{ spec: { target: { creationPolicy: policy } } }]);
});

test.each<[Partial<PullSecretProps>, string[]]>([
  [clone, ['create list watch', 'delete get update p']],
  [{ distribution: { kyverno: { engine: 'kyvernoLegacy' } } }, ['get list', 'create delete get list update']],
  [
    { source: Source.existing(), attachment: { serviceAccountPolicy: 'kyverno', serviceAccounts: ['a', 'b'] } },
    ['list', 'get update a b', 'get list watch'],
  ],
  [
    { source: Source.existing(), attachment: { serviceAccountPolicy: 'kyverno', serviceAccounts: ['*'] } },
    ['list', 'get update', 'get list watch'],
  ],
  [{ source: Source.existing(), attachment: { serviceAccountPolicy: 'kyvernoLegacy' } }, ['get update default']],
  [
    { source: Source.existing(), attachment: { serviceAccountPolicy: 'kyvernoLegacy', serviceAccounts: ['ci-*'] } },
    ['get update', 'list'],
  ],
  [{ source: Source.existing(), attachment: { podPolicy: 'kyverno' } }, []],
  [{ source: Source.existing(), attachment: { podPolicy: 'kyvernoLegacy' } }, []],
  [{ source: Source.existing(), attachment: { podPolicy: 'native' } }, []],
  [{ source: Source.existing(), attachment: { serviceAccountPolicy: 'native' } }, []],
])('%j gives no more rights than %j', (props, expected) => {
  const rules = find(inChart(props).chart, 'ClusterRole').flatMap((role) => role.rules ?? []);
  expect(rules.map(({ verbs, resourceNames = [] }) => [...verbs, ...resourceNames].join(' '))).toEqual(expected);
});

test('v1beta1 is written only when asked for', () => {
  const attachment = { podPolicy: 'native', apiVersion: 'v1beta1' } as const;
  const { chart } = inChart({ source: Source.existing(), attachment }, { kubernetes: '1.35' });
  expect(Testing.synth(chart)).toMatchObject([
    { apiVersion: 'admissionregistration.k8s.io/v1beta1' },
    { apiVersion: 'admissionregistration.k8s.io/v1beta1' },
  ]);
});

test('a registry that is declared after the pull secret counts', () => {
  const { chart, cluster } = inChart({ source: Source.existing(), attachment: { podPolicy: 'native' } });
  cluster.registry('labs', { preset: 'ghcr', path: 'acme/labs', access: 'public' });
  expect(JSON.stringify(objects(chart))).toContain('ghcr.io/acme/labs/');
});

interface Conditional {
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly mutations: readonly { readonly jsonPatch: { readonly expression: string } }[];
}

test.each([
  'kyverno',
  'native',
] as const)('%s appends to a list, makes one where there is none, and never twice', (engine) => {
  const { chart } = inChart({ source: Source.existing(), attachment: { podPolicy: engine } });
  const spec = objects(chart)[0]?.spec as unknown as Conditional;
  const missing = spec.matchConditions?.find(({ name }) => name === 'not-there-yet')?.expression ?? '';
  expect(missing).toBe('!object.spec.?imagePullSecrets.orValue([]).exists(s, s.name == "p")');
  const patch = spec.mutations[0]?.jsonPatch.expression ?? '';
  expect(patch).toContain('path: "/spec/imagePullSecrets/-"');
  expect(patch).toMatch(/^has\(object\.spec\.imagePullSecrets\) \? \[.*\] : \[.*value: \[.*\]\}\]$/);
});

test('patterns of namespaces become a condition, names a selector', () => {
  const scoped = { for: { namespaces: ['team-*', 'shop'] }, allow: ['team-a', 'shop'] };
  const { chart } = inChart({ ...clone, ...scoped }, { exclude: [{ namespace: 'team-z*' }] });
  const spec = find(chart, 'MutatingPolicy')[0]?.spec as unknown as Conditional & { matchConstraints: unknown };
  expect(spec.matchConstraints).toMatchObject({
    namespaceSelector: {
      matchExpressions: [
        { operator: 'In', values: ['shop', 'team-a'] },
        { operator: 'NotIn', values: ['image-pull'] },
      ],
    },
  });
  const condition = spec.matchConditions?.[0]?.expression ?? '';
  const holds = (namespace: string) => runCel(condition, { object: { metadata: { namespace } } });
  expect(['team-a', 'shop', 'team-zoo', 'other'].map(holds)).toEqual([true, true, false, false]);
});

test('a policy that clones sees every namespace, so that one that leaves its scope loses the clone', () => {
  const scoped = { for: { namespaces: ['team-*'], labels: { pull: 'yes' } } };
  const { chart } = inChart({ ...clone, ...scoped }, { exclude: [{ namespace: 'team-z*' }] });
  const spec = find(chart, 'GeneratingPolicy')[0]?.spec as unknown as Conditional & { matchConstraints: unknown };
  expect(spec.matchConstraints).not.toHaveProperty('namespaceSelector');
  const condition = spec.matchConditions?.[0]?.expression ?? '';
  const holds = (name: string, labels?: object) =>
    runCel(condition, { object: { metadata: { name, ...(labels && { labels }) } } });
  expect(holds('team-a', { pull: 'yes' })).toBe(true);
  expect(holds('team-a', { pull: 'no' })).toBe(false);
  expect(holds('team-a')).toBe(false);
  expect(holds('team-zoo', { pull: 'yes' })).toBe(false);
  expect(holds('image-pull', { pull: 'yes' })).toBe(false);
});

describe('a Kyverno policy for accounts', () => {
  const attachment = { serviceAccountPolicy: 'kyverno', serviceAccounts: ['default', 'ci-*'] } as const;
  const policyOf = (clusterProps: ClusterProps = {}) => {
    const { chart } = inChart({ distribution: 'kyverno', attachment, for: { namespaces: ['team-*'] } }, clusterProps);
    return find(chart, 'MutatingPolicy')[0]?.spec as unknown as Conditional & { evaluation: unknown };
  };

  test('asks its conditions of accounts that exist, of which Kyverno does not', () => {
    const { matchConditions = [], mutations } = policyOf();
    expect(matchConditions.map(({ name }) => name)).toEqual(['in-scope', 'selected', 'not-there-yet']);
    const patch = mutations[0]?.jsonPatch.expression ?? '';
    for (const { expression } of matchConditions) expect(patch).toContain(`(${expression})`);
    expect(patch.endsWith(' : []')).toBe(true);
  });

  test('sees what other policies write, where the version is known to have the field', () => {
    expect(policyOf().evaluation).toEqual({ mutateExisting: { enabled: true } });
    expect(policyOf({ kyverno: '1.18' }).evaluation).toEqual({ mutateExisting: { enabled: true } });
    expect(policyOf({ kyverno: '1.19' }).evaluation).toEqual({
      mutateExisting: { enabled: true },
      skipBackgroundRequests: false,
    });
  });
});
