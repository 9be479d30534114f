import { needs } from '../../../src/model/needs/needs.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const spec: Partial<ImagePullSpec> = {
  registries: {
    hub: { preset: 'docker-hub' },
    quay: { preset: 'quay', path: 'acme' },
    ubi: { host: 'registry.access.redhat.com', access: 'public' },
    internal: { preset: 'openshift' },
  },
  pullSecrets: { 'quay-pull': { registries: ['quay'], source: { existing: {} } } },
};

/** What the manifests get on OpenShift: needs, those on no list in brackets, and grants. */
function answers(yaml: string, change: Partial<ImagePullSpec> = {}, cluster: object = { openshift: '4.20' }) {
  const result = needs(inventoryOf(yaml), prod({ ...spec, ...change }, cluster));
  return {
    needs: result.needs.map(({ namespace, serviceAccount: account, pullSecret: { name }, listed }) =>
      listed ? `${namespace}/${account} ${name}` : `[${namespace} ${name}]`,
    ),
    grants: result.grants.map((grant) => `${grant.to}/${grant.serviceAccount ?? '*'} from ${grant.from}`),
    problems: result.findings.map(({ code }) => code),
    counts: result.counts,
  };
}

const stream = (namespace: string, name: string, streamSpec: string) =>
  `---\n{ apiVersion: image.openshift.io/v1, kind: ImageStream, metadata: { name: ${name}, namespace: ${namespace} }, spec: ${streamSpec} }\n`;

/** A Deployment of project a whose container `app` is filled by a trigger. */
function triggered(from: object): string {
  const fieldPath = 'spec.template.spec.containers[?(@.name=="app")].image';
  const annotation = JSON.stringify(JSON.stringify([{ from, fieldPath }]));
  return `---\n{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: a, annotations: { image.openshift.io/triggers: ${annotation} } }, spec: { template: { spec: { containers: [{ name: app, image: " " }] } } } }\n`;
}

const fromB = triggered({ kind: 'ImageStreamTag', name: 'api:1', namespace: 'b' });
const fromA = triggered({ kind: 'ImageStreamTag', name: 'api:1' });
const tag = (from: string, rest = '') => `{ tags: [{ name: "1", from: ${from}${rest} }] }`;
const docker = (image: string) => `{ kind: DockerImage, name: ${image} }`;
const tagOf = (namespace: string, name: string) => `{ kind: ImageStreamTag, namespace: ${namespace}, name: "${name}" }`;
const local = ', referencePolicy: { type: Local }';

test.each<[string, string, string[], string[]]>([
  ['pushed images of another project', fromB + stream('b', 'api', '{}'), [], ['a/default from b']],
  ['pushed images of its own project', fromA + stream('a', 'api', '{}'), [], []],
  [
    'an import from outside: the pod pulls from there, the stream imports from there',
    fromA + stream('a', 'api', tag(docker('quay.io/acme/api:1'))),
    ['a/default quay-pull', '[a quay-pull]'],
    [],
  ],
  [
    'an import with policy Local: the pod pulls from its own project',
    fromA + stream('a', 'api', tag(docker('quay.io/acme/api:1'), local)),
    ['[a quay-pull]'],
    [],
  ],
  [
    'an import of another project with policy Local: the pod pulls from that project',
    fromB + stream('b', 'api', tag(docker('quay.io/acme/api:1'), local)),
    ['[b quay-pull]'],
    ['a/default from b'],
  ],
  [
    'an import of another project: the pod pulls from outside',
    fromB + stream('b', 'api', tag(docker('quay.io/acme/api:1'))),
    ['a/default quay-pull', '[b quay-pull]'],
    [],
  ],
  [
    'a reference that is never imported: policy Local has nothing to pass through',
    fromA + stream('a', 'api', tag(docker('quay.io/acme/api:1'), `${local}, reference: true`)),
    ['a/default quay-pull'],
    [],
  ],
  [
    'a tag of another project that is no reference: it is pulled from its own project',
    fromA + stream('a', 'api', tag(tagOf('b', 'api:2'))) + stream('b', 'api', '{}'),
    [],
    [],
  ],
  [
    'a reference to a tag of another project: it is pulled from there',
    fromA + stream('a', 'api', tag(tagOf('b', 'api:2'), ', reference: true')) + stream('b', 'api', '{}'),
    [],
    ['a/default from b'],
  ],
  [
    'a reference to a tag of another project with policy Local: it is pulled from its own project',
    fromA + stream('a', 'api', tag(tagOf('b', 'api:2'), `${local}, reference: true`)) + stream('b', 'api', '{}'),
    [],
    [],
  ],
  [
    'a tag that follows one of another project that was imported',
    fromA + stream('a', 'api', tag(tagOf('b', 'api:1'))) + stream('b', 'api', tag(docker('quay.io/acme/api:1'))),
    ['a/default quay-pull', '[b quay-pull]'],
    [],
  ],
  [
    'a tag that follows one of another project with policy Local: only the own policy counts',
    fromA + stream('a', 'api', tag(tagOf('b', 'api:1'))) + stream('b', 'api', tag(docker('quay.io/acme/api:1'), local)),
    ['a/default quay-pull', '[b quay-pull]'],
    [],
  ],
  [
    'with policy Local a tag that follows an import of another project',
    fromA + stream('a', 'api', tag(tagOf('b', 'api:1'), local)) + stream('b', 'api', tag(docker('quay.io/acme/api:1'))),
    ['[b quay-pull]'],
    [],
  ],
  [
    'an image of the internal registry as a Docker image',
    fromA + stream('a', 'api', tag(docker('image-registry.openshift-image-registry.svc:5000/b/api:1'))),
    [],
    ['a/default from b'],
  ],
  [
    'a whole repository that is imported',
    fromA + stream('a', 'api', '{ dockerImageRepository: quay.io/acme/api }'),
    ['a/default quay-pull', '[a quay-pull]'],
    [],
  ],
  [
    'another tag of the same stream',
    fromA +
      stream(
        'a',
        'api',
        `{ tags: [{ name: "1", from: { kind: ImageStreamTag, name: stable } }, { name: stable, from: ${docker('quay.io/acme/api')} }] }`,
      ),
    ['a/default quay-pull', '[a quay-pull]'],
    [],
  ],
  ['tags that follow each other in a ring', fromA + stream('a', 'api', tag(tagOf('a', 'api:1'))), [], []],
  [
    'an image by digest, which any tag may hold',
    triggered({ kind: 'ImageStreamImage', name: 'api@sha256:0', namespace: 'b' }) +
      stream('b', 'api', `{ tags: [{ name: x }, { name: y, from: ${docker('quay.io/acme/api')} }] }`),
    ['a/default quay-pull', '[b quay-pull]'],
    ['a/default from b'],
  ],
  ['a public import needs nothing', fromA + stream('a', 'api', tag(docker('registry.access.redhat.com/ubi9'))), [], []],
])('a tag that holds %s', (_, yaml, expectedNeeds, grants) => {
  expect(answers(yaml)).toMatchObject({
    needs: expectedNeeds,
    grants,
    problems: [],
    counts: { images: 1, findings: 0 },
  });
});

