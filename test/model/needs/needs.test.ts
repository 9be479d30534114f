import fc from 'fast-check';
import { mergeInventories } from '../../../src/model/inventory/inventory.js';
import { needs } from '../../../src/model/needs/needs.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const source = { existing: {} };
const spec: Partial<ImagePullSpec> = {
  registries: {
    hub: { preset: 'docker-hub' },
    ghcr: { preset: 'ghcr', path: 'acme' },
    k8s: { host: 'registry.k8s.io', access: 'public' },
    internal: { preset: 'openshift' },
  },
  pullSecrets: { 'ghcr-pull': { registries: ['ghcr'], source } },
};

function summary(yaml: string, change: Partial<ImagePullSpec> = {}, cluster: ImagePullSpec['clusters'][string] = {}) {
  const result = needs(inventoryOf(yaml), prod({ ...spec, ...change }, cluster));
  return {
    needs: result.needs.map((need) => `${need.namespace}/${need.serviceAccount} ${need.pullSecret.name}`),
    grants: result.grants.map((grant) => `${grant.to}/${grant.serviceAccount ?? '*'} from ${grant.from}`),
    findings: result.findings.map((finding) => finding.code),
    counts: result.counts,
  };
}

test('an image of a private registry is a need of the account that runs the pod', () => {
  expect(summary(deployment('team-a', 'web', ['ghcr.io/acme/web:v1'])).needs).toEqual(['team-a/default ghcr-pull']);
  expect(summary(deployment('team-a', 'web', ['ghcr.io/acme/web:v1'], 'serviceAccountName: builder,')).needs).toEqual([
    'team-a/builder ghcr-pull',
  ]);
});

test('init containers, ephemeral containers and image volumes count', () => {
  const pod = `{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: a }, spec: {
    containers: [{ name: c, image: registry.k8s.io/pause }],
    initContainers: [{ name: i, image: ghcr.io/acme/i }],
    ephemeralContainers: [{ name: e, image: ghcr.io/acme/e }],
    volumes: [{ name: v, image: { reference: ghcr.io/acme/v } }] } }`;
  expect(summary(pod)).toMatchObject({
    needs: Array(3).fill('a/default ghcr-pull'),
    counts: { images: 4, needed: 3, public: 1 },
  });
});

test.each([
  ['public images need nothing', 'registry.k8s.io/pause:3', { public: 1 }, []],
  ['optional images without a pull secret are pulled anonymously', 'nginx', { anonymous: 1 }, []],
  ['an image of no declared registry is a finding', 'quay.io/other/x', { findings: 1 }, ['registry-undeclared']],
  ['a sibling of a declared path is not in it', 'ghcr.io/acme-labs/x', { findings: 1 }, ['registry-undeclared']],
  ['a reference that does not parse is a finding', 'ghcr.io/Acme/x', { findings: 1 }, ['image-reference-invalid']],
  [
    'a variable that was not substituted is a finding',
    '$' + '{REGISTRY}/web',
    { findings: 1 },
    ['image-reference-invalid'],
  ],
])('%s', (_, image, counts, findings) => {
  expect(summary(deployment('a', 'x', [image]))).toMatchObject({
    needs: [],
    counts: { images: 1, ...counts },
    findings,
  });
});

test('an optional registry takes a credential where there is one', () => {
  const pullSecrets = { 'hub-pull': { registries: ['hub'], source, for: { namespaces: ['a'] } } };
  expect(summary(deployment('a', 'x', ['nginx']), { pullSecrets }).needs).toEqual(['a/default hub-pull']);
  expect(summary(deployment('b', 'x', ['nginx']), { pullSecrets }).counts.anonymous).toBe(1);
});

test('a private image that no pull secret opens is a finding', () => {
  expect(summary(deployment('a', 'x', ['ghcr.io/acme/x']), { pullSecrets: {} }).findings).toEqual([
    'pull-secret-missing',
  ]);
});

test('a manifest without a namespace is a finding and its images are accounted for', () => {
  const yaml =
    '{ apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { containers: [{ name: c, image: nginx }] } }';
  expect(summary(yaml)).toMatchObject({ findings: ['namespace-unstated'], counts: { images: 1, findings: 1 } });
});

