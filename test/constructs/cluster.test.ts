import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Cluster,
  type ClusterProps,
  DockerConfig,
  ImagePullApp,
  ImagePullError,
  PullSecret,
  type PullSecretProps,
  Source,
} from '../../src/index.js';

const external = Source.external({ store: 'vault', key: 'registries/ghcr' });

/** A cluster inside a chart, with one registry and one pull secret. */
function inChart(props: ClusterProps = {}) {
  const chart = Testing.chart();
  const cluster = new Cluster(chart, 'prod', props);
  const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
  const pull = new PullSecret(cluster, 'ghcr-pull', { registries: [ghcr], source: external });
  return { chart, cluster, ghcr, pull };
}

interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Record<string, string>;
  };
  readonly imagePullSecrets?: unknown;
  readonly spec?: {
    readonly target: { template: { data: Record<string, string> } };
    readonly template: { spec: { imagePullSecrets: unknown } };
  };
}

const objects = (chart: Chart) => Testing.synth(chart) as Manifest[];
const names = (chart: Chart) =>
  objects(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
const find = (chart: Chart, kind: string, name: string) =>
  objects(chart).find((each) => each.kind === kind && each.metadata.name === name);

function problemsOf(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (ImagePullError.is(error))
      return error.problems.map(({ code, at }) => `${code} ${at && 'construct' in at && at.construct}`);
    throw error;
  }
  return [];
}

test('attaching a pull secret to an account makes namespace, pull secret and account', () => {
  const { chart, cluster, pull } = inChart();
  cluster.namespace('team-a').serviceAccount('default').attach(pull);
  expect(names(chart)).toEqual([
    'Namespace /team-a',
    'ServiceAccount team-a/default',
    'ExternalSecret team-a/ghcr-pull',
  ]);
  expect(find(chart, 'ServiceAccount', 'default')?.imagePullSecrets).toEqual([{ name: 'ghcr-pull' }]);
});

test('namespaces and accounts are made once, however often they are asked for', () => {
  const { chart, cluster, pull } = inChart();
  for (let i = 0; i < 3; i++) cluster.namespace('team-a').serviceAccount('default').attach(pull);
  expect(names(chart)).toHaveLength(3);
});

test('the list of an account is sorted, with what is kept behind the pull secrets', () => {
  const { chart, cluster, ghcr } = inChart({ overlap: ['z-pull', 'a-pull'] });
  const account = cluster.namespace('n').serviceAccount('default', { keep: ['old'] });
  for (const name of ['b-pull', 'a-pull', 'z-pull'])
    account.attach(new PullSecret(cluster, name, { registries: [ghcr], source: Source.existing() }));
  expect(find(chart, 'ServiceAccount', 'default')?.imagePullSecrets).toEqual(
    ['z-pull', 'a-pull', 'b-pull', 'old'].map((name) => ({ name })),
  );
});

