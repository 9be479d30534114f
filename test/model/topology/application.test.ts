import type { Applied } from '../../../src/model/topology/applied.js';
import { followed, here, repository, said } from './in-memory.js';

const view = repository([
  'apps/plain/web.yaml',
  'apps/plain/deep/db.yaml',
  'apps/kustomized/kustomization.yaml',
  'apps/kustomized/Chart.yaml',
  'apps/kustomized/nested/Chart.yaml',
  'apps/only-below/nested/Chart.yaml',
  'apps/jsonnet/web.jsonnet',
  'charts/web/Chart.yaml',
  'charts/web/values.yaml',
  'charts/web/values-prod.yaml',
  'components/tls/kustomization.yaml',
  'values/a.yaml',
  'values/b.yaml',
  'values/c.yaml',
]);

/** An Application with one source. */
const application = (source: string, rest = 'destination: { namespace: shop, name: prod }') => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec: { source: { ${source} }, ${rest} }
`;

const renderings = (text: string) => {
  const { applied, problems } = followed(view, text);
  return [...applied.map(({ rendering }) => rendering), ...said(problems)];
};

describe('a source is rendered', () => {
  test.each<[what: string, source: string, rendering: unknown]>([
    ['as the folder stands', 'path: apps/plain', { by: 'plain', folder: 'apps/plain', recurse: false }],
    ['from the root', 'path: .', { by: 'plain', folder: '.', recurse: false }],
    [
      'with the folders below it',
      'path: ./apps/plain/, directory: { recurse: true }',
      { by: 'plain', folder: 'apps/plain', recurse: true },
    ],
    [
      'as far as patterns go',
      'path: apps/plain, directory: { include: "*.yaml", exclude: "{db,x}*" }',
      { by: 'plain', folder: 'apps/plain', recurse: false, include: '*.yaml', exclude: '{db,x}*' },
    ],
    ['by kustomize before helm', 'path: apps/kustomized', { by: 'kustomize', folder: 'apps/kustomized' }],
    [
      'as it stands where only a folder below has a chart',
      'path: apps/only-below',
      { by: 'plain', folder: 'apps/only-below', recurse: false },
    ],
    [
      'as it stands where the source says so',
      'path: charts/web, directory: {}',
      { by: 'plain', folder: 'charts/web', recurse: false },
    ],
    [
      'by helm, under the name of the Application',
      'path: charts/web',
      {
        by: 'helm',
        chart: { folder: 'charts/web' },
        release: 'web',
        namespace: 'shop',
        values: [],
        set: [],
        includeCrds: true,
      },
    ],
    [
      'by helm with everything that the source says',
      `path: charts/web, helm: { releaseName: shop, namespace: other, skipCrds: true,
         valueFiles: [values-prod.yaml, /values/a.yaml], values: "a: 1", parameters: [
           { name: image.tag, value: "1,2" }, { name: x, value: "1", forceString: true }, { name: list, value: "{a,b}" },
           { name: image.tag, value: "$ARGOCD_APP_NAME-\${ARGOCD_APP_NAMESPACE}$NONE$$" } ],
         fileParameters: [{ name: text, path: values.yaml }] }`,
      {
        by: 'helm',
        chart: { folder: 'charts/web' },
        release: 'shop',
        namespace: 'other',
        values: [{ file: 'charts/web/values-prod.yaml' }, { file: 'values/a.yaml' }, { text: 'a: 1' }],
        set: [
          { flag: '--set', text: 'image.tag=web-shop$' },
          { flag: '--set', text: 'list={a,b}' },
          { flag: '--set-string', text: 'x=1' },
          { flag: '--set-file', name: 'text', file: 'charts/web/values.yaml' },
        ],
        includeCrds: false,
      },
    ],
    [
      'by helm for the cluster that the source names',
      'path: charts/web, helm: { kubeVersion: 1.30.2, apiVersions: [a.io/v1, a.io/v1/A] }',
      {
        ...{ by: 'helm', chart: { folder: 'charts/web' }, release: 'web', namespace: 'shop', values: [], set: [] },
        ...{ includeCrds: true, capabilities: { kubeVersion: '1.30.2', apiVersions: ['a.io/v1', 'a.io/v1/A'] } },
      },
    ],
    [
      'with valuesObject in place of values',
      'path: charts/web, helm: { values: "a: 1", valuesObject: { a: 2, b: [true, null, 1.5] } }',
      {
        by: 'helm',
        chart: { folder: 'charts/web' },
        release: 'web',
        namespace: 'shop',
        values: [{ inline: { a: 2, b: [true, null, 1.5] } }],
        set: [],
        includeCrds: true,
      },
    ],
  ])('%s', (_what, source, rendering) => {
    expect(renderings(application(`repoURL: ${here}, ${source}`))).toEqual([rendering]);
  });

  test('by kustomize with everything that the source says', () => {
    const source = `repoURL: ${here}, path: apps/kustomized, kustomize: {
      namePrefix: a-, nameSuffix: -z, namespace: other, images: ["nginx=r.io/nginx:1", "busybox@sha256:0a", "r.io:5000/x:$ARGOCD_APP_NAME"],
      replicas: [{ name: web, count: "3" }], commonLabels: { team: shop }, labelWithoutSelector: true,
      commonAnnotations: { a: $ARGOCD_APP_NAME }, patches: [{ target: { kind: Deployment }, patch: "- op: remove" }],
      components: [../../components/tls, ../../components/none], ignoreMissingComponents: true }`;
    expect(renderings(application(source))).toEqual([
      {
        by: 'kustomize',
        folder: 'apps/kustomized',
        around: {
          namePrefix: 'a-',
          nameSuffix: '-z',
          namespace: 'other',
          images: [
            { name: 'nginx', newName: 'r.io/nginx', newTag: '1' },
            { name: 'busybox', digest: 'sha256:0a' },
            { name: 'r.io:5000/x', newTag: 'web' },
          ],
          replicas: [{ name: 'web', count: 3 }],
          labels: [{ pairs: { team: 'shop' } }],
          commonAnnotations: { a: '$ARGOCD_APP_NAME' },
          patches: [{ target: { kind: 'Deployment' }, patch: '- op: remove' }],
          components: ['../../components/tls'],
        },
      },
    ]);
  });

  test.each([
    ['https://charts.example.com', 'https://charts.example.com'],
    ['registry.example.com/charts', 'oci://registry.example.com/charts'],
  ])('from a chart of others at %s', (repoURL, published) => {
    const source = `repoURL: ${repoURL}, chart: redis, targetRevision: 20.x, helm: { valueFiles: [values-ha.yaml] }`;
    expect(renderings(application(source))).toEqual([
      {
        by: 'helm',
        chart: { name: 'redis', version: '20.x', repository: published },
        release: 'web',
        namespace: 'shop',
        values: [{ chartFile: 'values-ha.yaml' }],
        set: [],
        includeCrds: true,
      },
    ]);
  });
});

describe('values', () => {
  const values = (helm: string) => {
    const { applied, problems } = followed(view, application(`repoURL: ${here}, path: charts/web, helm: { ${helm} }`));
    return [
      ...applied.flatMap(({ rendering }) => (rendering.by === 'helm' ? rendering.values : [])),
      ...said(problems),
    ];
  };

  test('of a pattern come in order, but for those that are named', () => {
    expect(values('valueFiles: [/values/*.yaml, /values/b.yaml]')).toEqual([
      { file: 'values/a.yaml' },
      { file: 'values/c.yaml' },
      { file: 'values/b.yaml' },
    ]);
  });

  test('that are missing are a finding', () => {
    expect(values('valueFiles: [none.yaml, ../../../x.yaml]')).toEqual([
      'path-missing: Application argocd/web takes values from charts/web/none.yaml, which is no file of this repository',
      'path-missing: Application argocd/web takes values from ../../../x.yaml, which is no file of this repository',
    ]);
  });

  test('that may be missing are not', () => {
    expect(values('valueFiles: [none.yaml, values.yaml], ignoreMissingValueFiles: true')).toEqual([
      { file: 'charts/web/values.yaml' },
    ]);
  });

  test('of a URL are a finding', () => {
    expect(values('valueFiles: ["https://u:secret@example.com/x.yaml"]')).toEqual([
      'source-elsewhere: Application argocd/web applies what lies in https://***@example.com/x.yaml, which is not this repository',
    ]);
  });

  test('of other sources are found by their names', () => {
    const text = `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  destination: { namespace: shop }
  sources:
    - { repoURL: https://charts.example.com, chart: redis, targetRevision: 1.0.0, helm: { valueFiles: [$own/values/a.yaml, $other/x.yaml, $none/y.yaml] } }
    - { repoURL: ${here}.git, ref: own }
    - { repoURL: https://example.com/other, ref: other }
    - { repoURL: ${here}, path: apps/plain, ref: both }
`;
    const { applied, problems } = followed(view, text);
    expect(applied.map(({ rendering }) => rendering)).toMatchObject([
      { by: 'helm', values: [{ file: 'values/a.yaml' }] },
      { by: 'plain', folder: 'apps/plain' },
    ]);
    expect(said(problems)).toEqual([
      'source-elsewhere: Application argocd/web takes values from $other/x.yaml, which lies in another repository',
      'path-missing: Application argocd/web takes values from $none/y.yaml, which is no file of this repository',
    ]);
  });
});

describe('an Application', () => {
  const where = (text: string, origin = {}) =>
    followed(view, { text, origin }).applied.map(({ namespace, destination, creates, by }: Applied) => ({
      namespace,
      destination,
      creates,
      by: `${by.kind} ${by.namespace}/${by.name}`,
    }));
  const path = `repoURL: ${here}, path: apps/plain`;

  test('says namespace and cluster', () => {
    expect(where(application(path))).toEqual([
      { namespace: 'shop', destination: { name: 'prod' }, by: 'Application argocd/web' },
    ]);
  });

  test('creates its namespace, and keeps the labels that it gives', () => {
    const created = (policy: string) =>
      where(application(path, `destination: { namespace: shop }, syncPolicy: { ${policy} }`))[0]?.creates;
    const option = 'syncOptions: [CreateNamespace=true, Prune=false]';
    expect(created('syncOptions: [Prune=false]')).toBeUndefined();
    expect(created(option)).toEqual({ name: 'shop', labels: new Map(), isManaged: false });
    expect(created(`${option}, managedNamespaceMetadata: { labels: { team: a } }`)).toEqual({
      name: 'shop',
      labels: new Map([['team', 'a']]),
      isManaged: true,
    });
  });

  test('in a cluster of others is for that cluster where it names its own', () => {
    const origin = { destination: { name: 'edge' }, namespace: 'argocd' };
    const inCluster = 'destination: { server: "https://kubernetes.default.svc" }';
    expect(where(application(path, inCluster), origin)).toMatchObject([{ destination: { name: 'edge' } }]);
    expect(where(application(path, inCluster))).toMatchObject([
      { destination: { server: 'https://kubernetes.default.svc' } },
    ]);
  });

  test('reads the dry source of a hydrator', () => {
    const text = application('', `sourceHydrator: { drySource: { ${path} }, syncSource: { path: x } }`);
    expect(renderings(text)).toEqual([{ by: 'plain', folder: 'apps/plain', recurse: false }]);
  });

  test('reads what a hydrator has written, on the branch that it writes to', () => {
    const hydrator = (path: string) =>
      application('', `sourceHydrator: { drySource: { ${path} }, syncSource: { targetBranch: main, path: env/web } }`);
    const files = { 'env/web/manifest.yaml': '', 'env/web/hydrator.metadata': '{}' };
    const { applied, problems } = followed(repository(files), hydrator(`repoURL: ${here}, path: apps/none`));
    expect(applied.map(({ rendering }) => rendering)).toEqual([{ by: 'plain', folder: 'env/web', recurse: false }]);
    expect(problems).toEqual([]);
    const elsewhere = followed(repository(files), hydrator('repoURL: "https://example.com/other.git", path: web'));
    expect(elsewhere.applied).toEqual([]);
  });

  test('takes what a file beside its manifests says', () => {
    const files = {
      'web/kustomization.yaml': '',
      'web/.argocd-source.yaml': 'kustomize: { images: ["a:1"] }\npath: elsewhere\n',
      'web/.argocd-source-web.yaml': 'kustomize: { images: ["a:2"], namePrefix: x- }\n',
    };
    const { applied } = followed(repository(files), application(`repoURL: ${here}, path: web`));
    expect(applied.map(({ rendering }) => rendering)).toEqual([
      { by: 'kustomize', folder: 'web', around: { images: [{ name: 'a', newTag: '2' }], namePrefix: 'x-' } },
    ]);
  });

  test.each([
    [
      'path: apps/none',
      'path-missing: Application argocd/web applies apps/none, which is no folder of this repository',
    ],
    ['path: ../..', 'path-missing: Application argocd/web applies ../.., which is no folder of this repository'],
    [
      'path: apps/plain, helm: {}, directory: {}',
      'gitops-object-invalid: Application argocd/web has a source with helm and directory, which Argo CD refuses',
    ],
    [
      'path: apps/plain, plugin: { name: x }',
      'engine-needed: Application argocd/web is rendered by a plugin, which only Argo CD runs',
    ],
  ])('with %s is a finding', (source, message) => {
    expect(renderings(application(`repoURL: ${here}, ${source}`))).toEqual([message]);
  });

  test('with Jsonnet applies the rest', () => {
    expect(renderings(application(`repoURL: ${here}, path: apps, directory: { recurse: true }`))).toEqual([
      { by: 'plain', folder: 'apps', recurse: true },
    ]);
  });

  test('of another repository says what to write, and hides who signs in', () => {
    const { problems } = followed(view, application('repoURL: "https://bob:hunter2@example.com/x.git", path: a'));
    expect(problems).toMatchObject([
      {
        code: 'source-elsewhere',
        message:
          'Application argocd/web applies what lies in https://***@example.com/x.git, which is not this repository',
        hint: 'if it is: repositories: { "https://***@example.com/x.git": <path> }; else list it, rendered, under workloads; or say by hand what its namespace needs: namespaces: { <name>: { pullSecrets: [<name>] } }; then acknowledge: [{ kind: Application, name: web, reason: … }]',
      },
    ]);
  });
});
