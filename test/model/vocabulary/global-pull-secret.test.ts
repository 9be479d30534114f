import { check } from '../../../src/model/check/check.js';
import { DockerConfigDocument } from '../../../src/model/docker-config/docker-config-document.js';
import { pathOf, severityOf } from '../../../src/model/problem/problem.js';
import { clusterModel } from '../../../src/model/vocabulary/cluster.js';
import { globalPullSecretOf } from '../../../src/model/vocabulary/global-pull-secret.js';
import type {
  ClusterSpec,
  GlobalPullSecretSpec,
  ImagePullSpec,
  PullSecretSpec,
} from '../../../src/model/vocabulary/spec.js';

const external = { external: { store: 'vault', key: 'registries/mirror' } };
const plaintext = { plaintext: { acceptPlaintextInGit: true, username: 'robot', password: 'hunter2' } };
const current = { external: { store: 'vault', key: 'openshift/pull-secret' } };
const documentOf = (...keys: string[]) =>
  DockerConfigDocument.parse(JSON.stringify({ auths: Object.fromEntries(keys.map((key) => [key, {}])) }));
const file = (...keys: string[]) => ({ plaintext: { acceptPlaintextInGit: true, document: documentOf(...keys) } });

function specOf(
  pullSecret: Partial<PullSecretSpec>,
  globalPullSecret: GlobalPullSecretSpec | undefined,
  cluster: ClusterSpec = { openshift: '4.20' },
): ImagePullSpec {
  return {
    version: 1,
    registries: {
      mirror: { host: 'mirror.example' },
      quay: { preset: 'quay', path: 'acme' },
      hub: { preset: 'docker-hub' },
    },
    pullSecrets: {
      p: { registries: ['mirror'], source: external, distribution: 'globalPullSecret', ...pullSecret },
    },
    clusters: { ocp: { ...cluster, ...(globalPullSecret && { globalPullSecret }) } },
  };
}

const codesOf = (spec: ImagePullSpec) =>
  check(spec)
    .filter((problem) => severityOf(problem) === 'error')
    .map((problem) => `${problem.code} ${pathOf(problem).join('.')}`);

const at = 'clusters.ocp.globalPullSecret';

test.each<[string, Partial<PullSecretSpec>, GlobalPullSecretSpec | undefined]>([
  ['entries from stores', {}, { current }],
  [
    'a property and an interval',
    {},
    { current: { external: { ...current.external, property: 'x' } }, refreshInterval: '8h' },
  ],
  ['entries from files', { source: plaintext }, { current: file('cloud.openshift.com') }],
  ['a hosted control plane', {}, { hosted: true }],
  ['plain text on a hosted control plane', { source: plaintext }, { hosted: true }],
  ['an entry that somebody else put there', { source: { existing: {} } }, undefined],
  ['the same beside a document', { source: { existing: {} } }, { current }],
  [
    'paths beside a host',
    { registries: ['quay'], source: plaintext },
    { current: file('quay.io', 'cloud.openshift.com') },
  ],
])('%s are fine', (_what, pullSecret, globalPullSecret) => {
  expect(codesOf(specOf(pullSecret, globalPullSecret))).toEqual([]);
});