describe('delegated authentication', () => {
  function redhat(props: ClusterProps = {}) {
    const chart = Testing.chart();
    const cluster = new Cluster(chart, 'prod', props);
    const sso = cluster.registry('sso', { host: 'sso.redhat.com' });
    const registry = cluster.registry('redhat', { host: 'registry.redhat.io', auth: 'sso' });
    return { chart, cluster, sso, registry };
  }

  test('an auth host is declared before the registries that sign in there', () => {
    const cluster = new Cluster(Testing.chart(), 'prod');
    expect(problemsOf(() => cluster.registry('redhat', { host: 'registry.redhat.io', auth: 'sso' }))).toHaveLength(1);
  });

  test('the Secret of the auth host comes along with that of the registry, and goes on no list', () => {
    const { chart, cluster, sso, registry } = redhat();
    new PullSecret(cluster, 'sso-pull', { registries: [sso], source: external });
    const pull = new PullSecret(cluster, 'redhat-pull', { registries: [registry], source: external });
    cluster.namespace('n').serviceAccount('default').attach(pull);
    expect(names(chart)).toContain('ExternalSecret n/sso-pull');
    expect(find(chart, 'ServiceAccount', 'default')?.imagePullSecrets).toEqual([{ name: 'redhat-pull' }]);
  });

  test('so it does for a workload', () => {
    const { chart, cluster, sso, registry } = redhat({ openshift: '4.20' });
    new PullSecret(cluster, 'sso-pull', { registries: [sso], source: external });
    new PullSecret(cluster, 'redhat-pull', { registries: [registry], source: external });
    const image = 'registry.redhat.io/ubi9/nginx';
    cluster.namespace('n').attachFor(new kplus.Deployment(chart, 'web', { containers: [{ image }] }));
    expect(names(chart)).toEqual(expect.arrayContaining(['ExternalSecret n/redhat-pull', 'ExternalSecret n/sso-pull']));
    const [web] = objects(chart).filter(({ kind }) => kind === 'Deployment');
    expect(web?.spec?.template.spec.imagePullSecrets).toEqual([{ name: 'redhat-pull' }]);
  });

  test('one Secret gets both entries where only the registry is asked for', () => {
    const { chart, cluster, sso, registry } = redhat();
    const both = new PullSecret(cluster, 'both', { registries: [registry, sso], source: external });
    cluster
      .namespace('n')
      .serviceAccount('default')
      .attach(both, { registries: ['redhat'] });
    const template = find(chart, 'ExternalSecret', 'both')?.spec?.target.template.data['.dockerconfigjson'];
    expect(template).toMatch(/registry\.redhat\.io.*sso\.redhat\.com/);
  });

  test('on OpenShift an auth host without a pull secret is refused', () => {
    const { cluster, registry } = redhat({ openshift: '4.20' });
    const pull = new PullSecret(cluster, 'redhat-pull', { registries: [registry], source: external });
    const account = cluster.namespace('n').serviceAccount('default');
    expect(problemsOf(() => account.attach(pull))[0]).toMatch('pull-secret-missing');
  });
});

describe('a grant', () => {
  const grants = (chart: Chart) => names(chart).filter((name) => name.startsWith('RoleBinding'));

  test('for a whole namespace takes the place of those for its accounts, whichever comes first', () => {
    const { chart, cluster } = inChart({ openshift: '4.20' });
    const images = cluster.namespace('b', { declare: false });
    images.grant({ to: 'a', serviceAccount: 'x' });
    images.grant({ to: 'a-b', serviceAccount: 'x' });
    images.grant({ to: 'a' });
    images.grant({ to: 'a', serviceAccount: 'y' });
    expect(grants(chart)).toEqual(['RoleBinding b/image-puller:a-b:x', 'RoleBinding b/image-puller:a']);
  });

  test('carries role and consumer in its name, so that no two consumers share one', () => {
    const { chart, cluster } = inChart({ openshift: '4.20' });
    const images = cluster.namespace('p', { declare: false });
    const consumers = [
      ['a-b', 'c'],
      ['a', 'b-c'],
      ['a', 'b.c'],
      ['b', 'image-pullers'],
    ] as const;
    for (const [to, serviceAccount] of consumers) images.grant({ to, serviceAccount });
    cluster.namespace('p').grant({ to: 'system' });
    expect(new Set(grants(chart)).size).toBe(consumers.length + 1);
    expect(grants(chart)).not.toContain('RoleBinding p/system:image-pullers');
  });

  test('to a name that is none is refused', () => {
    const { cluster } = inChart({ openshift: '4.20' });
    for (const grant of [{ to: 'a:b' }, { to: 'a', serviceAccount: 'x:y' }])
      expect(problemsOf(() => cluster.namespace('p').grant(grant))[0]).toMatch('name-invalid');
  });
});

