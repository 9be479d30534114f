import { ApiObject, Chart, Testing } from 'cdk8s';
import {
  Cluster,
  type ClusterProps,
  DockerConfigDocument,
  ImagePullError,
  PullSecret,
  Source,
  type SourceSpec,
} from '../../src/index.js';

const auth = Buffer.from('user:hunter2').toString('base64');
const document = DockerConfigDocument.parse(
  `{"auths":{"cloud.openshift.com":{"auth":"${auth}","email":"a@b.example"},"quay.io":{"auth":"${auth}"}},"x":1}`,
);
const current = { external: { store: 'vault', key: 'openshift/pull-secret' } };
const inStore = { openshift: '4.20', globalPullSecret: { current } } as const;
const inFile: ClusterProps = {
  openshift: '4.20',
  globalPullSecret: { current: { plaintext: { acceptPlaintextInGit: true, document } } },
};
const hosted = { openshift: '4.20', globalPullSecret: { hosted: true } } as const;
const external = Source.external({ store: 'vault', key: 'registries/mirror' });
const literals = Source.plaintext({ acceptPlaintextInGit: true, username: 'robot', password: 'p' });

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly data: readonly object[];
    readonly target: { readonly creationPolicy: string; readonly template: { readonly data: Record<string, string> } };
  };
}

/** The objects of a cluster whose pull secrets go to every node. */
function rendered(props: ClusterProps, sources: Readonly<Record<string, SourceSpec>>): Written[] {
  const chart = Testing.chart();
  const cluster = new Cluster(chart, 'ocp', props);
  for (const [name, source] of Object.entries(sources)) pullSecret(cluster, name, source);
  return Testing.synth(chart) as Written[];
}

function pullSecret(cluster: Cluster, name: string, source: SourceSpec): PullSecret {
  const registry = cluster.registry(name, { host: `${name}.example` });
  return new PullSecret(cluster, `${name}-pull`, { registries: [registry], source, distribution: 'globalPullSecret' });
}

const problemOf = (work: () => unknown) => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!ImagePullError.is(error)) throw error;
    return error.problems[0]?.code;
  }
};

test('pull secrets from stores are one ExternalSecret, which changes a Secret that is there', () => {
  const objects = rendered(inStore, {
    a: external,
    b: Source.external({ store: 'team', storeKind: 'SecretStore', key: 'b' }),
  });
  expect(objects).toMatchObject([
    {
      kind: 'ExternalSecret',
      metadata: {
        name: 'pull-secret',
        namespace: 'openshift-config',
        annotations: { 'cdk8s-image-pull/entries': 'a-pull=a.example b-pull=b.example' },
      },
      spec: {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: { creationPolicy: 'Merge', deletionPolicy: 'Retain', name: 'pull-secret' },
      },
    },
  ]);
  expect(objects[0]?.spec.data).toEqual([
    { remoteRef: { key: 'openshift/pull-secret' }, secretKey: 'current' },
    { remoteRef: { key: 'registries/mirror', property: 'username' }, secretKey: 'a_username' },
    { remoteRef: { key: 'registries/mirror', property: 'password' }, secretKey: 'a_password' },
    ...['username', 'password'].map((property) => ({
      remoteRef: { key: 'b', property },
      secretKey: `b_${property}`,
      sourceRef: { storeRef: { kind: 'SecretStore', name: 'team' } },
    })),
  ]);
});

test('a document alone is described too, so that an entry can leave it', () => {
  const [object] = rendered(inStore, {});
  expect(object?.metadata.annotations).not.toHaveProperty('cdk8s-image-pull/entries');
  expect(object?.spec.target.template.data['.dockerconfigjson']).not.toContain('$ours');
});

test('pull secrets from files are one Secret with all that the document held', () => {
  const [object, ...others] = rendered(inFile, { a: literals });
  expect(others).toEqual([]);
  expect(object).toMatchObject({ kind: 'Secret', type: 'kubernetes.io/dockerconfigjson' });
  expect(Buffer.from(object?.data?.['.dockerconfigjson'] ?? '', 'base64').toString()).toBe(
    `{"auths":{"cloud.openshift.com":{"auth":"${auth}","email":"a@b.example"},"quay.io":{"auth":"${auth}"},"a.example":{"auth":"cm9ib3Q6cA==","password":"p","username":"robot"}},"x":1}`,
  );
});

