// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands for a value of a Secret looks so.
import type { Applied } from '../../../src/model/topology/applied.js';
import { type Added, followed, here, repository, said } from './in-memory.js';

const view = repository([
  'apps/prod/kustomization.yaml',
  'apps/prod/web.yaml',
  'components/tls/kustomization.yaml',
  'charts/web/Chart.yaml',
  'charts/web/values.yaml',
  'charts/web/values-prod.yaml',
]);

const source = (kind: string, name: string, spec: string) => `
apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: flux-system }
spec: { ${spec} }
`;
const fleet = source('GitRepository', 'fleet', `url: ${here}`);

const kustomization = (spec: string, ref = '{ kind: GitRepository, name: fleet }') => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { sourceRef: ${ref}, ${spec} }
`;

const release = (spec: string, metadata = 'name: web, namespace: shop') => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { ${metadata} }
spec: { ${spec} }
`;

const configMap = (name: string, data: string, namespace = 'flux-system') => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ${namespace} }
data: { ${data} }
`;

const renderings = (...texts: (string | Added)[]) => {
  const { applied, problems } = followed(view, ...texts);
  return [...applied.map(({ rendering }) => rendering), ...said(problems)];
};
const build = (more = {}) => ({ by: 'kustomize', folder: 'apps/prod', isFlux: true, ...more });

describe('a Kustomization', () => {
  test('is built with everything that it says', () => {
    const spec = `path: ./apps/prod, targetNamespace: shop, namePrefix: a-, nameSuffix: -z,
      commonMetadata: { labels: { team: shop }, annotations: { a: b } },
      patches: [{ patch: "x: 1", target: { kind: Deployment } }], images: [{ name: nginx, newName: r.io/nginx, newTag: "1" }],
      components: [../../components/tls, ../../components/none], ignoreMissingComponents: true`;
    expect(renderings(fleet, kustomization(spec))).toEqual([
      build({
        around: {
          namespace: 'shop',
          namePrefix: 'a-',
          nameSuffix: '-z',
          patches: [{ patch: 'x: 1', target: { kind: 'Deployment' } }],
          components: ['../../components/tls'],
          images: [{ name: 'nginx', newName: 'r.io/nginx', newTag: '1' }],
          labels: [{ pairs: { team: 'shop' } }],
        },
      }),
    ]);
  });

  test('gives no namespace, and has its own cluster or that of a kubeconfig', () => {
    const where = (spec: string, origin = {}) =>
      followed(view, { text: fleet, origin }, { text: kustomization(spec), origin }).applied.map(
        ({ namespace, destination }: Applied) => ({ namespace, destination }),
      );
    expect(where('path: apps/prod')).toEqual([{ namespace: undefined, destination: {} }]);
    const remote = { destination: { name: 'edge' } };
    expect(where('path: apps/prod', remote)).toEqual([{ namespace: undefined, ...remote }]);
    expect(where('path: apps/prod, kubeConfig: { secretRef: { name: far } }', remote)).toEqual([
      { namespace: undefined, destination: { name: 'far' } },
    ]);
  });

  test('of a GitRepository that bootstrap makes is of this repository, declared or not', () => {
    const ref = '{ kind: GitRepository, name: flux-system }';
    expect(renderings(kustomization('path: apps/prod', ref))).toEqual([build()]);
    expect(
      renderings(kustomization('path: apps/prod', ref), source('GitRepository', 'flux-system', 'url: ssh://x/y')),
    ).toEqual([
      'source-elsewhere: Kustomization flux-system/apps applies what lies in ssh://x/y, which is not this repository',
    ]);
  });

  test('of a source that never comes is a finding', () => {
    expect(renderings(kustomization('path: apps/prod'))).toEqual([
      'reference-missing: Kustomization flux-system/apps refers to GitRepository flux-system/fleet, which nothing that was read declares',
    ]);
  });

  test.each([
    [source('OCIRepository', 'fleet', 'url: oci://r.io/fleet'), 'OCIRepository', 'oci://r.io/fleet'],
    [source('Bucket', 'fleet', 'endpoint: s3.example.com, bucketName: fleet'), 'Bucket', 's3.example.com/fleet'],
  ])('of an artifact is a finding: %s', (object, kind, url) => {
    expect(renderings(object, kustomization('path: apps/prod', `{ kind: ${kind}, name: fleet }`))).toEqual([
      `source-elsewhere: Kustomization flux-system/apps applies what lies in ${url}, which is not this repository`,
    ]);
  });

  test('without a source is a finding', () => {
    expect(renderings(kustomization('path: apps/prod', '{}'))).toEqual([
      'gitops-object-invalid: Kustomization flux-system/apps names no source',
    ]);
  });

  test('of a folder that is not there is a finding', () => {
    expect(renderings(fleet, kustomization('path: apps/none'))).toEqual([
      'path-missing: Kustomization flux-system/apps applies apps/none, which is no folder of this repository',
    ]);
  });
});

describe('variables', () => {
  const spec = `path: apps/prod, postBuild: { substitute: { a: "1", d: 5 }, substituteFrom: [
    { kind: ConfigMap, name: first }, { kind: ConfigMap, name: second, optional: true } ] }`;
  const first = configMap('first', 'a: x, b: x');

  const variables = (values: Readonly<Record<string, string>>, unknown: unknown = new Set()) =>
    build({ substitute: { values: new Map(Object.entries(values)), unknown } });

  test('come from ConfigMaps in order, then from the object', () => {
    const second = configMap('second', 'b: z, c: z');
    expect(renderings(fleet, kustomization(spec), second, first)).toEqual([
      variables({ a: '1', b: 'z', c: 'z', d: '5' }),
    ]);
  });

  test('do without an optional ConfigMap', () => {
    expect(renderings(fleet, kustomization(spec), first)).toEqual([variables({ a: '1', b: 'x', d: '5' })]);
  });

  test('of a ConfigMap that never comes are a finding', () => {
    expect(renderings(fleet, kustomization(spec))).toEqual([
      'reference-missing: Kustomization flux-system/apps refers to ConfigMap flux-system/first, which nothing that was read declares',
    ]);
  });

  test('of a Secret are not known, unless they have another value', () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: flux-system }\nstringData: { a: ENC, b: ENC }\n';
    const from = (substitute: string) =>
      kustomization(
        `path: apps/prod, postBuild: { substitute: { ${substitute} }, substituteFrom: [{ kind: Secret, name: s }] }`,
      );
    expect(renderings(fleet, from('a: "1"'), secret)).toEqual([variables({ a: '1' }, new Set(['a', 'b']))]);
    expect(renderings(fleet, from('a: "1"'))).toEqual([variables({ a: '1' }, 'any')]);
  });
});

describe('a HelmRelease', () => {
  const charts = source('HelmRepository', 'charts', 'url: https://charts.example.com');
  const template = (spec: string) => `chart: { spec: { ${spec} } }`;
  const redis =
    'chart: redis, version: "20.x", sourceRef: { kind: HelmRepository, name: charts, namespace: flux-system }';
  const web = 'chart: ./charts/web, sourceRef: { kind: GitRepository, name: fleet, namespace: flux-system }';
  const helm = (more = {}) => ({ by: 'helm', release: 'web', namespace: 'shop', values: [], ...more });
  const published = { name: 'redis', version: '20.x', repository: 'https://charts.example.com' };

  test.each<[what: string, added: readonly string[], spec: string, chart: unknown]>([
    ['of a HelmRepository', [charts], template(redis), published],
    ['of this repository', [fleet], template(web), { folder: 'charts/web' }],
    [
      'of a HelmRepository of OCI',
      [source('HelmRepository', 'charts', 'type: oci, url: oci://r.io/charts')],
      template(redis.replace('"20.x"', '"*"')),
      { name: 'redis', repository: 'oci://r.io/charts' },
    ],
    [
      'of an OCIRepository',
      [source('OCIRepository', 'redis', 'url: oci://r.io/charts/redis, ref: { tag: 1.2.3, digest: "sha256:0a" }')],
      'chartRef: { kind: OCIRepository, name: redis, namespace: flux-system }',
      { name: 'redis', version: '1.2.3', repository: 'oci://r.io/charts' },
    ],
    [
      'of a HelmChart',
      [
        charts,
        source('HelmChart', 'redis', 'chart: redis, version: 20.x, sourceRef: { kind: HelmRepository, name: charts }'),
      ],
      'chartRef: { kind: HelmChart, name: redis, namespace: flux-system }',
      published,
    ],
  ])('has the chart %s', (_what, added, spec, chart) => {
    expect(renderings(...added, release(spec))).toEqual([helm({ chart })]);
  });

  test.each([
    ['', 'name: web', 'web', 'default', undefined],
    ['', 'name: web, namespace: shop', 'web', 'shop', 'shop'],
    ['targetNamespace: other,', 'name: web, namespace: shop', 'other-web', 'other', 'other'],
    ['releaseName: r, targetNamespace: other,', 'name: web, namespace: shop', 'r', 'other', 'other'],
  ])('%s %s is release %s in %s', (spec, metadata, name, namespace, given) => {
    const { applied } = followed(view, charts, release(`${spec} ${template(redis)}`, metadata));
    expect(applied).toMatchObject([{ rendering: { release: name, namespace } }]);
    expect(applied[0]?.namespace).toBe(given);
  });

  test('creates the namespace of its release', () => {
    const { applied } = followed(view, charts, release(`${template(redis)}, install: { createNamespace: true }`));
    expect(applied[0]?.creates).toEqual({ name: 'shop', labels: new Map(), isManaged: false });
  });

  test('has its values over those of ConfigMaps', () => {
    const valuesFrom = `valuesFrom: [{ kind: ConfigMap, name: a }, { kind: ConfigMap, name: b, valuesKey: x.yaml },
      { kind: ConfigMap, name: c, valuesKey: tag, targetPath: image.tag }, { kind: ConfigMap, name: none, optional: true }]`;
    const values = 'values: { image: { pullPolicy: Always }, list: [1] }';
    expect(
      renderings(
        charts,
        configMap('a', 'values.yaml: "image: { tag: a, registry: a }\\nlist: [2, 3]"', 'shop'),
        configMap('b', 'x.yaml: "image: { registry: b, pullPolicy: Never }"', 'shop'),
        configMap('c', 'tag: "7"', 'shop'),
        release(`${template(redis)}, ${valuesFrom}, ${values}`),
      ),
    ).toEqual([
      helm({
        chart: published,
        values: [{ inline: { image: { tag: 7, registry: 'b', pullPolicy: 'Always' }, list: [1] } }],
      }),
    ]);
  });

  test('with values of a Secret is a finding', () => {
    const valuesFrom = 'valuesFrom: [{ kind: Secret, name: s }, { kind: Secret, name: t, targetPath: "a\\\\.b" }]';
    expect(renderings(charts, release(`${template(redis)}, ${valuesFrom}`)).slice(1)).toEqual([
      'values-unknown: HelmRelease shop/web takes values from Secret shop/s, which nobody reads here',
      'values-unknown: HelmRelease shop/web takes the value a\\.b from Secret shop/t, which nobody reads here',
    ]);
  });

  test('has, where a Secret gives one value, what can be in no image', () => {
    const valuesFrom = `valuesFrom: [{ kind: Secret, name: s, targetPath: "db.users[1].password" },
      { kind: Secret, name: s, targetPath: image.registry }, { kind: ConfigMap, name: c, valuesKey: tag, targetPath: "list[2]" }]`;
    const values = 'values: { db: { users: [{ name: a }, { name: b }] }, image: { tag: v1 } }';
    expect(
      renderings(charts, configMap('c', 'tag: "x"', 'shop'), release(`${template(redis)}, ${valuesFrom}, ${values}`)),
    ).toEqual([
      helm({
        chart: published,
        values: [
          {
            inline: {
              db: { users: [{ name: 'a' }, { name: 'b', password: '${Secret shop/s}' }] },
              image: { tag: 'v1', registry: '${Secret shop/s}' },
              list: [null, null, 'x'],
            },
          },
        ],
      }),
    ]);
  });

  test.each([
    ['7', 7],
    ['007', '007'],
    ['true', true],
    ['"7"', '7'],
    ['a: b', 'a: b'],
  ])('has the text %s of a ConfigMap as helm sets it', (text, value) => {
    const valuesFrom = 'valuesFrom: [{ kind: ConfigMap, name: c, valuesKey: k, targetPath: a.b }]';
    expect(
      renderings(
        charts,
        configMap('c', `k: ${JSON.stringify(text)}`, 'shop'),
        release(`${template(redis)}, ${valuesFrom}`),
      ),
    ).toMatchObject([{ values: [{ inline: { a: { b: value } } }] }]);
  });

  test('with a text that helm takes apart is a finding, unless it is literal', () => {
    const from = (more: string) =>
      release(`${template(redis)}, valuesFrom: [{ kind: ConfigMap, name: c, valuesKey: k, targetPath: a${more} }]`);
    const map = configMap('c', 'k: "b,c"', 'shop');
    expect(renderings(charts, map, from('')).slice(1)).toEqual([
      'engine-needed: HelmRelease shop/web sets a to a value that only helm takes apart',
    ]);
    expect(renderings(charts, map, from(', literal: true'))).toMatchObject([{ values: [{ inline: { a: 'b,c' } }] }]);
  });

  test('lays files of the chart over its values', () => {
    const files = `valuesFiles: [./charts/web/values.yaml, charts/web/values-prod.yaml]`;
    expect(renderings(fleet, release(template(`${web}, ${files}`)))).toEqual([
      helm({ chart: { folder: 'charts/web' }, values: [{ file: 'charts/web/values-prod.yaml' }] }),
    ]);
    expect(renderings(charts, release(template(`${redis}, valuesFiles: [values-ha.yaml]`)))).toEqual([
      helm({ chart: published, values: [{ chartFile: 'values-ha.yaml' }] }),
      'engine-needed: HelmRelease shop/web has valuesFiles without values.yaml, whose values count here nevertheless',
    ]);
  });

  test('keeps what is laid around its output', () => {
    const spec = `${template(redis)}, postRenderers: [{ kustomize: { images: [{ name: redis, newName: r.io/redis }] } }]`;
    expect(renderings(charts, release(spec))).toMatchObject([
      { postRender: [{ images: [{ name: 'redis', newName: 'r.io/redis' }] }] },
    ]);
  });

  test.each([
    ['interval: 5m', 'gitops-object-invalid: HelmRelease shop/web names no chart'],
    [
      'chartRef: { kind: ExternalArtifact, name: x }',
      'reference-missing: HelmRelease shop/web refers to ExternalArtifact shop/x, which nothing that was read declares',
    ],
    [
      'chartRef: { kind: OCIRepository, name: x }',
      'reference-missing: HelmRelease shop/web refers to OCIRepository shop/x, which nothing that was read declares',
    ],
  ])('with %s is a finding', (spec, message) => {
    expect(renderings(release(spec))).toEqual([message]);
  });
});