test('source existing makes no object but the list', () => {
  const { chart, cluster, ghcr } = inChart({ declareNamespaces: false });
  const pull = new PullSecret(cluster, 'there', { registries: [ghcr], source: Source.existing() });
  cluster.namespace('n').serviceAccount('default').attach(pull);
  expect(names(chart)).toEqual(['ServiceAccount n/default']);
});

test('a namespace holds only the entries that are needed there', () => {
  const { chart, cluster, ghcr } = inChart();
  const hub = cluster.registry('hub', { preset: 'docker-hub' });
  const both = new PullSecret(cluster, 'both', {
    registries: [ghcr, hub],
    source: Source.external({ store: 'v', keys: { ghcr: 'g', hub: 'h' } }),
  });
  cluster
    .namespace('n')
    .serviceAccount('default')
    .attach(both, { registries: ['hub'] });
  const template = () => find(chart, 'ExternalSecret', 'both')?.spec?.target.template.data['.dockerconfigjson'] ?? '';
  expect(template()).not.toContain('ghcr.io');
  cluster
    .namespace('n')
    .serviceAccount('builder')
    .attach(both, { registries: ['ghcr'] });
  expect(template()).toContain('ghcr.io/acme/');
});

test('a plaintext Secret has data, and no value in any error', () => {
  const { chart, cluster, ghcr } = inChart();
  const plaintext = { username: 'bot', password: 's3cret', acceptPlaintextInGit: true };
  cluster
    .namespace('n')
    .serviceAccount('default')
    .attach(new PullSecret(cluster, 'plain', { registries: [ghcr], source: Source.plaintext(plaintext) }));
  const secret = find(chart, 'Secret', 'plain') as unknown as { type: string; data: Record<string, string> };
  expect(secret.type).toBe('kubernetes.io/dockerconfigjson');
  const config = DockerConfig.parse(Buffer.from(secret.data['.dockerconfigjson'] ?? '', 'base64'));
  expect(config.entries).toMatchObject([{ key: 'ghcr.io/acme/', username: 'bot' }]);
  expect(config.entries[0]?.password.reveal()).toBe('s3cret');
});

test('a docker config gives each registry the credential that the kubelet would choose', () => {
  const { chart, cluster, ghcr } = inChart();
  const dockerConfig = DockerConfig.fromEntries([
    { key: 'ghcr.io', username: 'any', password: '1' },
    { key: 'https://ghcr.io/v2/acme', username: 'acme', password: '2' },
  ]);
  const pull = new PullSecret(cluster, 'plain', {
    registries: [ghcr],
    source: Source.plaintext({ dockerConfig, acceptPlaintextInGit: true }),
  });
  cluster.namespace('n').serviceAccount('default').attach(pull);
  const { data } = find(chart, 'Secret', 'plain') as unknown as { data: Record<string, string> };
  expect(Buffer.from(data['.dockerconfigjson'] ?? '', 'base64').toString()).toContain('"username":"acme"');
});

test.each<[string, (cluster: Cluster) => unknown, string]>([
  ['a registry without host', (c) => c.registry('r', {}), 'registry-invalid'],
  ['a registry that is there already', (c) => c.registry('r', { host: 'ghcr.io', path: 'acme' }), 'registry-duplicate'],
  ['a namespace name that is none', (c) => c.namespace('../x'), 'name-invalid'],
  ['an account name that is none', (c) => c.namespace('n').serviceAccount('A'), 'name-invalid'],
  [
    'a registry that does not exist',
    (c) => new PullSecret(c, 'p', { registries: ['nope'], source: external }),
    'name-dangling',
  ],
  [
    'a Secret name that is none',
    (c) => new PullSecret(c, 'P', { registries: ['ghcr'], source: external }),
    'name-invalid',
  ],
  ['no source', (c) => new PullSecret(c, 'p', { registries: ['ghcr'], source: {} }), 'source-invalid'],
  [
    'plaintext that nobody accepted',
    (c) => new PullSecret(c, 'p', { registries: ['ghcr'], source: Source.plaintext({ username: 'u', password: 'p' }) }),
    'plaintext-not-accepted',
  ],
  [
    'a file, which constructs do not read',
    (c) =>
      new PullSecret(c, 'p', {
        registries: ['ghcr'],
        source: Source.plaintext({ file: 'x', acceptPlaintextInGit: true }),
      }),
    'source-invalid',
  ],
  [
    'a combination that is refused',
    (c) => new PullSecret(c, 'p', { registries: ['ghcr'], source: external, attachment: 'patcher' }),
    'combination-refused',
  ],
])('%s fails at once, with its construct path', (_, action, code) => {
  const [problem] = problemsOf(() => action(inChart().cluster));
  expect(problem).toMatch(new RegExp(`^${code} test/prod`));
});

