import { type Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { argocdAnnotations } from '../../../src/gitops/argocd.js';
import { type ClusterProps, PullSecret, type PullSecretProps, Source, type SourceSpec } from '../../../src/index.js';
import { unifiedDiff } from '../../../src/output/diff.js';
import { toYaml } from '../../../src/yaml/yaml.js';
import { codesOf, deployment, external, inChart } from '../../constructs/in-chart.js';

const password = 'correct-horse-battery';
const plaintext: SourceSpec = { plaintext: { acceptPlaintextInGit: true, username: 'robot', password } };

interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: { readonly target: { readonly template: { readonly metadata: Manifest['metadata'] } } };
}

const objects = (chart: Chart) => Testing.synth(chart) as Manifest[];
const names = (chart: Chart) =>
  objects(chart).map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace ? `${namespace}/` : ''}${name}`);
const find = (chart: Chart, kind: string) => objects(chart).filter((object) => object.kind === kind);

/** The annotations of the Secret that is copied, but for those of Argo CD. */
function told(chart: Chart): Record<string, string> {
  const [secret] = find(chart, 'Secret');
  const metadata = secret?.metadata ?? find(chart, 'ExternalSecret')[0]?.spec.target.template.metadata;
  const own = new Set(Object.keys(argocdAnnotations('sourceSecret')));
  return Object.fromEntries(Object.entries(metadata?.annotations ?? {}).filter(([key]) => !own.has(key)));
}

const reflection = 'reflector.v1.k8s.emberstack.com/reflection';
const replicator = 'replicator.v1.mittwald.de';

describe.each([
  ['external', external],
  ['plaintext', plaintext],
])('the Secret of source %s', (_, source) => {
  test('tells reflector the same namespaces twice: for consent and for copies', () => {
    const { chart } = inChart({ source, distribution: 'reflector', for: { namespaces: ['team-*', 'shop'] } });
    expect(told(chart)).toEqual({
      [`${reflection}-allowed`]: 'true',
      [`${reflection}-allowed-namespaces`]: '^shop$,^team-.*$',
      [`${reflection}-auto-enabled`]: 'true',
      [`${reflection}-auto-namespaces`]: '^shop$,^team-.*$',
    });
  });

  test('tells reflector labels in such a way that one that does not know them copies nowhere', () => {
    const { chart } = inChart({ source, distribution: 'reflector', for: { labels: { 'acme.example/pulls': 'ghcr' } } });
    const selector = 'acme.example/pulls=ghcr,kubernetes.io/metadata.name notin (image-pull)';
    expect(told(chart)).toEqual({
      [`${reflection}-allowed`]: 'true',
      [`${reflection}-allowed-namespaces`]: '^$',
      [`${reflection}-allowed-namespaces-selector`]: selector,
      [`${reflection}-auto-enabled`]: 'true',
      [`${reflection}-auto-namespaces`]: '^$',
      [`${reflection}-auto-namespaces-selector`]: selector,
    });
  });

  test('tells kubernetes-replicator names or labels, and lets nobody fetch it', () => {
    const byName = inChart({ source, distribution: 'replicator', for: { namespaces: ['team-*'] } });
    expect(told(byName.chart)).toEqual({
      [`${replicator}/replicate-to`]: '^team-.*$',
      [`${replicator}/strip-labels`]: 'true',
    });
    const byLabel = inChart({
      source,
      distribution: { replicator: { namespace: 'creds' } },
      for: { labels: { a: 'b' } },
    });
    expect(told(byLabel.chart)).toEqual({
      [`${replicator}/replicate-to-matching`]: 'a=b,kubernetes.io/metadata.name notin (creds)',
      [`${replicator}/strip-labels`]: 'true',
    });
  });

  test('leaves out what the cluster excludes', () => {
    const { chart } = inChart({ source, distribution: 'replicator' }, { exclude: [{ namespace: 'lab' }] });
    expect(told(chart)).toMatchObject({
      [`${replicator}/replicate-to-matching`]: 'kubernetes.io/metadata.name notin (image-pull,lab)',
    });
  });

  test('keeps annotations of its own, and is protected as it is for clones', () => {
    const annotations = { 'acme.example/owner': 'platform' };
    const { chart } = inChart({ source, distribution: 'reflector', metadata: { annotations } });
    expect(told(chart)).toMatchObject(annotations);
    expect(
      objects(chart).some(({ metadata }) =>
        metadata.annotations?.['argocd.argoproj.io/sync-options']?.includes('Delete=false'),
      ),
    ).toBe(true);
  });

  test('says nothing where it is no source', () => {
    const { chart, cluster, pull } = inChart({ source });
    cluster.namespace('n').serviceAccount('default').attach(pull);
    expect(JSON.stringify(objects(chart))).not.toMatch(/reflector|replicator/);
  });
});

test('a scope that a tool cannot have is refused as soon as the pull secret is made', () => {
  const labels = { a: 'b' };
  expect(codesOf(() => inChart({ distribution: 'reflector', for: { labels, namespaces: ['team-*'] } }))).toEqual([
    'scope-refused',
  ]);
  const exclude = [{ namespace: 'kube-*' }];
  expect(codesOf(() => inChart({ distribution: 'replicator' }, { exclude }))).toEqual(['scope-refused']);
  expect(codesOf(() => inChart({ distribution: 'patcher' }, { exclude }))).toEqual(['scope-refused']);
  expect(codesOf(() => inChart({ distribution: 'patcher', allow: ['a'] }))).toEqual(['scope-refused']);
});

test('annotations that would widen the scope are refused', () => {
  const annotations = { [`${reflection}-allowed-namespaces`]: '.*' };
  expect(codesOf(() => inChart({ distribution: 'reflector', metadata: { annotations } }))).toEqual([
    'metadata-reserved',
  ]);
});

test('copies go on lists, and nothing else is written where they arrive', () => {
  const { chart, cluster } = inChart({ distribution: 'reflector' });
  cluster.namespace('n').attachFor(deployment(chart, 'n', 'ghcr.io/acme/web'));
  expect(names(chart).sort()).toEqual([
    'Deployment n/web',
    'ExternalSecret image-pull/p',
    'Namespace image-pull',
    'Namespace n',
    'ServiceAccount n/default',
  ]);
});

describe('the patcher', () => {
  const patcherOf = (props: Partial<PullSecretProps> = {}, clusterProps: ClusterProps = {}) =>
    inChart({ distribution: 'patcher', ...props }, clusterProps);
  const pod = (chart: Chart) =>
    (find(chart, 'Deployment')[0]?.spec as unknown as { template: { spec: Record<string, unknown> } }).template.spec;
  const environment = (chart: Chart) =>
    Object.fromEntries(
      (pod(chart).containers as { env: { name: string; value: string }[] }[])[0]!.env.map(({ name, value }) => [
        name,
        value,
      ]),
    );

  test('comes with its namespace, its source Secret, its account and its rights', () => {
    expect(names(patcherOf().chart)).toEqual([
      'Namespace image-pull',
      'ExternalSecret image-pull/p',
      'ServiceAccount image-pull/image-pull-copy-p',
      'ClusterRole image-pull-copy-p',
      'ClusterRoleBinding image-pull-copy-p',
      'Deployment image-pull/image-pull-copy-p',
    ]);
  });

  test('leaves its own namespace out twice: by its settings and by the annotation', () => {
    const { chart } = patcherOf({}, { exclude: [{ namespace: 'kube-system' }, { namespace: 'lab', pullSecret: 'p' }] });
    expect(environment(chart).CONFIG_EXCLUDED_NAMESPACES).toBe('image-pull,kube-system,lab');
    expect(find(chart, 'Namespace')[0]?.metadata.annotations).toMatchObject({
      'k8s.titansoft.com/imagepullsecret-patcher-exclude': 'true',
    });
  });

  test('has a value for every setting of the program', () => {
    const all = { allServiceAccounts: true, force: false, debug: true, loopDuration: '1m' };
    expect(environment(patcherOf({ distribution: { patcher: all } }).chart)).toEqual({
      CONFIG_ALLSERVICEACCOUNT: 'true',
      CONFIG_DEBUG: 'true',
      CONFIG_DOCKERCONFIGJSONPATH: '/app/secrets/.dockerconfigjson',
      CONFIG_EXCLUDED_NAMESPACES: 'image-pull',
      CONFIG_FORCE: 'false',
      CONFIG_LOOP_DURATION: '1m',
      CONFIG_MANAGEDONLY: 'false',
      CONFIG_RUNONCE: 'false',
      CONFIG_SECRETNAME: 'p',
    });
    const named = { serviceAccounts: ['default', 'builder'] };
    expect(environment(patcherOf({ distribution: { patcher: named } }).chart)).toMatchObject({
      CONFIG_ALLSERVICEACCOUNT: 'false',
      CONFIG_SERVICEACCOUNTS: 'builder,default',
    });
  });

  test('may do no more than the program does', () => {
    const rulesOf = (options: object) =>
      (
        find(patcherOf({ distribution: { patcher: options } }).chart, 'ClusterRole')[0] as unknown as {
          rules: object[];
        }
      ).rules;
    const rule = (resource: string, verbs: string[], resourceNames?: string[]) => ({
      apiGroups: [''],
      resources: [resource],
      verbs,
      ...(resourceNames && { resourceNames }),
    });
    const common = [
      rule('namespaces', ['list']),
      rule('secrets', ['create']),
      rule('secrets', ['delete', 'get'], ['p']),
      rule('serviceaccounts', ['list']),
    ];
    expect(rulesOf({})).toEqual([...common, rule('serviceaccounts', ['patch'], ['default'])]);
    expect(rulesOf({ allServiceAccounts: true })).toEqual([...common, rule('serviceaccounts', ['patch'])]);
  });

  test('is held to the restricted standard, which its namespace enforces', () => {
    const { chart } = patcherOf();
    expect(pod(chart)).toMatchObject({
      automountServiceAccountToken: true,
      nodeSelector: { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' },
      securityContext: {
        runAsGroup: 65534,
        runAsNonRoot: true,
        runAsUser: 65534,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          image: 'quay.io/titansoft/imagepullsecret-patcher:v0.14',
          resources: { limits: { cpu: '200m', memory: '128Mi' }, requests: { cpu: '100m', memory: '32Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
          },
        },
      ],
    });
    expect(find(chart, 'ServiceAccount')[0]).toMatchObject({ automountServiceAccountToken: false });
    expect(find(chart, 'Deployment')[0]).toMatchObject({ spec: { replicas: 1, strategy: { type: 'Recreate' } } });
    expect(find(chart, 'Namespace')[0]?.metadata.labels).toEqual({
      'app.kubernetes.io/managed-by': 'cdk8s-image-pull',
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  test('forces no standard on a namespace that was chosen, which others may live in', () => {
    const { chart } = patcherOf({ distribution: { patcher: { namespace: 'platform' } } });
    expect(find(chart, 'Namespace')[0]?.metadata.labels).toEqual({
      'app.kubernetes.io/managed-by': 'cdk8s-image-pull',
    });
  });

  test('takes the user that OpenShift gives it', () => {
    const { securityContext } = pod(patcherOf({}, { openshift: '4.20' }).chart) as { securityContext: object };
    expect(securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('is pulled with its own source where the image needs that', () => {
    const image = 'ghcr.io/acme/imagepullsecret-patcher:v0.14';
    expect(pod(patcherOf({ distribution: { patcher: { image } } }).chart)).toMatchObject({
      imagePullSecrets: [{ name: 'p' }],
    });
    expect(pod(patcherOf().chart)).not.toHaveProperty('imagePullSecrets');
  });

  test('puts nothing on a list in Git, and its list keeps what it appends', () => {
    const { chart, cluster, ghcr } = patcherOf();
    cluster.namespace('n').attachFor(deployment(chart, 'n', 'ghcr.io/acme/web'));
    expect(names(chart).filter((name) => name.startsWith('ServiceAccount n/'))).toEqual([]);
    const byList = new PullSecret(cluster, 'q', { registries: [ghcr], source: Source.existing() });
    cluster.namespace('n').serviceAccount('default').attach(byList);
    expect(find(chart, 'ServiceAccount').at(-1)).toMatchObject({ imagePullSecrets: [{ name: 'q' }, { name: 'p' }] });
  });

  test('does not hold the credential: the Deployment mounts the Secret', () => {
    const { chart } = patcherOf({ source: plaintext });
    const holders = objects(chart).filter((object) => {
      const text = JSON.stringify(object);
      return (
        text.includes(password) ||
        text.includes(Buffer.from(`robot:${password}`).toString('base64')) ||
        text.includes('"data"')
      );
    });
    expect(holders.map(({ kind }) => kind)).toEqual(['Secret']);
    expect(pod(chart).volumes).toEqual([{ name: 'source', secret: { secretName: 'p' } }]);
  });

  test('is shown in a difference as it is written; what somebody adds to its containers is not', () => {
    const [program] = find(patcherOf().chart, 'Deployment');
    const text = toYaml(program);
    expect(unifiedDiff('x', undefined, text).replace(/^\+/gm, '')).toContain(text);
    const planted = parse(text) as { spec: { template: { spec: { containers: Record<string, unknown>[] } } } };
    const [container] = planted.spec.template.spec.containers;
    (container!.env as object[]).push(
      { name: 'CONFIG_DOCKERCONFIGJSON', value: password },
      { name: 'X', valueFrom: { x: password } },
    );
    container!.args = [`-dockerconfigjson=${password}`];
    container!.readinessProbe = { exec: { command: [password] } };
    planted.spec.template.spec.containers.push({ name: 'other', command: ['login', password] });
    Object.assign(planted.spec.template.spec, { initContainers: [{ args: [password] }] });
    const shown = unifiedDiff('x', text, toYaml(planted));
    expect(shown).toContain('CONFIG_DOCKERCONFIGJSON');
    expect(shown).not.toContain(password);
  });
});
