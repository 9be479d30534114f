import { Testing } from 'cdk8s';
import {
  Cluster,
  type ClusterProps,
  type ExternalSourceSpec,
  PullSecret,
  type PullSecretProps,
} from '../../../src/index.js';
import { picksOfSpecs } from '../../../src/model/vocabulary/picks.js';
import { externalSource, sourceObjectsOf } from '../../../src/model/vocabulary/sources.js';

interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Record<string, string>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

interface Given extends Omit<PullSecretProps, 'registries' | 'source'> {
  readonly external: ExternalSourceSpec;
  readonly cluster?: ClusterProps;
  readonly namespaces?: readonly string[];
}

/** What is written for a pull secret of two registries, the first of which is needed in these namespaces. */
function written({ external, cluster: props = {}, namespaces = ['team-a'], ...rest }: Given): Written[] {
  const chart = Testing.chart();
  const cluster = new Cluster(chart, 'prod', props);
  const registries = [
    cluster.registry('ecr-a', { preset: 'ecr', account: '123456789012', region: 'eu-west-1', path: 'a' }),
    cluster.registry('ecr-b', { preset: 'ecr', account: '123456789012', region: 'eu-west-1', path: 'b' }),
  ];
  const pull = new PullSecret(cluster, 'p', { registries, source: { external }, ...rest });
  for (const name of namespaces)
    cluster
      .namespace(name)
      .serviceAccount('default')
      .attach(pull, { registries: ['ecr-a'] });
  return Testing.synth(chart) as Written[];
}

const find = (objects: readonly Written[], kind: string, namespace?: string) =>
  objects.find((each) => each.kind === kind && each.metadata.namespace === namespace);
const kinds = (objects: readonly Written[]) =>
  objects.map(({ kind, metadata: { name, namespace } }) => [kind, namespace, name].filter(Boolean).join(' ')).sort();

const generator = { ecr: { region: 'eu-west-1', auth: { jwt: { serviceAccountRef: { name: 'reader' } } } } };
const keys = { 'ecr-a': 'registries/a', 'ecr-b': 'registries/b' };
const ref = (kind: string) => [
  {
    sourceRef: {
      generatorRef: {
        apiVersion: 'generators.external-secrets.io/v1alpha1',
        kind,
        name: 'image-pull-source-p',
      },
    },
  },
];

test('a generator that every namespace reads is one for the cluster', () => {
  const objects = written({ external: { generator }, namespaces: ['team-a', 'team-b'] });
  expect(find(objects, 'ClusterGenerator')).toMatchObject({
    apiVersion: 'generators.external-secrets.io/v1alpha1',
    metadata: { name: 'image-pull-source-p' },
    spec: { kind: 'ECRAuthorizationToken', generator: { ecrAuthorizationTokenSpec: generator.ecr } },
  });
  for (const namespace of ['team-a', 'team-b']) {
    const { spec } = find(objects, 'ExternalSecret', namespace) ?? {};
    expect(spec).toMatchObject({ dataFrom: ref('ClusterGenerator'), refreshInterval: '8h0m0s' });
    expect(spec).not.toHaveProperty('secretStoreRef');
    expect(spec).not.toHaveProperty('data');
  }
});

test('a generator that one namespace reads is in that one, out of the reach of others', () => {
  const objects = written({ external: { generator, fanOut: 'hub' } });
  expect(find(objects, 'ClusterGenerator')).toBeUndefined();
  expect(find(objects, 'ECRAuthorizationToken', 'image-pull')?.spec).toEqual(generator.ecr);
  expect(find(objects, 'ExternalSecret', 'image-pull')?.spec).toMatchObject({ dataFrom: ref('ECRAuthorizationToken') });
  const cloned = written({ external: { generator }, distribution: { kyverno: { namespace: 'access' } } });
  expect(find(cloned, 'ECRAuthorizationToken', 'access')?.spec).toEqual(generator.ecr);
  expect(find(cloned, 'ExternalSecret', 'access')?.spec).toMatchObject({ dataFrom: ref('ECRAuthorizationToken') });
});

test('nothing is written for a pull secret that no namespace has', () => {
  expect(written({ external: { store: 'v', keys, fanOut: 'hub' }, namespaces: [] })).toEqual([]);
  expect(written({ external: { generator }, namespaces: [] })).toEqual([]);
});