test('what a combination costs can be read from the pull secret', () => {
  const { cluster, ghcr } = inChart({ openshift: '4.20' });
  const pull = new PullSecret(cluster, 'p', { registries: [ghcr], source: external, attachment: 'serviceAccount' });
  expect(pull.warnings.map(({ code }) => code)).toEqual(['combination-warned']);
});

test('a namespace is a chart of its own, and a file, only where no chart encloses the cluster', () => {
  const build = (cluster: Cluster) => {
    cluster.registry('ghcr', { preset: 'ghcr' });
    const props: PullSecretProps = { registries: ['ghcr'], source: external };
    cluster
      .namespace('team-a')
      .serviceAccount('default')
      .attach(new PullSecret(cluster, 'p', props));
  };
  const own = new ImagePullApp();
  build(new Cluster(own, 'prod'));
  expect([...own.render().keys()]).toEqual(['prod/namespaces/team-a.yaml']);

  const theirs = new ImagePullApp();
  build(new Cluster(new Chart(theirs, 'platform'), 'prod'));
  expect([...theirs.render().keys()]).toEqual(['platform.k8s.yaml']);
});

test('shards spread the namespaces and bring an Application each', () => {
  const app = new ImagePullApp();
  const cluster = new Cluster(app, 'prod', { bootstrap: { repository: 'https://git.example.com/x.git', shards: 2 } });
  cluster.registry('ghcr', { preset: 'ghcr' });
  const pull = new PullSecret(cluster, 'p', { registries: ['ghcr'], source: external });
  for (const name of ['a', 'b', 'c']) cluster.namespace(name).serviceAccount('default').attach(pull);
  const paths = [...app.render().keys()].sort();
  expect(paths).toEqual([
    'prod/bootstrap/applications.yaml',
    'prod/namespaces/0-of-2/a.yaml',
    'prod/namespaces/0-of-2/c.yaml',
    'prod/namespaces/1-of-2/b.yaml',
  ]);
  const text = app.render().get('prod/bootstrap/applications.yaml')?.text;
  expect(text?.match(/path: .*/g)).toEqual(['path: dist/prod/namespaces/0-of-2', 'path: dist/prod/namespaces/1-of-2']);
});

