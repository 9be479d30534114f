// The proof as a library: story 8 of a TypeScript team, and manifests as plain objects.
import { inspect } from 'node:util';
import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { Cluster, PullSecret, prove, Source } from '../src/index.js';
import { deployment } from './support.js';

/** A chart with a workload of cdk8s-plus. */
function unattached(image: string) {
  const chart = Testing.chart();
  const web = new kplus.Deployment(chart, 'web', { metadata: { namespace: 'team-a' }, containers: [{ image }] });
  return { chart, web };
}

/** The same with a cluster that gives `ghcr.io/acme` a credential. */
function story(image: string) {
  const { chart, web } = unattached(image);
  const cluster = new Cluster(chart, 'prod', { kubernetes: '1.35', gitops: 'argocd' });
  const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
  new PullSecret(cluster, 'ghcr-pull', {
    registries: [ghcr],
    source: Source.external({ store: 'vault', key: 'registries/ghcr' }),
  });
  return { chart, cluster, web };
}

describe('a TypeScript team with its own cdk8s app', () => {
  test('every image is covered', () => {
    const { chart, cluster, web } = story('ghcr.io/acme/web:v4');
    cluster.namespace('team-a').attachFor(web);
    expect(prove(Testing.synth(chart)).findings).toEqual([]);
    expect(prove(Testing.synth(chart)).images).toMatchObject([
      { verdict: 'assumed', credentials: [{ from: 'pod', secret: 'ghcr-pull', key: 'ghcr.io/acme/' }] },
    ]);
  });

  test('an image that nothing covers is a finding', () => {
    const { chart } = story('quay.io/acme/web:v4');
    const { findings, images } = prove(Testing.synth(chart));
    expect(findings.map(({ code }) => code)).toContain('access-unknown');
    expect(images).toMatchObject([{ verdict: 'anonymous', credentials: [] }]);
  });

  test('the spec of the cluster says which image must have a credential', () => {
    const { chart } = unattached('ghcr.io/acme/web:v4');
    const others = new Cluster(Testing.chart(), 'prod');
    others.registry('ghcr', { preset: 'ghcr', path: 'acme' });
    const { images, findings } = prove(Testing.synth(chart), { spec: others.spec() });
    expect(images).toMatchObject([{ verdict: 'missing' }]);
    expect(findings.map(({ code }) => code)).toContain('image-uncovered');
  });
});

const pod = (image: string, namespace?: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', ...(namespace && { namespace }) },
  spec: { containers: [{ name: 'c', image }], imagePullSecrets: [{ name: 'regcred' }] },
});
const auths = { 'ghcr.io': { username: 'bot', password: 'hunter2' } };
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/dockerconfigjson',
  metadata: { name: 'regcred', namespace: 'team-a' },
  data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') },
};

test('items of lists count, and a namespace can be given to what names none', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [secret, pod('ghcr.io/acme/web:v4')] };
  expect(prove([list], { namespace: 'team-a' })).toMatchObject({ images: [{ verdict: 'covered' }], findings: [] });
  expect(prove([list]).images).toMatchObject([{ verdict: 'missing' }]);
});

test('no value of a Secret is in the answer', () => {
  const answer = prove([secret, pod('ghcr.io/acme/web:v4', 'team-a')]);
  for (const text of [JSON.stringify(answer), inspect(answer, { depth: null })]) {
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain(secret.data['.dockerconfigjson']);
  }
});

test.each([
  ['nothing at all', [], 'no-pods'],
  ['what is no object', [null, 7, 'text', { kind: 'Pod' }], 'manifest-not-an-object'],
  ['an object without a name', [{ ...pod('nginx'), metadata: {} }], 'manifest-wrong-type'],
])('%s is a finding, never a green answer', (_what, manifests, code) => {
  expect(prove(manifests).findings.map((each) => each.code)).toContain(code);
});

test.each([
  ['is taken whole from the provider', '', 'dataFrom: [{ extract: { key: registries } }]'],
  ['is one value of the provider', '', 'data: [{ secretKey: .dockerconfigjson, remoteRef: { key: r } }]'],
  [
    'is made from templates elsewhere',
    ', templateFrom: [{ configMap: { name: t } }]',
    'dataFrom: [{ extract: { key: registries } }]',
  ],
])('the keys of a docker config that %s are not known, and the image is assumed', (_what, template, data) => {
  const external =
    parse(`{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: pull, namespace: a },
    spec: { target: { template: { type: kubernetes.io/dockerconfigjson${template} } }, ${data} } }`);
  const { images } = prove([
    external,
    parse(deployment('a', 'web', ['ghcr.io/acme/web:1'], 'imagePullSecrets: [{ name: pull }],')),
  ]);
  expect(images.map(({ verdict, credentials }) => [verdict, credentials[0]?.secret, credentials[0]?.key])).toEqual([
    ['assumed', 'pull', ''],
  ]);
});

test('what an ExternalSecret makes without a type is no pull secret', () => {
  const external =
    parse(`{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: pull, namespace: a },
    spec: { dataFrom: [{ extract: { key: registries } }] } }`);
  const { images, findings } = prove([
    external,
    parse(deployment('a', 'web', ['ghcr.io/acme/web:1'], 'imagePullSecrets: [{ name: pull }],')),
  ]);
  expect(images.map(({ verdict }) => verdict)).toEqual(['inert']);
  expect(findings.map(({ code }) => code)).toContain('external-secret-untyped');
});
