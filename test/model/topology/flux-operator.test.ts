import { followed, here, repository, said } from './in-memory.js';

const view = repository([
  'clusters/prod/kustomization.yaml',
  'apps/base/web.yaml',
  'apps/production/kustomization.yaml',
  'infrastructure/controllers/x.yaml',
  'charts/web/Chart.yaml',
]);
const renderings = (...texts: string[]) => {
  const { applied, problems } = followed(view, ...texts);
  return [...applied.map(({ rendering }) => rendering), ...said(problems)];
};

const resourceSet = (spec: string) => `
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: tenants, namespace: flux-system }
spec: { ${spec} }
`;
const objects = (spec: string) =>
  renderings(resourceSet(spec)).flatMap((each) =>
    typeof each === 'string' ? [each] : 'objects' in each ? each.objects : [],
  );

const secret =
  '{ apiVersion: v1, kind: Secret, metadata: { name: pull, namespace: "<< inputs.tenant >>", annotations: { fluxcd.controlplane.io/copyFrom: flux-system/pull } } }';

describe('a ResourceSet', () => {
  test('makes its objects for each input, one that is there already once', () => {
    const shared = '{ apiVersion: v1, kind: Namespace, metadata: { name: all } }';
    expect(objects(`inputs: [{ tenant: a }, { tenant: b }], resources: [${secret}, ${shared}]`)).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({
          namespace: 'a',
          annotations: { 'fluxcd.controlplane.io/copyFrom': 'flux-system/pull' },
        }),
      }),
      expect.objectContaining({ kind: 'Namespace' }),
      expect.objectContaining({ metadata: expect.objectContaining({ namespace: 'b' }) }),
    ]);
  });

  test('makes numbers of texts where YAML does', () => {
    const map =
      '{ apiVersion: v1, kind: X, metadata: { name: n }, spec: { a: << inputs.c >>, b: "x: << inputs.c >>", c: v<< inputs.c >>, d: "<< inputs.d >>" } }';
    expect(objects(`inputs: [{ c: 3, d: true }], resources: [${map}]`)).toEqual([
      expect.objectContaining({ spec: { a: 3, b: 'x: 3', c: 'v3', d: true } }),
    ]);
  });

  test('makes what stands in a text, and leaves out what is disabled', () => {
    const text = JSON.stringify(`apiVersion: v1
kind: Namespace
metadata: { name: << inputs.provider.namespace >>-<< inputs.tenant >> }
---
apiVersion: v1
kind: Namespace
metadata: { name: x, annotations: { fluxcd.controlplane.io/reconcile: << if eq inputs.tenant "a" >>disabled<< else >>enabled<< end >> } }
`);
    expect(objects(`inputs: [{ tenant: a }], resourcesTemplate: ${text}`)).toEqual([
      expect.objectContaining({ metadata: { name: 'flux-system-a' } }),
    ]);
  });

  test('without inputs makes its objects once, and with steps those of each', () => {
    const namespace = '{ apiVersion: v1, kind: Namespace, metadata: { name: x } }';
    expect(objects(`resources: [${namespace}]`)).toHaveLength(1);
    expect(
      objects(
        `steps: [{ name: a, resources: [${namespace}] }, { name: b, resources: [${secret}] }], inputs: [{ tenant: a }]`,
      ),
    ).toHaveLength(2);
  });

  const provider = (name: string, type: string) => `
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: ${name}, namespace: flux-system }
spec: { type: ${type}, defaultValues: { tenants: [{ tenant: a }, { tenant: b }] } }
`;

  test('takes inputs of a static provider, and lists apart', () => {
    const text = JSON.stringify(`<<- range $each := inputs.tenants >>
---
apiVersion: v1
kind: Namespace
metadata: { name: << $each.tenant >>-<< inputs.provider.name >> }
<<- end >>
`);
    const set = resourceSet(`inputsFrom: [{ name: x }], resourcesTemplate: ${text}`);
    expect(renderings(set, provider('x', 'Static'))).toEqual([
      { by: 'inline', objects: ['a-x', 'b-x'].map((name) => expect.objectContaining({ metadata: { name } })) },
    ]);
    expect(renderings(set, provider('x', 'GitHubBranch'))).toEqual([
      'generator-needs-cluster: ResourceSet flux-system/tenants takes inputs from a provider that asks others',
    ]);
    expect(renderings(set)).toEqual([
      'reference-missing: ResourceSet flux-system/tenants refers to ResourceSetInputProvider flux-system/x, which nothing that was read declares',
    ]);
  });

  test.each([
    [
      'inputsFrom: [{ selector: { matchLabels: { a: b } } }]',
      'generator-needs-cluster: ResourceSet flux-system/tenants takes inputs from a provider that asks others',
    ],
    [
      `inputs: [{ a: b }], resources: [${secret}]`,
      'gitops-object-invalid: ResourceSet flux-system/tenants has a template with .tenant, which its generators do not give',
    ],
    [
      `inputs: [{ tenant: a }], resources: [${secret.replace('inputs.tenant', 'slugify inputs.tenant')}]`,
      'engine-needed: ResourceSet flux-system/tenants has a template with the function slugify, which is not done here',
    ],
  ])('with %s is a finding', (spec, message) => {
    expect(objects(spec)).toEqual([message]);
  });
});