test('an object of the cluster that names none is asked where its operator runs', () => {
  const yaml =
    '{ apiVersion: pkg.crossplane.io/v1, kind: Provider, metadata: { name: x }, spec: { package: "a.example.com/x:v1" } }';
  const [finding] = needs(inventoryOf(yaml), prod({})).findings;
  expect(finding).toMatchObject({ code: 'namespace-unstated', message: expect.stringContaining('is in no namespace') });
  expect(finding?.hint).toMatch(/^say where its operator runs, in workloads: /);
});

test('every image is counted exactly once', () => {
  const images = fc.array(
    fc.constantFrom('nginx', 'ghcr.io/acme/a', 'ghcr.io/b/c', 'registry.k8s.io/p', 'BAD', 'quay.io/x/y'),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(images, (list) => {
      const { images: total, ...parts } = summary(deployment('a', 'x', list)).counts;
      expect(total).toBe(list.length);
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
    }),
  );
});

describe('two pull secrets for one registry', () => {
  const two = (change: object = {}) => ({
    pullSecrets: { first: { registries: ['ghcr'], source, ...change }, second: { registries: ['ghcr'], source } },
  });
  const yaml = deployment('team-a', 'web', ['ghcr.io/acme/web']);

  test('are ambiguous', () => {
    expect(summary(yaml, two())).toMatchObject({ needs: [], findings: ['pull-secret-ambiguous'] });
  });

  test('are told apart by `for`', () => {
    expect(summary(yaml, two({ for: { namespaces: ['team-b'] } })).needs).toEqual(['team-a/default second']);
    expect(summary(yaml, two({ for: { clusters: ['staging'] } })).needs).toEqual(['team-a/default second']);
    expect(summary(yaml, two({ for: { labels: { tier: 'gold' } } })).needs).toEqual(['team-a/default second']);
  });

  test('are told apart by labels of the namespace, from its manifest or from the spec', () => {
    const gold = { for: { labels: { tier: 'gold' } } };
    const pullSecrets = {
      first: { registries: ['ghcr'], source, ...gold },
      second: { registries: ['ghcr'], source, for: { namespaces: ['other'] } },
    };
    const labelled = `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: team-a, labels: { tier: gold } } }\n`;
    expect(summary(yaml + labelled, { pullSecrets }).needs).toEqual(['team-a/default first']);
    expect(summary(yaml, { pullSecrets, namespaces: { 'team-a': { labels: { tier: 'gold' } } } }).needs).toEqual([
      'team-a/default first',
    ]);
  });

  test('are both attached, in order, while they overlap', () => {
    expect(summary(yaml, { ...two(), overlap: ['second', 'first'] }).needs).toEqual([
      'team-a/default second',
      'team-a/default first',
    ]);
  });
});

test('an overlap across registries attaches both wherever one is needed', () => {
  const change: Partial<ImagePullSpec> = {
    registries: { ...spec.registries, old: { host: 'old.example.com' } },
    pullSecrets: { ...spec.pullSecrets, 'old-pull': { registries: ['old'], source } },
    overlap: ['old-pull', 'ghcr-pull'],
  };
  expect(summary(deployment('a', 'x', ['ghcr.io/acme/x']), change).needs).toEqual([
    'a/default old-pull',
    'a/default ghcr-pull',
  ]);
});

test('`allow` keeps others out, and nothing is needed for them', () => {
  const pullSecrets = { p: { registries: ['ghcr'], source, allow: ['team-*'] } };
  const yaml = `${deployment('team-a', 'x', ['ghcr.io/acme/x'])}---\n${deployment('guest', 'x', ['ghcr.io/acme/x'])}`;
  expect(summary(yaml, { pullSecrets })).toMatchObject({ needs: ['team-a/default p'], findings: ['not-allowed'] });
  expect(summary('', { pullSecrets, namespaces: { guest: { pullSecrets: ['p'] } } })).toMatchObject({
    needs: [],
    findings: ['not-allowed'],
  });
});

test.each([
  [{ namespace: 'team-*' }, 1],
  [{ namespace: 'team-a', serviceAccount: 'default' }, 1],
  [{ serviceAccount: 'builder' }, 0],
  [{ pullSecret: 'ghcr-pull' }, 1],
])('exclude %j takes %d need away', (exclude, excluded) => {
  const { counts } = summary(deployment('team-a', 'x', ['ghcr.io/acme/x']), { exclude: [exclude] });
  expect(counts).toMatchObject({ excluded, needed: 1 - excluded });
});