test('a hosted cluster gets the entries of ours alone, made where they are missing', () => {
  expect(rendered(hosted, {})).toEqual([]);
  const [object] = rendered(hosted, { a: external });
  expect(object).toMatchObject({
    metadata: { name: 'additional-pull-secret', namespace: 'kube-system' },
    spec: { target: { creationPolicy: 'Orphan', deletionPolicy: 'Retain' } },
  });
  const [secret] = rendered(hosted, { a: literals });
  expect(JSON.parse(Buffer.from(secret?.data?.['.dockerconfigjson'] ?? '', 'base64').toString())).toEqual({
    auths: { 'a.example': { auth: 'cm9ib3Q6cA==', password: 'p', username: 'robot' } },
  });
});

test('what somebody else put there is not written', () => {
  expect(rendered({ openshift: '4.20' }, { a: Source.existing() })).toEqual([]);
});

test('what the app declares itself is not written twice', () => {
  const chart = Testing.chart();
  new ApiObject(chart, 'own', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pull-secret', namespace: 'openshift-config' },
  });
  pullSecret(new Cluster(chart, 'ocp', inStore), 'a', external);
  expect((Testing.synth(chart) as Written[]).map(({ kind }) => kind)).toEqual(['Secret']);
});

test('a workload whose images every node can pull gets no list, and its namespace no Secret', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'web');
  const web = new ApiObject(chart, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template: { spec: { containers: [{ name: 'web', image: 'a.example/web' }] } } },
  });
  const cluster = new Cluster(app, 'ocp', inStore);
  pullSecret(cluster, 'a', external);
  cluster.namespace('shop', { declare: false }).attachFor(web);
  expect(JSON.stringify(web.toJson())).not.toContain('imagePullSecrets');
  expect(
    cluster
      .namespace('shop')
      .node.findAll()
      .filter((each) => ApiObject.isApiObject(each)),
  ).toEqual([]);
});

test('no account has it on its list', () => {
  const cluster = new Cluster(Testing.chart(), 'ocp', inStore);
  const pull = pullSecret(cluster, 'a', external);
  expect(problemOf(() => cluster.namespace('shop').serviceAccount('default').attach(pull))).toBe(
    'pull-secret-on-nodes',
  );
});

test('a file that nobody read, sources of two kinds and a missing document are refused at once', () => {
  const unread = { current: { plaintext: { acceptPlaintextInGit: true, file: 'pull-secret.json' } } };
  const cluster = (props: ClusterProps) => new Cluster(Testing.chart(), 'ocp', { openshift: '4.20', ...props });
  expect(problemOf(() => cluster({ globalPullSecret: unread }))).toBe('source-invalid');
  expect(problemOf(() => pullSecret(cluster(inStore), 'a', literals))).toBe('global-pull-secret-mixed');
  expect(problemOf(() => pullSecret(cluster({}), 'a', external))).toBe('global-pull-secret-incomplete');
  const twin = cluster(inFile).registry('quay', { host: 'quay.io' });
  expect(twin.segmentKey).toBe('quay.io');
});

test('two pull secrets of a hosted cluster with sources of two kinds are said at validation', () => {
  const cluster = new Cluster(Testing.chart(), 'ocp', hosted);
  pullSecret(cluster, 'a', external);
  pullSecret(cluster, 'b', literals);
  expect(cluster.node.validate()).toEqual([
    'pull secret b-pull on cluster ocp: it has source plaintext and pull secret a-pull has external: one Secret comes from one kind of source',
  ]);
});

test('that Git takes the document over is among the warnings of the cluster', () => {
  const codes = (props: ClusterProps) => new Cluster(Testing.chart(), 'ocp', props).warnings.map(({ code }) => code);
  expect(codes(inStore)).toEqual(['global-pull-secret-owned']);
  expect(codes(hosted)).toEqual([]);
});
