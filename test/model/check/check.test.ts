import { check } from '../../../src/model/check/check.js';
import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { pathOf, severityOf } from '../../../src/model/problem/problem.js';
import type { BootstrapSpec, ImagePullSpec, SourceSpec } from '../../../src/model/vocabulary/spec.js';

const good: ImagePullSpec = {
  version: 1,
  registries: { hub: { preset: 'docker-hub' }, ghcr: { preset: 'ghcr', path: 'acme' } },
  pullSecrets: {
    'ghcr-pull': { registries: ['ghcr'], source: { external: { store: 'vault', key: 'registries/ghcr' } } },
  },
  clusters: { prod: {} },
};

const external = { external: { store: 'vault', key: 'k' } };

function codes(change: Partial<ImagePullSpec>): string[] {
  return check({ ...good, ...change })
    .filter((problem) => severityOf(problem) !== 'warning')
    .map((problem) => `${problem.code} ${pathOf(problem).join('.')}`);
}

const pull = (change: object) => ({ pullSecrets: { p: { registries: ['ghcr'], source: external, ...change } } });
const registry = (spec: object) => ({ registries: { ...good.registries, r: spec } }) as Partial<ImagePullSpec>;

test('a good spec has no problems', () => {
  expect(check(good)).toEqual([]);
});