test('what is said by hand adds to what is derived', () => {
  const namespaces = {
    x: { pullSecrets: ['ghcr-pull'], serviceAccounts: { builder: { pullSecrets: ['ghcr-pull'] } } },
  };
  expect(summary('', { namespaces }).needs).toEqual(['x/default ghcr-pull', 'x/builder ghcr-pull']);
});

describe("OpenShift's internal registry", () => {
  const host = 'image-registry.openshift-image-registry.svc:5000';

  test.each([
    ['project-b', ['project-a/default from project-b']],
    ['project-a', []],
    ['openshift', []],
  ])('an image of %s gives a pod of project-a the grants %j', (project, grants) => {
    expect(
      summary(deployment('project-a', 'web', [`${host}/${project}/api:1`]), {}, { openshift: '4.20' }),
    ).toMatchObject({
      needs: [],
      grants,
      findings: [],
      counts: { internal: 1 },
    });
  });

  test('`share` is consent: who is not named gets nothing', () => {
    const yaml = deployment('project-a', 'web', [`${host}/project-b/api:1`]);
    expect(summary(yaml, { share: { 'project-b': ['team-*'] } })).toMatchObject({
      grants: [],
      findings: ['not-allowed'],
    });
    expect(summary(yaml, { share: { 'project-b': ['project-*'] } }).grants).toHaveLength(1);
    expect(summary(yaml, { share: { other: [] } }).grants).toHaveLength(1);
  });

  test('a short name that is an image stream of the namespace is no Docker Hub image', () => {
    const stream =
      '---\n{ apiVersion: image.openshift.io/v1, kind: ImageStream, metadata: { name: api, namespace: a }, spec: { lookupPolicy: { local: true } } }\n';
    const cluster = { openshift: '4.20' };
    expect(summary(deployment('a', 'x', ['api:latest']) + stream, {}, cluster).counts).toMatchObject({
      internal: 1,
      anonymous: 0,
    });
    expect(summary(deployment('b', 'x', ['api:latest']) + stream, {}, cluster).counts).toMatchObject({
      internal: 0,
      anonymous: 1,
    });
  });

  test('grants said by hand name accounts, or a namespace as a group', () => {
    const grants = [
      { from: 'b', to: 'a', serviceAccounts: ['x', 'y'] },
      { from: 'b', to: 'c' },
    ];
    expect(summary('', { grants }).grants).toEqual(['a/x from b', 'a/y from b', 'c/* from b']);
  });
});

describe('a grant that is taken away by `exclude`', () => {
  const yaml = deployment('project-a', 'web', ['image-registry.openshift-image-registry.svc:5000/project-b/api']);
  const openshift = { openshift: '4.20' };

  test.each([
    [{ namespace: 'project-*' }, 1],
    [{ serviceAccount: 'default' }, 1],
    [{ namespace: 'project-b' }, 0],
    [{ namespace: 'project-a', serviceAccount: 'builder' }, 0],
    [{ namespace: 'project-a', pullSecret: 'ghcr-pull' }, 0],
  ])('%j takes %d', (exclude, excluded) => {
    const { counts, grants } = summary(yaml, { exclude: [exclude] }, openshift);
    expect({ counts, grants: grants.length }).toMatchObject({
      counts: { excluded, internal: 1 - excluded },
      grants: 1 - excluded,
    });
  });

  test('said by hand, of an account or a group', () => {
    const grants = [
      { from: 'b', to: 'a', serviceAccounts: ['x', 'y'] },
      { from: 'b', to: 'a' },
    ];
    expect(summary('', { grants, exclude: [{ serviceAccount: 'x' }] }, openshift).grants).toEqual([
      'a/y from b',
      'a/* from b',
    ]);
    expect(summary('', { grants, exclude: [{ namespace: 'a' }] }, openshift).grants).toEqual([]);
  });
});

test('`share` with an empty list is consent to nobody', () => {
  const yaml = deployment('a', 'web', ['image-registry.openshift-image-registry.svc:5000/b/api']);
  expect(summary(yaml, { share: { b: [] } }, { openshift: '4.20' })).toMatchObject({
    grants: [],
    findings: ['not-allowed'],
    counts: { findings: 1 },
  });
});

test('a build runs as builder, and pulls what it builds on as builder', () => {
  const build = `apiVersion: build.openshift.io/v1
kind: BuildConfig
metadata: { name: web, namespace: a }
spec: { strategy: { sourceStrategy: { from: { kind: DockerImage, name: "image-registry.openshift-image-registry.svc:5000/b/base" } } } }
`;
  expect(summary(build, {}, { openshift: '4.20' }).grants).toEqual(['a/builder from b']);
});