describe('what the app holds already', () => {
  test('a service account is patched, with its own entries kept', () => {
    const { chart, cluster, pull } = inChart();
    new ApiObject(chart, 'sa', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'builder', namespace: 'team-a' },
      imagePullSecrets: [{ name: 'mine' }],
    } as never);
    cluster.namespace('team-a').serviceAccount('builder').attach(pull);
    expect(names(chart).filter((name) => name.startsWith('ServiceAccount'))).toEqual(['ServiceAccount team-a/builder']);
    expect(find(chart, 'ServiceAccount', 'builder')?.imagePullSecrets).toEqual([
      { name: 'ghcr-pull' },
      { name: 'mine' },
    ]);
  });

  test('a cdk8s-plus service account is patched', () => {
    const { chart, cluster, pull } = inChart();
    const account = new kplus.ServiceAccount(chart, 'sa', { metadata: { name: 'builder', namespace: 'team-a' } });
    cluster.namespace('team-a').serviceAccount('builder').attach(pull);
    expect(cluster.namespace('team-a').serviceAccount('builder').apiObject).toBe(ApiObject.of(account));
    expect(find(chart, 'ServiceAccount', 'builder')?.imagePullSecrets).toEqual([{ name: 'ghcr-pull' }]);
  });

  test('a namespace and a Secret are not doubled', () => {
    const { chart, cluster, pull } = inChart();
    new kplus.Namespace(chart, 'ns', { metadata: { name: 'team-a' } });
    new ApiObject(chart, 'secret', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'ghcr-pull', namespace: 'team-a' },
    });
    cluster.namespace('team-a').serviceAccount('default').attach(pull);
    expect(names(chart).sort()).toEqual([
      'Namespace /team-a',
      'Secret team-a/ghcr-pull',
      'ServiceAccount team-a/default',
    ]);
  });
});

describe('attachFor', () => {
  const web = (chart: Chart, image = 'ghcr.io/acme/web:v4', props: Partial<kplus.DeploymentProps> = {}) =>
    new kplus.Deployment(chart, 'web', { containers: [{ image }], ...props });

  test('gives the account of a cdk8s-plus workload what its images need', () => {
    const { chart, cluster } = inChart();
    cluster.namespace('team-a').attachFor(web(chart));
    expect(names(chart)).toContain('ExternalSecret team-a/ghcr-pull');
    expect(find(chart, 'ServiceAccount', 'default')?.imagePullSecrets).toEqual([{ name: 'ghcr-pull' }]);
  });

  test('writes the list on the template where that is the attachment, with everything the account gives', () => {
    const { chart, cluster, ghcr } = inChart({ attachment: 'podTemplate' });
    const other = new PullSecret(cluster, 'other', {
      registries: [ghcr],
      source: Source.existing(),
      for: { namespaces: ['nowhere'] },
    });
    const deployment = web(chart);
    cluster.namespace('team-a').attachFor(deployment);
    cluster.namespace('team-a').serviceAccount('default').attach(other);
    const spec = find(chart, 'Deployment', ApiObject.of(deployment).name)?.spec;
    expect(spec?.template.spec.imagePullSecrets).toEqual([{ name: 'ghcr-pull' }, { name: 'other' }]);
  });

  test('adds to the list that a pod has', () => {
    const { chart, cluster } = inChart();
    const mine = kplus.Secret.fromSecretName(chart, 'mine', 'mine');
    const deployment = web(chart, undefined, { dockerRegistryAuth: mine });
    cluster.namespace('team-a').attachFor(deployment);
    const spec = find(chart, 'Deployment', ApiObject.of(deployment).name)?.spec;
    expect(spec?.template.spec.imagePullSecrets).toEqual([{ name: 'mine' }, { name: 'ghcr-pull' }]);
    expect(names(chart)).not.toContain('ServiceAccount team-a/default');
  });

  test.each([
    ['an image of no declared registry', 'quay.io/other/x', 'registry-undeclared'],
    ['an image that does not parse', 'ghcr.io/Acme/x', 'image-reference-invalid'],
  ])('%s fails at once', (_, image, code) => {
    const { chart, cluster } = inChart();
    expect(problemsOf(() => cluster.namespace('team-a').attachFor(web(chart, image)))[0]).toMatch(code);
  });

  test('an account that the app does not declare fails at once, unless it was asked for', () => {
    const deployment = (chart: Chart) =>
      new ApiObject(chart, 'web', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: {
          template: { spec: { serviceAccountName: 'builder', containers: [{ name: 'c', image: 'ghcr.io/acme/web' }] } },
        },
      } as never);
    const first = inChart();
    expect(problemsOf(() => first.cluster.namespace('n').attachFor(deployment(first.chart)))[0]).toMatch(
      'account-undeclared',
    );
    const second = inChart();
    second.cluster.namespace('n').serviceAccount('builder');
    second.cluster.namespace('n').attachFor(deployment(second.chart));
    expect(find(second.chart, 'ServiceAccount', 'builder')?.imagePullSecrets).toEqual([{ name: 'ghcr-pull' }]);
  });

  test('a container that is added later is a validation error', () => {
    const { chart, cluster } = inChart();
    const deployment = web(chart);
    cluster.namespace('team-a').attachFor(deployment);
    deployment.addContainer({ image: 'ghcr.io/acme/sidecar', name: 'sidecar' });
    expect(() => Testing.synth(chart)).toThrow('changed after attachFor');
  });

  test('an object without pods fails at once', () => {
    const { chart, cluster } = inChart();
    const service = new ApiObject(chart, 's', { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } });
    expect(problemsOf(() => cluster.namespace('team-a').attachFor(service))[0]).toMatch('template-unknown');
  });
});