test.each<[string, Partial<PullSecretSpec>, GlobalPullSecretSpec | undefined, string[]]>([
  ['nothing that says what else is in it', {}, undefined, ['global-pull-secret-incomplete pullSecrets.p']],
  ['nothing but an interval', {}, { refreshInterval: '1h' }, ['global-pull-secret-incomplete pullSecrets.p']],
  ['current with hosted', {}, { hosted: true, current }, [`option-without-effect ${at}.current`]],
  ['no source of current', {}, { current: {} }, [`source-invalid ${at}.current`]],
  ['two sources of current', {}, { current: { ...current, ...file() } }, [`source-invalid ${at}.current`]],
  [
    'a store that is none',
    {},
    { current: { external: { store: 'A B', key: '' } } },
    [`name-invalid ${at}.current.external.store`, `source-incomplete ${at}.current.external.key`],
  ],
  [
    'an empty property',
    {},
    { current: { external: { ...current.external, property: '' } } },
    [`source-incomplete ${at}.current.external.property`],
  ],
  ['an interval that is none', {}, { current, refreshInterval: 'daily' }, [`duration-invalid ${at}.refreshInterval`]],
  [
    'a file that is not accepted',
    { source: plaintext },
    { current: { plaintext: { document: documentOf('cloud.openshift.com') } } },
    [`plaintext-not-accepted ${at}.current.plaintext`],
  ],
  [
    'no file',
    { source: plaintext },
    { current: { plaintext: { acceptPlaintextInGit: true } } },
    [`source-incomplete ${at}.current.plaintext`],
  ],
  ['a mixture of sources', { source: plaintext }, { current }, ['global-pull-secret-mixed pullSecrets.p.source']],
  [
    'the other mixture',
    {},
    { current: file('cloud.openshift.com') },
    ['global-pull-secret-mixed pullSecrets.p.source'],
  ],
  [
    'an entry that is there',
    { source: plaintext },
    { current: file('https://mirror.example/v2/') },
    ['auths-key-duplicate pullSecrets.p.registries.0'],
  ],
  [
    'Docker Hub under another name',
    { registries: ['hub'], source: plaintext },
    { current: file('docker.io') },
    ['auths-key-duplicate pullSecrets.p.registries.0'],
  ],
  ['allow', { allow: ['team-*'] }, { current }, ['option-without-effect pullSecrets.p.allow']],
  [
    'for.namespaces',
    { for: { namespaces: ['a'] } },
    { current },
    ['option-without-effect pullSecrets.p.for.namespaces'],
  ],
  ['for.labels', { for: { labels: { a: 'b' } } }, { current }, ['option-without-effect pullSecrets.p.for.labels']],
  ['keep', { keep: ['x'] }, { current }, ['option-without-effect pullSecrets.p.keep']],
  ['metadata', { metadata: { labels: { a: 'b' } } }, { current }, ['option-without-effect pullSecrets.p.metadata']],
  [
    'an interval of its own',
    { source: { external: { ...external.external, refreshInterval: '5m' } } },
    { current },
    ['option-without-effect pullSecrets.p.source.external.refreshInterval'],
  ],
])('%s is refused', (_what, pullSecret, globalPullSecret, expected) => {
  expect(codesOf(specOf(pullSecret, globalPullSecret))).toEqual(expected);
});

test('it is for OpenShift', () => {
  expect(codesOf(specOf({}, { current }, {}))).toEqual([
    'combination-refused pullSecrets.p',
    `platform-mismatch ${at}`,
  ]);
});

test('two pull secrets with one path are refused, also while one replaces the other', () => {
  const spec = specOf({}, { current });
  const twice = { ...spec, overlap: ['p', 'q'], pullSecrets: { ...spec.pullSecrets, q: spec.pullSecrets!.p! } };
  expect(codesOf(twice)).toEqual(['auths-key-duplicate pullSecrets.q.registries.0']);
});

test('what is not for the cluster is not in its document', () => {
  const spec = specOf({ for: { clusters: ['other'] } }, undefined);
  expect(
    codesOf({
      ...spec,
      clusters: { ...spec.clusters, other: { openshift: '4.20', globalPullSecret: { hosted: true } } },
    }),
  ).toEqual([]);
});

test('a document without cloud.openshift.com ends Telemetry', () => {
  const warned = check(specOf({ source: plaintext }, { current: file('quay.io') }));
  expect(warned.map(({ code }) => code)).toEqual(['combination-warned', 'telemetry-ends']);
});

test('no message quotes a document', () => {
  const document = DockerConfigDocument.parse('{"auths":{"mirror.example":{"username":"u","password":"hunter2"}}}');
  const spec = specOf({ source: plaintext }, { current: { plaintext: { acceptPlaintextInGit: true, document } } });
  expect(JSON.stringify(check(spec))).not.toContain('hunter2');
});

test('entries have the keys that CRI-O finds, sorted', () => {
  const spec = specOf(
    {
      registries: ['quay', 'mirror', 'hub'],
      source: { external: { store: 'vault', keys: { quay: 'q', mirror: 'm', hub: 'h' } } },
    },
    { hosted: true },
  );
  expect(globalPullSecretOf(clusterModel(spec, 'ocp'))).toMatchObject({
    namespace: 'kube-system',
    name: 'additional-pull-secret',
    entries: [{ key: 'https://index.docker.io/v1/' }, { key: 'mirror.example' }, { key: 'quay.io/acme' }],
  });
});