test.each<[string, Partial<ImagePullSpec>, string[]]>([
  ['no cluster', { clusters: {} }, ['cluster-missing clusters']],
  ['a cluster name that leaves the folder', { clusters: { '../../x': {} } }, ['name-invalid clusters.../../x']],
  [
    'a version that YAML read as a word',
    { clusters: { prod: { kubernetes: 'latest' } } },
    ['version-invalid clusters.prod.kubernetes'],
  ],
  ['a registry without a host', registry({}), ['registry-invalid registries.r']],
  ['a preset that needs a host', registry({ preset: 'harbor' }), ['registry-invalid registries.r']],
  ['a host with a scheme', registry({ host: 'https://reg.io' }), ['registry-invalid registries.r.host']],
  ['a host with a user', registry({ host: 'https://u:s3cret@reg.io' }), ['credential-in-address registries.r.host']],
  [
    'a further host with a user',
    registry({ preset: 'openshift', hosts: ['u:s3cret@reg.io'] }),
    ['credential-in-address registries.r.hosts'],
  ],
  ['a host with a path', registry({ host: 'reg.io/acme' }), ['registry-invalid registries.r.host']],
  ['a host that images take for a path', registry({ host: 'registry' }), ['registry-invalid registries.r.host']],
  ['a host in upper case', registry({ host: 'Reg.io' }), ['registry-invalid registries.r.host']],
  ['a host with a port that is none', registry({ host: 'reg.io:abc' }), ['registry-invalid registries.r.host']],
  [
    'a path with slashes around it',
    registry({ host: 'reg.io', path: '/acme/' }),
    ['registry-invalid registries.r.path'],
  ],
  ['a path that climbs', registry({ host: 'reg.io', path: '../acme' }), ['registry-invalid registries.r.path']],
  ['a path with a tag', registry({ host: 'reg.io', path: 'acme:v1' }), ['registry-invalid registries.r.path']],
  [
    'a key that breaks out of the template',
    registry({ host: 'reg.io', key: 'x"}}{{ .password }}' }),
    ['registry-key-invalid registries.r.key'],
  ],
  [
    'an option of another preset',
    registry({ preset: 'quay', region: 'eu' }),
    ['option-without-effect registries.r.region'],
  ],
  [
    'an account that lost its zeros',
    registry({ preset: 'ecr', account: '12345', region: 'eu-west-1' }),
    ['registry-invalid registries.r.account'],
  ],
  ['two registries that are one', registry({ preset: 'ghcr', path: 'acme' }), ['registry-duplicate registries.r']],
  ['Docker Hub under another of its names', registry({ host: 'index.docker.io' }), ['registry-duplicate registries.r']],
  [
    'a pull secret name that is no name',
    { pullSecrets: { Bad_Name: { registries: ['ghcr'], source: external } } },
    ['name-invalid pullSecrets.Bad_Name'],
  ],
  ['a pull secret without registry', pull({ registries: [] }), ['pull-secret-empty pullSecrets.p.registries']],
  ['a registry that does not exist', pull({ registries: ['nope'] }), ['name-dangling pullSecrets.p.registries.0']],
  ['no source', pull({ source: {} }), ['source-invalid pullSecrets.p.source']],
  ['two sources', pull({ source: { existing: {}, ...external } }), ['source-invalid pullSecrets.p.source']],
  [
    'external without key',
    pull({ source: { external: { store: 'vault' } } }),
    ['source-incomplete pullSecrets.p.source.external.key'],
  ],
  [
    'one key for two registries',
    pull({ registries: ['ghcr', 'hub'] }),
    ['credential-shared pullSecrets.p.source.external.key'],
  ],
  [
    'keys that lack a registry',
    pull({ registries: ['ghcr', 'hub'], source: { external: { store: 'v', keys: { hub: 'h' } } } }),
    ['source-incomplete pullSecrets.p.source.external.keys'],
  ],
  [
    'a refresh interval that is no duration',
    pull({ source: { external: { store: 'v', key: 'k', refreshInterval: 'daily' } } }),
    ['duration-invalid pullSecrets.p.source.external.refreshInterval'],
  ],
  [
    'a refresh interval that Go does not read',
    pull({ source: { external: { store: 'v', key: 'k', refreshInterval: '99999999999999999999h' } } }),
    ['duration-invalid pullSecrets.p.source.external.refreshInterval'],
  ],
  [
    'a refresh interval of a nanosecond',
    pull({ source: { external: { store: 'v', key: 'k', refreshInterval: '1ns' } } }),
    ['duration-invalid pullSecrets.p.source.external.refreshInterval'],
  ],
  [
    'an annotation and a label of this package',
    pull({
      metadata: { annotations: { 'cdk8s-image-pull/retired': 'true' }, labels: { 'cdk8s-image-pull/x': 'y' } },
    }),
    [
      'metadata-reserved pullSecrets.p.metadata.labels.cdk8s-image-pull/x',
      'metadata-reserved pullSecrets.p.metadata.annotations.cdk8s-image-pull/retired',
    ],
  ],
  [
    'plaintext that nobody accepted',
    pull({ source: { plaintext: { username: 'u', password: 'p' } } }),
    ['plaintext-not-accepted pullSecrets.p.source.plaintext'],
  ],
  [
    'a plaintext user name with a colon',
    pull({ source: { plaintext: { username: 'a:b', password: 'p', acceptPlaintextInGit: true } } }),
    ['credential-invalid pullSecrets.p.source.plaintext'],
  ],
  [
    'a password with the line break of echo',
    pull({ source: { plaintext: { username: 'u', password: 'p\n', acceptPlaintextInGit: true } } }),
    ['credential-invalid pullSecrets.p.source.plaintext'],
  ],
  [
    'two registries with the same key',
    {
      registries: { a: { host: 'reg.io', path: 'x', key: 'reg.io' }, b: { host: 'reg.io', path: 'y', key: 'reg.io' } },
      pullSecrets: { p: { registries: ['a', 'b'], source: { external: { store: 'v', keys: { a: '1', b: '2' } } } } },
    },
    ['auths-key-duplicate pullSecrets.p.registries.1'],
  ],
  [
    'two registries whose keys the kubelet takes for one',
    {
      registries: {
        a: { host: 'quay.io' },
        b: { host: 'quay.io', path: 'acme', key: 'https://quay.io/v1/' },
      },
      pullSecrets: { p: { registries: ['a', 'b'], source: { external: { store: 'v', keys: { a: '1', b: '2' } } } } },
    },
    ['auths-key-duplicate pullSecrets.p.registries.1'],
  ],
  [
    'an auth host that is not declared',
    registry({ host: 'reg.io', auth: 'nope' }),
    ['name-dangling registries.r.auth'],
  ],
  [
    'an auth host that is the registry itself',
    registry({ host: 'reg.io', auth: 'r' }),
    ['auth-host-invalid registries.r.auth'],
  ],
  [
    'an auth host on the same host',
    registry({ preset: 'ghcr', path: 'other', auth: 'ghcr' }),
    ['auth-host-invalid registries.r.auth'],
  ],
  [
    'an auth host that signs in elsewhere',
    {
      registries: {
        ...good.registries,
        a: { host: 'a.io', auth: 'b' },
        b: { host: 'b.io', auth: 'hub' },
      },
    },
    ['auth-host-invalid registries.a.auth'],
  ],
  [
    "an auth host of OpenShift's own registry",
    registry({ preset: 'openshift', auth: 'ghcr' }),
    ['auth-host-invalid registries.r.auth'],
  ],
  [
    'one key for three registries',
    {
      registries: { ...good.registries, r: { host: 'reg.io', auth: 'hub' } },
      pullSecrets: { p: { registries: ['ghcr', 'r', 'hub'], source: external } },
    },
    ['credential-shared pullSecrets.p.source.external.key'],
  ],
  [
    "OpenShift's own registry in a pull secret",
    {
      registries: { internal: { preset: 'openshift' } },
      pullSecrets: { p: { registries: ['internal'], source: external } },
    },
    ['registry-takes-none pullSecrets.p.registries.0'],
  ],
  ['a pattern that is none', pull({ allow: ['Team-*'] }), ['name-invalid pullSecrets.p.allow.0']],
  [
    'a label that is none',
    pull({ metadata: { labels: { 'a b': 'c' } } }),
    ['metadata-invalid pullSecrets.p.metadata.labels.a b'],
  ],
  [
    'a label value that is none',
    pull({ metadata: { labels: { a: 'b c' } } }),
    ['metadata-invalid pullSecrets.p.metadata.labels.a'],
  ],
  [
    'a cluster that does not exist',
    pull({ for: { clusters: ['nope'] } }),
    ['name-dangling pullSecrets.p.for.clusters.0'],
  ],
  [
    'a combination that is refused',
    pull({ distribution: 'patcher', attachment: 'podTemplate' }),
    ['combination-refused pullSecrets.p'],
  ],
  ['a day that no calendar has', pull({ expires: '2027-02-30' }), ['duration-invalid pullSecrets.p.expires']],
  ['a number without days', pull({ rotateBefore: '14' }), ['duration-invalid pullSecrets.p.rotateBefore']],
  [
    'an override of no pull secret',
    { clusters: { prod: { pullSecrets: { nope: {} } } } },
    ['name-dangling clusters.prod.pullSecrets.nope'],
  ],
  [
    'a need for no pull secret',
    { namespaces: { a: { pullSecrets: ['nope'] } } },
    ['name-dangling namespaces.a.pullSecrets.0'],
  ],
  ['a namespace name that is none', { namespaces: { A: {} } }, ['name-invalid namespaces.A']],
  [
    'a label of an account that is none',
    { namespaces: { a: { serviceAccounts: { b: { metadata: { labels: { 'a b': 'c' } } } } } } },
    ['metadata-invalid namespaces.a.serviceAccounts.b.metadata.labels.a b'],
  ],
  [
    'a grant to itself',
    { grants: [{ from: 'a', to: 'a' }], clusters: { prod: { openshift: '4.20' } } },
    ['grant-invalid grants.0'],
  ],
  ['a grant on a cluster that is not OpenShift', { grants: [{ from: 'a', to: 'b' }] }, ['platform-mismatch grants']],
  [
    'a key that never matches the registry',
    registry({ host: 'reg.io', path: 'x', key: 'other.io/x' }),
    ['registry-key-invalid registries.r.key'],
  ],
  [
    'an empty remote key',
    pull({ source: { external: { store: 'v', key: '' } } }),
    ['source-incomplete pullSecrets.p.source.external.key'],
  ],
  [
    'a fixed user name with a colon',
    pull({ source: { external: { store: 'v', key: 'k', username: 'a:b' } } }),
    ['credential-invalid pullSecrets.p.source.external.username'],
  ],
  [
    'a pull secret of one cluster that is not whole',
    { clusters: { prod: { pullSecrets: { own: { registries: ['ghcr'] } } } } },
    ['name-dangling clusters.prod.pullSecrets.own'],
  ],
  [
    'a token in the URL of the repository',
    { clusters: { prod: { bootstrap: { repository: 'https://ghp_x@git.example.com/x.git' } } } },
    ['credential-in-address clusters.prod.bootstrap.repository'],
  ],
  [
    'a path that leaves the repository',
    { clusters: { prod: { bootstrap: { repository: 'https://g/x', path: '../dist' } } } },
    ['bootstrap-invalid clusters.prod.bootstrap.path'],
  ],
  [
    'a policy whose name is too long for a label of Kyverno',
    {
      pullSecrets: {
        ['p'.repeat(48)]: { registries: ['ghcr'], source: { existing: {} }, attachment: { podPolicy: 'native' } },
      },
    },
    [`name-invalid pullSecrets.${'p'.repeat(48)}`],
  ],
  [
    'a source namespace that is none',
    pull({ distribution: { kyverno: { namespace: 'A/B' } } }),
    ['name-invalid pullSecrets.p.distribution'],
  ],
  [
    'a pull secret that is for the namespace of its source only',
    pull({ distribution: 'kyverno', for: { namespaces: ['image-pull'] } }),
    ['scope-empty pullSecrets.p.for.namespaces'],
  ],
  [
    'a label to select by that is none',
    pull({ for: { labels: { 'a b': 'x', ok: 'not a value!' } } }),
    ['metadata-invalid pullSecrets.p.for.labels.a b', 'metadata-invalid pullSecrets.p.for.labels.ok'],
  ],
  [
    'a policy for accounts that are none',
    pull({ attachment: { serviceAccountPolicy: 'native', serviceAccounts: [] } }),
    ['scope-empty pullSecrets.p.attachment.serviceAccounts'],
  ],
  [
    'a policy for accounts with names and labels that are none',
    pull({
      attachment: { serviceAccountPolicy: 'native', serviceAccounts: ['ci.*', 'A'], labels: { team: 'not a value!' } },
    }),
    ['name-invalid pullSecrets.p.attachment.serviceAccounts', 'metadata-invalid pullSecrets.p.attachment.labels.team'],
  ],
  ['an exclude of everything', { exclude: [{}] }, ['exclude-invalid exclude.0']],
  ['an overlap of one', { overlap: ['ghcr-pull'] }, ['overlap-invalid overlap']],
  ['an overlap with itself', { overlap: ['ghcr-pull', 'ghcr-pull'] }, ['overlap-invalid overlap']],
  [
    'a bootstrap without repository',
    { clusters: { prod: { bootstrap: {} } } },
    ['bootstrap-incomplete clusters.prod.bootstrap'],
  ],
  [
    'a password in the URL of the repository',
    { clusters: { prod: { bootstrap: { repository: 'https://bot:s3cret@git.example.com/x.git' } } } },
    ['credential-in-address clusters.prod.bootstrap.repository'],
  ],
  [
    'no shard at all',
    { clusters: { prod: { bootstrap: { repository: 'https://g/x', shards: 0 } } } },
    ['bootstrap-invalid clusters.prod.bootstrap.shards'],
  ],
  ...(
    [
      ['no source for Flux', {}, 'bootstrap-incomplete clusters.prod.bootstrap'],
      [
        'a repository for Flux',
        { sourceRef: { name: 'p' }, repository: 'https://g/x' },
        'platform-mismatch clusters.prod.bootstrap.repository',
      ],
      [
        'a revision for Flux',
        { sourceRef: { name: 'p' }, revision: 'main' },
        'platform-mismatch clusters.prod.bootstrap.revision',
      ],
      [
        'a project for Flux',
        { sourceRef: { name: 'p' }, project: 'default' },
        'platform-mismatch clusters.prod.bootstrap.project',
      ],
      [
        'a destination for Flux',
        { sourceRef: { name: 'p' }, destination: { name: 'x' } },
        'platform-mismatch clusters.prod.bootstrap.destination',
      ],
      [
        'a source of another kind',
        { sourceRef: { name: 'p', kind: 'HelmRepository' } },
        'bootstrap-invalid clusters.prod.bootstrap.sourceRef',
      ],
      [
        'a source name that is none',
        { sourceRef: { name: 'P' } },
        'bootstrap-invalid clusters.prod.bootstrap.sourceRef',
      ],
      [
        'a source namespace that is none',
        { sourceRef: { name: 'p', namespace: 'a.b' } },
        'bootstrap-invalid clusters.prod.bootstrap.sourceRef',
      ],
    ] as [string, BootstrapSpec, string][]
  ).map(([title, bootstrap, at]): [string, Partial<ImagePullSpec>, string[]] => [
    title,
    { clusters: { prod: { gitops: 'flux', bootstrap } } },
    [at],
  ]),
  [
    'a source for Argo CD',
    { clusters: { prod: { bootstrap: { repository: 'https://g/x', sourceRef: { name: 'p' } } } } },
    ['platform-mismatch clusters.prod.bootstrap.sourceRef'],
  ],
])('%s is refused where it stands', (_, change, expected) => {
  expect(codes(change)).toEqual(expected);
});