describe('rules of ownership in an app', () => {
  test('a pull secret is not attached where `allow` leaves the namespace out', () => {
    const { cluster, ghcr } = inChart();
    const pull = new PullSecret(cluster, 'p', { registries: [ghcr], source: external, allow: ['team-*'] });
    expect(problemsOf(() => cluster.namespace('guest').serviceAccount('default').attach(pull))[0]).toMatch(
      'not-allowed',
    );
    cluster.namespace('team-a').serviceAccount('default').attach(pull);
  });

  test('a pull secret of another cluster is refused', () => {
    const app = new ImagePullApp();
    const [one, two] = ['one', 'two'].map((name) => new Cluster(app, name));
    one!.registry('ghcr', { preset: 'ghcr' });
    const pull = new PullSecret(one!, 'p', { registries: ['ghcr'], source: external });
    expect(problemsOf(() => two!.namespace('n').serviceAccount('default').attach(pull))[0]).toMatch(
      'name-dangling two',
    );
  });

  test('attachFor on OpenShift touches no account', () => {
    const { chart, cluster } = inChart({ openshift: '4.20' });
    cluster
      .namespace('n')
      .attachFor(new kplus.Deployment(chart, 'web', { containers: [{ image: 'ghcr.io/acme/web' }] }));
    expect(names(chart).filter((name) => name.startsWith('ServiceAccount'))).toEqual([]);
  });

  const internal = 'image-registry.openshift-image-registry.svc:5000';

  test('attachFor makes the grant that an image of another project needs', () => {
    const { chart, cluster } = inChart({ openshift: '4.20' });
    cluster.registry('internal', { preset: 'openshift' });
    cluster
      .namespace('project-a')
      .attachFor(new kplus.Deployment(chart, 'web', { containers: [{ image: `${internal}/project-b/api:1` }] }));
    expect(names(chart)).toContain('RoleBinding project-b/image-puller:project-a:default');
  });

  test('a short name is looked up among the image streams of the app', () => {
    const { chart, cluster } = inChart({ openshift: '4.20' });
    cluster.registry('internal', { preset: 'openshift' });
    const from = { kind: 'ImageStreamTag', namespace: 'project-b', name: 'api:1' };
    new ApiObject(chart, 'stream', {
      apiVersion: 'image.openshift.io/v1',
      kind: 'ImageStream',
      metadata: { name: 'api', namespace: 'project-a' },
      spec: { lookupPolicy: { local: true }, tags: [{ name: '1', reference: true, from }] },
    });
    cluster.namespace('project-a').attachFor(new kplus.Deployment(chart, 'web', { containers: [{ image: 'api:1' }] }));
    expect(names(chart)).toContain('RoleBinding project-b/image-puller:project-a:default');
  });

  test('what another image stream imports is no business of a workload', () => {
    const { chart, cluster } = inChart({ openshift: '4.20' });
    new ApiObject(chart, 'stream', {
      apiVersion: 'image.openshift.io/v1',
      kind: 'ImageStream',
      metadata: { name: 'other', namespace: 'n' },
      spec: { tags: [{ name: '1', from: { kind: 'DockerImage', name: 'quay.io/other/x' } }] },
    });
    const workload = new kplus.Deployment(chart, 'web', { containers: [{ image: 'ghcr.io/acme/web' }] });
    expect(problemsOf(() => cluster.namespace('n').attachFor(workload))).toEqual([]);
  });

  test('a pod that also needs its generated secret cannot have a list of its own', () => {
    const { chart, cluster } = inChart({ openshift: '4.20' });
    cluster.registry('internal', { preset: 'openshift' });
    const containers = [
      { image: `${internal}/n/api:1`, name: 'a' },
      { image: 'ghcr.io/acme/web', name: 'b' },
    ];
    expect(
      problemsOf(() => cluster.namespace('n').attachFor(new kplus.Deployment(chart, 'web', { containers })))[0],
    ).toMatch('dockercfg-needed');
  });

  test('a workload of another namespace is refused', () => {
    const { chart, cluster } = inChart();
    const deployment = new kplus.Deployment(chart, 'web', {
      metadata: { namespace: 'a' },
      containers: [{ image: 'ghcr.io/acme/web' }],
    });
    expect(problemsOf(() => cluster.namespace('b').attachFor(deployment))[0]).toMatch('namespace-mismatch');
  });

  test('names in `overlap` that nothing carries are found at validation', () => {
    const { chart } = inChart({ overlap: ['nope', 'ghcr-pull'] });
    expect(() => Testing.synth(chart)).toThrow('pull secret nope does not exist');
  });

  test('a namespace whose labels a pull secret is for gets it', () => {
    const { chart, cluster, ghcr } = inChart();
    new PullSecret(cluster, 'gold', {
      registries: [cluster.registry('quay', { preset: 'quay' }), ghcr].slice(0, 1),
      source: external,
      for: { labels: { tier: 'gold' } },
    });
    const deployment = (id: string) => new kplus.Deployment(chart, id, { containers: [{ image: 'quay.io/acme/web' }] });
    cluster.namespace('a', { labels: { tier: 'gold' } }).attachFor(deployment('one'));
    expect(names(chart)).toContain('ExternalSecret a/gold');
    expect(problemsOf(() => cluster.namespace('b').attachFor(deployment('two')))[0]).toMatch('pull-secret-missing');
  });

  test('kinds of the user hold pods too', () => {
    const { chart, cluster } = inChart({ podKinds: [{ kind: 'Database', images: ['spec.image'] }] });
    const database = new ApiObject(chart, 'db', {
      apiVersion: 'x.io/v1',
      kind: 'Database',
      metadata: { name: 'db' },
      spec: { image: 'ghcr.io/acme/db' },
    } as never);
    cluster.namespace('n').attachFor(database);
    expect(names(chart)).toContain('ExternalSecret n/ghcr-pull');
  });

  test('a namespace of the chart is not stamped on our Namespace', () => {
    const chart = new Chart(Testing.app(), 'c', { namespace: 'theirs' });
    new Cluster(chart, 'prod').namespace('n');
    expect(find(chart, 'Namespace', 'n')?.metadata.namespace).toBeUndefined();
  });

  test('bootstrap inside a chart is refused', () => {
    expect(problemsOf(() => inChart({ bootstrap: { repository: 'https://g/x.git' } }))[0]).toMatch('bootstrap-invalid');
  });
});

test('nodes may name a registry that is declared after the cluster, and not one that never is', () => {
  const app = new ImagePullApp();
  const cluster = new Cluster(app, 'prod', { nodes: { registries: ['ghcr'] } });
  expect(cluster.node.validate()).toEqual([expect.stringContaining('ghcr')]);
  cluster.registry('ghcr', { preset: 'ghcr' });
  expect(cluster.node.validate()).toEqual([]);
});