test('a FluxInstance makes a source and a Kustomization', () => {
  const instance = (url: string) => `
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec: { sync: { kind: GitRepository, url: "${url}", ref: refs/heads/main, path: clusters/prod } }
`;
  expect(renderings(instance(here))).toEqual([{ by: 'kustomize', folder: 'clusters/prod', isFlux: true }]);
  expect(renderings(instance('https://example.com/x'))).toEqual([
    'source-elsewhere: Kustomization flux-system/flux-system applies what lies in https://example.com/x, which is not this repository',
  ]);
});

describe('an artifact that is made of this repository', () => {
  const generator = (copies: string, more = '') => `
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: { name: flux-system, namespace: flux-system }
spec:
  ${more}
  sources: [{ alias: repo, kind: GitRepository, name: flux-system }]
  artifacts: [{ name: apps, copy: [${copies}] }]
`;
  const copy = (from: string, to: string, more = '') => `{ from: "@repo/${from}", to: "@artifact/${to}"${more} }`;
  const kustomization = (path: string) => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ${path}, sourceRef: { kind: ExternalArtifact, name: apps } }
`;

  test.each([
    [[copy('apps/base/**', 'base/'), copy('apps/production/**', 'production/')], './production', 'apps/production'],
    [[copy('infrastructure/**', '')], 'controllers', 'infrastructure/controllers'],
    [[copy('**', '')], 'apps/production', 'apps/production'],
    [[copy('apps/production', '')], './production', 'apps/production'],
    [[copy('apps/*', '')], 'apps/production', 'apps/production'],
    [[copy('apps/base/web.yaml', 'base/'), copy('apps/production/', '')], 'production', 'apps/production'],
  ])('by %j has %s at %s', (copies, path, folder) => {
    expect(renderings(generator(copies.join(', ')), kustomization(path))).toEqual([
      { by: 'kustomize', folder, isFlux: true },
    ]);
  });

  test.each([
    [copy('apps/base/**', 'x/'), ''],
    [[copy('apps/base/**', 'base/'), copy('infrastructure/**', '')].join(', '), ''],
    [copy('apps/**', '', ', strategy: Merge'), ''],
    [copy('apps/**', ''), 'pathPattern: "@repo/apps/{app}"'],
  ])('but changed by %s %s is a finding', (copies, more) => {
    expect(renderings(generator(copies, more), kustomization('.'))).toEqual([
      'reference-missing: Kustomization flux-system/apps refers to ExternalArtifact flux-system/apps, which nothing that was read declares',
      'engine-needed: ArtifactGenerator flux-system/flux-system makes the artifact apps of parts that lie in other places in this repository',
    ]);
  });

  test('may be a chart', () => {
    const release = `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: flux-system }
spec: { chartRef: { kind: ExternalArtifact, name: apps } }
`;
    expect(renderings(generator(copy('charts/web/**', '')), release)).toMatchObject([
      { by: 'helm', chart: { folder: 'charts/web' } },
    ]);
  });
});

describe('a HelmChart of k3s', () => {
  const chart = (spec: string) => `
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: redis, namespace: kube-system }
spec: { ${spec} }
`;

  test('is rendered with its values and those of its configuration', () => {
    const config = `
apiVersion: helm.cattle.io/v1
kind: HelmChartConfig
metadata: { name: redis, namespace: kube-system }
spec: { valuesContent: "b: 2" }
`;
    const spec =
      'chart: redis, repo: https://charts.example.com, version: "1.0", targetNamespace: shop, createNamespace: true, valuesContent: "a: 1", set: { x: "1,2", c: 3 }';
    const { applied, problems } = followed(view, chart(spec), config);
    expect(problems).toEqual([]);
    expect(applied).toMatchObject([
      {
        namespace: 'shop',
        creates: { name: 'shop', isManaged: false },
        rendering: {
          by: 'helm',
          chart: { name: 'redis', version: '1.0', repository: 'https://charts.example.com' },
          release: 'redis',
          namespace: 'shop',
          values: [{ text: 'a: 1' }, { text: 'b: 2' }],
          set: [
            { flag: '--set-string', text: 'x=1\\,2' },
            { flag: '--set', text: 'c=3' },
          ],
        },
      },
    ]);
  });

  test.each([
    ['chart: oci://r.io/charts/redis', { name: 'redis', repository: 'oci://r.io/charts' }],
    [
      'chart: https://example.com/a/redis-1.2.3.tgz',
      { name: 'redis', version: '1.2.3', repository: 'https://example.com/a' },
    ],
  ])('has the %s', (spec, source) => {
    expect(renderings(chart(spec))).toMatchObject([{ chart: source, namespace: 'kube-system' }]);
  });

  test.each([
    ['chartContent: aGk=', 'engine-needed: HelmChart kube-system/redis holds its chart itself'],
    ['chart: "https://%{KUBERNETES_API}%/static/x.tgz"', expect.stringContaining('source-elsewhere')],
  ])('with %s is a finding', (spec, message) => {
    expect(renderings(chart(spec))).toEqual([message]);
  });
});