test('a hub reads every registry once, and namespaces read from it what they need', () => {
  const objects = written({ external: { store: 'v', storeKind: 'SecretStore', keys, fanOut: 'hub' } });
  expect(kinds(objects)).toEqual([
    'ClusterSecretStore image-pull-source-p',
    'ExternalSecret image-pull image-pull-source-p',
    'ExternalSecret team-a p',
    'Namespace image-pull',
    'Namespace team-a',
    'Role image-pull image-pull-source-p',
    'RoleBinding image-pull image-pull-source-p',
    'ServiceAccount image-pull image-pull-source-p',
    'ServiceAccount team-a default',
  ]);
  const hub = find(objects, 'ExternalSecret', 'image-pull')?.spec;
  expect(hub).toMatchObject({
    data: [
      { remoteRef: { key: 'registries/a', property: 'password' }, secretKey: 'ecr_a_password' },
      { remoteRef: { key: 'registries/b', property: 'password' }, secretKey: 'ecr_b_password' },
    ],
    secretStoreRef: { kind: 'SecretStore', name: 'v' },
    target: { name: 'image-pull-source-p', template: { engineVersion: 'v2', type: 'Opaque' } },
  });
  expect(find(objects, 'ExternalSecret', 'team-a')?.spec).toMatchObject({
    data: [{ remoteRef: { key: 'image-pull-source-p', property: 'ecr_a_password' }, secretKey: 'ecr_a_password' }],
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'image-pull-source-p' },
    target: { name: 'p', template: { type: 'kubernetes.io/dockerconfigjson' } },
  });
});

test("the hub's Secret has no labels and annotations of the pull secret, which something that copies may look for", () => {
  const metadata = { labels: { team: 'a' }, annotations: { 'reflector.example/auto': 'true' } };
  const objects = written({ external: { store: 'v', keys, fanOut: 'hub' }, metadata });
  const hub = find(objects, 'ExternalSecret', 'image-pull');
  expect(hub?.spec?.target).toMatchObject({ template: { engineVersion: 'v2', type: 'Opaque' } });
  expect(JSON.stringify(hub?.spec)).not.toContain('reflector');
  expect(JSON.stringify(find(objects, 'ExternalSecret', 'team-a')?.spec)).toContain('reflector');
});

test.each<[string, Omit<Given, 'external'>, ExternalSourceSpec]>([
  ['a generator', {}, { generator }],
  ['a hub', {}, { store: 'v', keys, fanOut: 'hub' }],
  ['a hub with a generator', {}, { generator, fanOut: { hub: { namespace: 'access' } } }],
  ['a generator that is read once for clones', { distribution: 'kyverno' }, { generator }],
])('the model knows what %s brings along', (_, given, external) => {
  const objects = written({ external, ...given });
  const named = objects.filter(({ metadata: { name } }) => name === 'image-pull-source-p');
  const { distribution } = picksOfSpecs(given.distribution ?? 'perNamespace', 'serviceAccount');
  const known = sourceObjectsOf({ source: externalSource(external), distribution });
  expect(kinds(named)).toEqual(
    known.map(({ kind, namespace }) => [kind, namespace, 'image-pull-source-p'].filter(Boolean).join(' ')).sort(),
  );
});

test("the store's account may get the hub's one Secret, and no more", () => {
  const objects = written({ external: { store: 'v', keys, fanOut: { hub: { namespace: 'access' } } } });
  expect(find(objects, 'Role', 'access')?.rules).toEqual([
    { apiGroups: [''], resourceNames: ['image-pull-source-p'], resources: ['secrets'], verbs: ['get'] },
  ]);
  expect(find(objects, 'RoleBinding', 'access')).toMatchObject({
    roleRef: { kind: 'Role', name: 'image-pull-source-p' },
    subjects: [{ kind: 'ServiceAccount', name: 'image-pull-source-p', namespace: 'access' }],
  });
  expect(find(objects, 'ServiceAccount', 'access')).toMatchObject({ automountServiceAccountToken: false });
});

const conditionsOf = (objects: readonly Written[]) => find(objects, 'ClusterSecretStore')?.spec?.conditions;

test('the store serves the namespaces that have an object reading it', () => {
  const external: ExternalSourceSpec = { store: 'v', keys, fanOut: 'hub' };
  expect(conditionsOf(written({ external, namespaces: ['b', 'a', 'image-pull-x'] }))).toEqual([
    { namespaces: ['a', 'b', 'image-pull-x'] },
  ]);
});