test('the longest name of a Kustomization fits into a label', () => {
  const bootstrap = { sourceRef: { name: 'p' } };
  const at = (length: number, shards: number) => {
    const clusters = { ['c'.repeat(length)]: { gitops: 'flux', bootstrap: { ...bootstrap, shards } } } as const;
    return codes({ clusters }).map((code) => code.split(' ')[0]);
  };
  expect([at(41, 1), at(42, 1), at(34, 2), at(35, 2), at(30, 256), at(31, 256)]).toEqual([
    [],
    ['bootstrap-invalid'],
    [],
    ['bootstrap-invalid'],
    [],
    ['bootstrap-invalid'],
  ]);
});

test.each<[string, object]>([
  ['one remote key', external],
  ['one user name and password', { plaintext: { username: 'u', password: 'p', acceptPlaintextInGit: true } }],
])('%s may serve a registry and its auth host', (_, source) => {
  const registries = { redhat: { host: 'registry.redhat.io', auth: 'sso' }, sso: { host: 'sso.redhat.com' } };
  for (const names of [
    ['redhat', 'sso'],
    ['sso', 'redhat'],
  ])
    expect(codes({ registries, pullSecrets: { p: { registries: names, source } } })).toEqual([]);
});

test('paths of one host are entries of one docker config', () => {
  const registries = { all: { host: 'quay.io' }, acme: { host: 'quay.io', path: 'acme' } };
  const source = { external: { store: 'v', keys: { all: '1', acme: '2' } } };
  expect(codes({ registries, pullSecrets: { p: { registries: ['all', 'acme'], source } } })).toEqual([]);
});