test('the pods of a DeploymentConfig run as its own account, not as the deployer', () => {
  const image = 'image-registry.openshift-image-registry.svc:5000/b/api';
  const config = `{ apiVersion: apps.openshift.io/v1, kind: DeploymentConfig, metadata: { name: x, namespace: a }, spec: { template: { spec: { containers: [{ name: c, image: "${image}" }] } } } }`;
  expect(summary(config, {}, { openshift: '4.20' }).grants).toEqual(['a/default from b']);
});

test('the same finding about many images is said once, with their number', () => {
  const yaml = ['a', 'b', 'c'].map((name) => deployment('ns', name, [`quay.io/other/${name}`])).join('---\n');
  const { findings } = needs(inventoryOf(yaml), prod(spec));
  expect(findings).toHaveLength(1);
  expect(findings[0]?.message).toContain('and 2 more');
});

test('the order of manifests does not matter', () => {
  const documents = ['a', 'b', 'c', 'd'].flatMap((ns) =>
    ['x', 'y'].map((name) => deployment(ns, name, ['ghcr.io/acme/x', 'nginx', 'BAD'])),
  );
  const expected = summary(documents.join('---\n'));
  fc.assert(
    fc.property(fc.shuffledSubarray(documents, { minLength: documents.length }), (shuffled) => {
      expect(summary(shuffled.join('---\n'))).toEqual(expected);
      expect(mergeInventories(shuffled.map(inventoryOf)).workloads).toHaveLength(documents.length);
    }),
    { numRuns: 50 },
  );
});

test('an image that is exactly the path of its registry is not matched by its key', () => {
  const registries = { app: { host: 'reg.io', path: 'acme/web' } };
  const pullSecrets = { p: { registries: ['app'], source } };
  const yaml = deployment('a', 'x', ['reg.io/acme/web:v1']);
  expect(summary(yaml, { registries, pullSecrets })).toMatchObject({
    findings: ['key-does-not-match'],
    counts: { findings: 1, needed: 0 },
  });
  const withKey = { app: { ...registries.app, key: 'reg.io/acme/web' } };
  expect(summary(yaml, { registries: withKey, pullSecrets })).toMatchObject({ findings: [], counts: { needed: 1 } });
});

test('the second of an overlap comes along only where it is for the namespace and allowed there', () => {
  const overlap = ['first', 'second'];
  const pullSecrets = (second: object) => ({
    first: { registries: ['ghcr'], source },
    second: { registries: ['hub'], source, ...second },
  });
  const yaml = deployment('team-a', 'x', ['ghcr.io/acme/x']);
  expect(summary(yaml, { pullSecrets: pullSecrets({}), overlap }).needs).toHaveLength(2);
  for (const second of [{ allow: ['other'] }, { for: { namespaces: ['other'] } }]) {
    expect(summary(yaml, { pullSecrets: pullSecrets(second), overlap }).needs).toEqual(['team-a/default first']);
    const namespaces = { 'team-a': { pullSecrets: ['first'] } };
    expect(summary('', { pullSecrets: pullSecrets(second), overlap, namespaces }).needs).toEqual([
      'team-a/default first',
    ]);
  }
});

test('a grant said by hand needs consent too', () => {
  const grants = [{ from: 'b', to: 'a' }];
  expect(summary('', { grants, share: { b: ['other'] } }, { openshift: '4.20' })).toMatchObject({
    grants: [],
    findings: ['not-allowed'],
  });
});

test('an account, or a Secret named like a pull secret, without a namespace is a finding', () => {
  const account = '{ apiVersion: v1, kind: ServiceAccount, metadata: { name: default } }\n';
  const secret = '{ apiVersion: v1, kind: Secret, metadata: { name: ghcr-pull } }\n';
  expect(summary(account).findings).toEqual(['namespace-unstated']);
  expect(summary(secret).findings).toEqual(['namespace-unstated']);
});

test('a pull secret that exists but is narrowed is named in the hint', () => {
  const pullSecrets = { p: { registries: ['ghcr'], source, for: { namespaces: ['other'] } } };
  const { findings } = needs(inventoryOf(deployment('a', 'x', ['ghcr.io/acme/x'])), prod({ ...spec, pullSecrets }));
  expect(findings[0]?.hint).toBe('widen `for` of p');
});