test('an image stream of another project that no manifest declares is taken for pushed images, with a warning', () => {
  expect(answers(fromB)).toMatchObject({ grants: ['a/default from b'], problems: ['image-stream-unknown'] });
  const shared = triggered({ kind: 'ImageStreamTag', name: 'nodejs:20', namespace: 'openshift' });
  expect(answers(shared)).toMatchObject({ grants: [], problems: [] });
});

test('a tag that follows an unknown stream warns, and needs no grant unless it is a reference', () => {
  const follows = (rest: string) => fromA + stream('a', 'api', tag(tagOf('b', 'api:2'), rest));
  expect(answers(follows(''))).toMatchObject({ grants: [], problems: ['image-stream-unknown'] });
  expect(answers(follows(', reference: true'))).toMatchObject({
    grants: ['a/default from b'],
    problems: ['image-stream-unknown'],
  });
});

test('a BuildConfig pulls by image streams as its own account', () => {
  const build = `{ apiVersion: build.openshift.io/v1, kind: BuildConfig, metadata: { name: x, namespace: a }, spec: { strategy: { dockerStrategy: { from: { kind: ImageStreamTag, name: "base:1", namespace: b } } } } }\n`;
  expect(answers(build + stream('b', 'base', '{}')).grants).toEqual(['a/builder from b']);
});