test('no message shows a password', () => {
  const spec: ImagePullSpec = {
    ...good,
    registries: {
      ...good.registries,
      r: { host: 's3cret@reg.io' },
      q: { host: 'reg.io', path: 'x', key: 'https://u:s3cret@reg.io/x' },
    },
    clusters: { prod: { bootstrap: { repository: 'https://bot:s3cret@git.example.com/x.git' } } },
    pullSecrets: { p: { registries: ['ghcr', 'hub'], source: { plaintext: { username: 'u', password: 's3cret\n' } } } },
  };
  const problems = check(spec);
  expect(problems.length).toBeGreaterThan(3);
  expect(JSON.stringify(problems)).not.toContain('s3cret');
});

test('a pull secret may be given under one cluster alone', () => {
  const own = { registries: ['ghcr'], source: external };
  expect(codes({ clusters: { prod: { pullSecrets: { own } } }, namespaces: { a: { pullSecrets: ['own'] } } })).toEqual(
    [],
  );
});

const ecr = { preset: 'ecr', account: '123456789012', region: 'eu-west-1' } as const;
const plain = { password: 'p', acceptPlaintextInGit: true };
const oneEntry = (username: string) =>
  DockerConfig.fromEntries([{ key: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', username, password: 'p' }]);

test.each<[string, SourceSpec, string[]]>([
  ['a store', { external: { store: 'vault', key: 'ecr' } }, ['token-expires pullSecrets.p.source.external']],
  ['a literal', { plaintext: plain }, ['token-expires pullSecrets.p.source.plaintext']],
  [
    'a docker config',
    { plaintext: { dockerConfig: oneEntry('AWS'), acceptPlaintextInGit: true } },
    ['token-expires pullSecrets.p.source.plaintext'],
  ],
  ['a docker config of another user', { plaintext: { dockerConfig: oneEntry('u'), acceptPlaintextInGit: true } }, []],
  ['a literal of another user', { plaintext: { username: 'u', ...plain } }, []],
  ['a generator', { external: { generator: { ecr: { region: 'eu-west-1' } } } }, []],
  ['somebody else', { existing: {} }, []],
])('that a token of ECR from %s lasts 12 hours is said where nothing renews it', (_, source, expected) => {
  const problems = check({ ...good, registries: { ecr }, pullSecrets: { p: { registries: ['ecr'], source } } });
  const found = problems.filter(({ code }) => code !== 'combination-warned');
  expect(found.map((problem) => `${problem.code} ${pathOf(problem).join('.')}`)).toEqual(expected);
});

test('a docker config with a key twice is no source', () => {
  const text = '{"auths":{"r.io":{"auth":"dTpw"},"r.io":{"auth":"dTpx"}}}';
  const source = { plaintext: { dockerConfig: DockerConfig.parse(text), acceptPlaintextInGit: true } };
  expect(codes({ registries: { r: { host: 'r.io' } }, pullSecrets: { p: { registries: ['r'], source } } })).toEqual([
    'auths-key-duplicate pullSecrets.p.source.plaintext',
  ]);
});