test.each<[string, Omit<Given, 'external'>, unknown]>([
  [
    'labels',
    { for: { labels: { team: 'shop' } } },
    {
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['image-pull'] }],
      matchLabels: { team: 'shop' },
    },
  ],
  [
    'names, of which both lists have to have one',
    { for: { namespaces: ['b', 'a'] }, allow: ['a', 'c'] },
    {
      matchExpressions: [
        { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] },
        { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'c'] },
        { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['image-pull'] },
      ],
    },
  ],
  [
    'no name that is excluded',
    { cluster: { exclude: [{ namespace: 'kube-system' }] } },
    {
      matchExpressions: [
        { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['image-pull', 'kube-system'] },
      ],
    },
  ],
])('a ClusterExternalSecret selects by %s, and so does the store of its hub', (_, given, selector) => {
  const objects = written({
    external: { generator, fanOut: 'hub' },
    distribution: 'clusterExternalSecret',
    namespaces: [],
    ...given,
  });
  const copier = find(objects, 'ClusterExternalSecret');
  expect(copier?.metadata.name).toBe('image-pull-copy-p');
  expect(copier?.spec).toMatchObject({ externalSecretName: 'p', namespaceSelectors: [selector] });
  expect(conditionsOf(objects)).toEqual([{ namespaceSelector: selector }]);
});

test('a ClusterExternalSecret without bounds and without a hub is for every namespace', () => {
  const objects = written({ external: { generator }, distribution: 'clusterExternalSecret', namespaces: [] });
  expect(find(objects, 'ClusterExternalSecret')?.spec).toMatchObject({ namespaceSelectors: [{}] });
});

test('its ExternalSecrets have all registries, and labels and annotations of the pull secret', () => {
  const metadata = { labels: { team: 'platform' }, annotations: { note: '{{ .password }}' } };
  const objects = written({ external: { store: 'v', keys }, distribution: 'clusterExternalSecret', metadata });
  const { spec } = find(objects, 'ClusterExternalSecret') ?? {};
  expect(spec).toMatchObject({
    externalSecretMetadata: metadata,
    externalSecretSpec: {
      data: [{ secretKey: 'ecr_a_password' }, { secretKey: 'ecr_b_password' }],
      target: {
        template: { metadata: { annotations: { note: '{{ "{{" }} .password }}' }, labels: { team: 'platform' } } },
      },
    },
  });
  expect(find(objects, 'ExternalSecret', 'team-a')).toBeUndefined();
});

test('a namespace that a ClusterExternalSecret does not reach is said at once', () => {
  const outside = () =>
    written({ external: { generator }, distribution: 'clusterExternalSecret', for: { namespaces: ['team-b'] } });
  expect(outside).toThrow(/ClusterExternalSecret image-pull-copy-p does not bring pull secret p into namespace team-a/);
});

test.each([
  ['argocd', 'argocd.argoproj.io/sync-wave', ['-5', '-4', '-3']],
  ['flux', 'kustomize.toolkit.fluxcd.io/substitute', ['disabled', 'disabled', 'disabled']],
] as const)('with %s, access comes before the hub, and the hub before its copies', (gitops, key, expected) => {
  const objects = written({ external: { store: 'v', keys, fanOut: 'hub' }, cluster: { gitops } });
  const [store, hub, copy] = [
    find(objects, 'ClusterSecretStore'),
    find(objects, 'ExternalSecret', 'image-pull'),
    find(objects, 'ExternalSecret', 'team-a'),
  ];
  expect([store, hub, copy].map((each) => each?.metadata.annotations?.[key])).toEqual(expected);
});

test('GCR without a way to authenticate has an empty one, which the API server asks for', () => {
  const chart = Testing.chart();
  const cluster = new Cluster(chart, 'prod');
  const gar = cluster.registry('gar', { preset: 'gar', location: 'eu' });
  const source = { external: { generator: { gcr: { projectID: 'acme' } } } };
  cluster
    .namespace('n')
    .serviceAccount('default')
    .attach(new PullSecret(cluster, 'p', { registries: [gar], source }));
  expect(find(Testing.synth(chart) as Written[], 'ClusterGenerator')?.spec).toEqual({
    generator: { gcrAccessTokenSpec: { auth: {}, projectID: 'acme' } },
    kind: 'GCRAccessToken',
  });
});