describe('a short name', () => {
  const annotated = (at: 'object' | 'template') => {
    const metadata = `annotations: { alpha.image.policy.openshift.io/resolve-names: '*' }`;
    return `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: x, namespace: a${at === 'object' ? `, ${metadata}` : ''} }, spec: { template: { metadata: { ${at === 'template' ? metadata : ''} }, spec: { containers: [{ name: c, image: "api:1" }] } } } }\n`;
  };
  const plain = deployment('a', 'x', ['api:1']);
  const withoutLookup = stream('a', 'api', '{}');

  test.each([
    ['lookupPolicy.local of the stream', plain + stream('a', 'api', '{ lookupPolicy: { local: true } }')],
    ['the annotation of the object', annotated('object') + withoutLookup],
    ['the annotation of the template', annotated('template') + withoutLookup],
  ])('is resolved by %s', (_, yaml) => {
    expect(answers(yaml)).toMatchObject({ problems: [], counts: { internal: 1 } });
  });

  test('is resolved to where the tag points', () => {
    const yaml =
      plain + stream('a', 'api', `{ lookupPolicy: { local: true }, ${tag(docker('quay.io/acme/api')).slice(1)}`);
    expect(answers(yaml).needs).toEqual(['a/default quay-pull', '[a quay-pull]']);
  });

  test('that nothing resolves is a Docker Hub image, and a warning names the setting', () => {
    const { findings } = needs(inventoryOf(plain + withoutLookup), prod(spec, { openshift: '4.20' }));
    expect(findings).toMatchObject([{ code: 'image-stream-not-resolved' }]);
    expect(findings[0]?.hint).toContain('lookupPolicy.local: true on ImageStream a/api');
    expect(answers(plain + withoutLookup).counts.anonymous).toBe(1);
  });

  test('is not resolved in the namespaces that OpenShift leaves alone', () => {
    const yaml = deployment('default', 'x', ['api:1']) + stream('default', 'api', '{ lookupPolicy: { local: true } }');
    expect(answers(yaml)).toMatchObject({ problems: ['image-stream-not-resolved'], counts: { anonymous: 1 } });
  });

  test.each([
    [
      'by digest',
      deployment('a', 'x', [`api@sha256:${'0'.repeat(64)}`]) + stream('a', 'api', '{ lookupPolicy: { local: true } }'),
    ],
    ['of a stream of another namespace', plain + stream('b', 'api', '{ lookupPolicy: { local: true } }')],
  ])('%s is a Docker Hub image', (_, yaml) => {
    expect(answers(yaml)).toMatchObject({ problems: [], counts: { anonymous: 1 } });
  });

  test('on Kubernetes is a Docker Hub image whatever streams there are', () => {
    expect(answers(plain + withoutLookup, {}, {})).toMatchObject({ problems: [], counts: { anonymous: 1 } });
  });

  test('beside a trigger is what the trigger puts there', () => {
    const yaml = fromB.replace('image: " "', 'image: "web:latest"') + stream('b', 'api', '{}');
    expect(answers(yaml)).toMatchObject({ grants: ['a/default from b'], problems: [] });
  });
});

describe('an import', () => {
  const imports = stream('a', 'api', tag(docker('quay.io/acme/api:1')));

  test('without a pull secret is a finding that names the stream', () => {
    const { findings } = needs(inventoryOf(imports), prod({ ...spec, pullSecrets: {} }, { openshift: '4.20' }));
    expect(findings).toMatchObject([{ code: 'pull-secret-missing' }]);
    expect(findings[0]?.message).toContain('ImageStream a/api imports quay.io/acme/api:1');
  });

  test('needs nothing on Kubernetes, nor where only pods are asked for', () => {
    expect(answers(imports, {}, {}).needs).toEqual([]);
    expect(needs(inventoryOf(imports), prod(spec, { openshift: '4.20' }), { imports: false }).needs).toEqual([]);
  });

  test('of a stream without a namespace is a finding', () => {
    const yaml = imports.replace(', namespace: a', '');
    expect(answers(yaml).problems).toEqual(['namespace-unstated']);
  });
});

test.each<[string, string]>([
  ['an import', stream('"../../x"', 'api', tag(docker('quay.io/acme/api')))],
  ['a trigger', triggered({ kind: 'ImageStreamTag', name: 'api:1', namespace: '../../x' })],
  [
    'an image of the internal registry',
    deployment('a', 'x', ['image-registry.openshift-image-registry.svc:5000/a_b/api']),
  ],
])('the namespace of %s that is none is a finding, and nothing is written for it', (_, yaml) => {
  const { needs: found, grants, problems } = answers(yaml);
  expect({ found, grants }).toEqual({ found: [], grants: [] });
  expect(problems).toContain('manifest-name-invalid');
});

test('two tags that follow the same one lead where that one leads, and nowhere else', () => {
  const follows = (name: string) => `{ name: ${name}, from: ${tagOf('c', 'api:1')} }`;
  const yaml =
    triggered({ kind: 'ImageStreamImage', name: 'api@sha256:0', namespace: 'b' }) +
    stream('b', 'api', `{ tags: [${follows('x')}, ${follows('y')}] }`) +
    stream('c', 'api', tag(docker('quay.io/acme/api')));
  expect(answers(yaml)).toMatchObject({ needs: ['a/default quay-pull', '[c quay-pull]'], grants: [], problems: [] });
});

test('rows and webs of tags that follow each other are read in no time', () => {
  const row = Array.from(
    { length: 20_000 },
    (_, index) => `{ name: "${index}", from: { kind: ImageStreamTag, name: "api:${index + 1}" } }`,
  );
  const web = (level: number) =>
    `{ tags: [${[1, 2, 3, 4]
      .map((name) => `{ name: "${name}", from: { kind: ImageStreamImage, name: "w${level + 1}@sha256:${name}" } }`)
      .join(', ')}] }`;
  const streams = Array.from({ length: 30 }, (_, level) => stream('a', `w${level}`, web(level)));
  const yaml =
    triggered({ kind: 'ImageStreamTag', name: 'api:0' }) +
    `---\n${deployment('a', 'short', ['w0:1'])}` +
    stream('a', 'api', `{ tags: [${row.join(', ')}] }`) +
    streams.join('').replace('spec: {', 'spec: { lookupPolicy: { local: true },');
  expect(answers(yaml)).toMatchObject({ problems: [], counts: { images: 2, internal: 2 } });
});
