import { ImageReference } from '../../../src/model/image/image-reference.js';
import { Mirrors } from '../../../src/model/needs/mirrors.js';
import { planAccess } from '../../../src/model/plan/access-plan.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const digest = `@sha256:${'a'.repeat(64)}`;
const never = 'mirrorSourcePolicy: NeverContactSource';

interface Sets {
  readonly digests?: readonly string[];
  readonly tags?: readonly string[];
  readonly policies?: readonly string[];
}

const manifests = ({ digests = [], tags = [], policies = [] }: Sets) => `
apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: { name: digests }
spec: { imageDigestMirrors: [${digests.join(', ')}] }
---
apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: { name: tags }
spec: { imageTagMirrors: [${tags.join(', ')}] }
---
apiVersion: operator.openshift.io/v1alpha1
kind: ImageContentSourcePolicy
metadata: { name: policies }
spec: { repositoryDigestMirrors: [${policies.join(', ')}] }
`;

const replaced = (sets: Sets, image: string, platform: 'openshift' | 'kubernetes' = 'openshift') =>
  new Mirrors(inventoryOf(manifests(sets)), { platform }).replace(ImageReference.parse(image));

test.each<[string, Sets, string, boolean]>([
  [
    'by digest, where the source is never asked',
    { digests: [`{ source: quay.io, mirrors: [m.io], ${never} }`] },
    `quay.io/a/b${digest}`,
    true,
  ],
  [
    'with a tag and a digest',
    { digests: [`{ source: quay.io, mirrors: [m.io], ${never} }`] },
    `quay.io/a/b:1${digest}`,
    true,
  ],
  [
    'by tag, of a set for digests',
    { digests: [`{ source: quay.io, mirrors: [m.io], ${never} }`] },
    'quay.io/a/b:1',
    false,
  ],
  ['by tag, of a set for tags', { tags: [`{ source: quay.io, mirrors: [m.io], ${never} }`] }, 'quay.io/a/b', true],
  [
    'where the source is asked, too',
    { digests: ['{ source: quay.io, mirrors: [m.io] }'] },
    `quay.io/a/b${digest}`,
    false,
  ],
  [
    'where that is said',
    { digests: ['{ source: quay.io, mirrors: [m.io], mirrorSourcePolicy: AllowContactingSource }'] },
    `quay.io/a/b${digest}`,
    false,
  ],
  [
    'of a policy, which always asks the source',
    { policies: [`{ source: quay.io, mirrors: [m.io], ${never} }`] },
    `quay.io/a/b${digest}`,
    true,
  ],
  ['of another host', { digests: [`{ source: quay.io, mirrors: [m.io], ${never} }`] }, `ghcr.io/a/b${digest}`, false],
  [
    'of a longer path',
    { digests: [`{ source: quay.io/a, mirrors: [m.io], ${never} }`] },
    `quay.io/ab/c${digest}`,
    false,
  ],
  [
    'of the repository itself',
    { digests: [`{ source: quay.io/a/b, mirrors: [m.io], ${never} }`] },
    `quay.io/a/b${digest}`,
    true,
  ],
  [
    'where a longer source asks',
    { digests: [`{ source: quay.io, mirrors: [m.io], ${never} }`, '{ source: quay.io/a, mirrors: [m.io] }'] },
    `quay.io/a/b${digest}`,
    false,
  ],
  [
    'where a longer source is for tags',
    { digests: [`{ source: quay.io, mirrors: [m.io], ${never} }`], tags: ['{ source: quay.io/a, mirrors: [m.io] }'] },
    `quay.io/a/b${digest}`,
    false,
  ],
  [
    'of a subdomain',
    { digests: [`{ source: "*.quay.io", mirrors: [m.io], ${never} }`] },
    `a.b.quay.io/x/y${digest}`,
    true,
  ],
  [
    'of the domain itself',
    { digests: [`{ source: "*.quay.io", mirrors: [m.io], ${never} }`] },
    `quay.io/x/y${digest}`,
    false,
  ],
  [
    'of a port that the source does not name',
    { digests: [`{ source: quay.io, mirrors: [m.io], ${never} }`] },
    `quay.io:5000/x/y${digest}`,
    false,
  ],
  ['without a mirror', { digests: [`{ source: quay.io, mirrors: [], ${never} }`] }, `quay.io/x/y${digest}`, false],
  [
    'with the source for its mirror',
    { digests: [`{ source: quay.io, mirrors: [quay.io], ${never} }`] },
    `quay.io/x/y${digest}`,
    false,
  ],
])('an image %s: from mirrors alone', (_what, sets, image, expected) => {
  expect(replaced(sets, image)).toBe(expected);
});

test('elsewhere than on OpenShift such objects mean nothing', () => {
  const sets = { digests: [`{ source: quay.io, mirrors: [m.io], ${never} }`] };
  expect(replaced(sets, `quay.io/a/b${digest}`, 'kubernetes')).toBe(false);
});

const source = { external: { store: 'vault', key: 'k' } };
const global = { distribution: 'globalPullSecret' as const, source };
const found = (spec: Partial<ImagePullSpec>, sets: Sets, more = '') => {
  const cluster = prod(spec, {
    openshift: '4.20',
    globalPullSecret: { current: { external: { store: 'vault', key: 'c' } } },
  });
  return planAccess(inventoryOf(`${manifests(sets)}${more && `---\n${more}`}`), cluster);
};
const mirror = { digests: ['{ source: registry.redhat.io, mirrors: [m.example/redhat] }'] };
const codes = (spec: Partial<ImagePullSpec>, sets: Sets = mirror) => found(spec, sets).problems.map(({ code }) => code);

test.each<[string, Partial<ImagePullSpec>, string[]]>([
  ['nothing declared', {}, ['registry-undeclared']],
  ['no pull secret', { registries: { m: { host: 'm.example' } } }, ['mirror-not-covered']],
  [
    'a pull secret in namespaces',
    { registries: { m: { host: 'm.example' } }, pullSecrets: { p: { registries: ['m'], source } } },
    ['mirror-not-covered'],
  ],
  [
    'the global pull secret',
    { registries: { m: { host: 'm.example' } }, pullSecrets: { p: { registries: ['m'], ...global } } },
    [],
  ],
  [
    'an entry of somebody else',
    {
      registries: { m: { host: 'm.example' } },
      pullSecrets: { p: { registries: ['m'], ...global, source: { existing: {} } } },
    },
    [],
  ],
  ['a public mirror', { registries: { m: { host: 'm.example', access: 'public' } } }, []],
  ['an optional one that nobody opens', { registries: { m: { host: 'm.example', access: 'optional' } } }, []],
  [
    'an optional one in namespaces',
    { registries: { m: { host: 'm.example', access: 'optional' } }, pullSecrets: { p: { registries: ['m'], source } } },
    ['mirror-not-covered'],
  ],
  [
    'a path of its own',
    { registries: { m: { host: 'm.example', path: 'redhat' } }, pullSecrets: { p: { registries: ['m'], ...global } } },
    [],
  ],
  [
    'a path below',
    {
      registries: { m: { host: 'm.example', path: 'redhat/ubi' } },
      pullSecrets: { p: { registries: ['m'], ...global } },
    },
    [],
  ],
  [
    'another path',
    { registries: { m: { host: 'm.example', path: 'other' } }, pullSecrets: { p: { registries: ['m'], ...global } } },
    ['registry-undeclared'],
  ],
  [
    'a key that CRI-O does not find',
    {
      registries: { m: { host: 'm.example', path: 'redhat', key: 'm.example/redhat/' } },
      pullSecrets: { p: { registries: ['m'], ...global } },
    },
    ['mirror-not-covered'],
  ],
  [
    'a key with a scheme',
    {
      registries: { m: { host: 'm.example', key: 'https://m.example' } },
      pullSecrets: { p: { registries: ['m'], ...global } },
    },
    [],
  ],
])('a mirror with %s', (_what, spec, expected) => {
  expect(codes(spec)).toEqual(expected);
});

test('a mirror on Docker Hub is found under the key that every reader knows', () => {
  const hub: Partial<ImagePullSpec> = {
    registries: { hub: { preset: 'docker-hub' } },
    pullSecrets: { p: { registries: ['hub'], ...global } },
  };
  expect(codes(hub, { tags: ['{ source: quay.io, mirrors: [docker.io/acme] }'] })).toEqual([]);
});

test('an image that is the path of its registry is opened by the entry of the node, which ends without a slash', () => {
  const spec = (pullSecret: object): Partial<ImagePullSpec> => ({
    registries: { m: { host: 'm.example', path: 'redhat/ubi' } },
    pullSecrets: { p: { registries: ['m'], source, ...pullSecret } },
  });
  const web = deployment('a', 'web', ['m.example/redhat/ubi:9'], 'imagePullSecrets: [{ name: p }],');
  expect(found(spec(global), {}, web).problems).toEqual([]);
  expect(found(spec({}), {}, web).problems.map(({ code }) => code)).toEqual(['key-does-not-match']);
});

test('an image that comes from mirrors alone needs nothing, and its registry no declaration', () => {
  const spec: Partial<ImagePullSpec> = {
    registries: { m: { host: 'm.example' } },
    pullSecrets: { p: { registries: ['m'], ...global } },
  };
  const sets = { digests: [`{ source: registry.redhat.io, mirrors: [m.example], ${never} }`] };
  const plan = found(
    spec,
    sets,
    deployment('a', 'web', [`registry.redhat.io/ubi${digest}`, 'registry.redhat.io/ubi:9']),
  );
  expect(plan.counts).toMatchObject({ images: 2, mirrored: 1, findings: 1 });
  expect(plan.problems.map(({ code }) => code)).toEqual(['registry-undeclared']);
});

test('objects of another shape than OpenShift takes declare no mirrors', () => {
  const odd = [
    '5',
    '{}',
    '{ source: 5, mirrors: [a.io] }',
    '{ source: a.io, mirrors: b.io }',
    '{ source: a.io, mirrors: [5, null, {}, ""] }',
    '{ source: a.io, mirrors: ["not a host"] }',
  ];
  const plan = found(
    {},
    { digests: odd, tags: odd, policies: odd },
    '{ apiVersion: config.openshift.io/v1, kind: ImageTagMirrorSet, metadata: { name: x }, spec: [] }',
  );
  expect(plan.problems).toEqual([]);
});

test('the order of the manifests does not show', () => {
  const sets = [
    'apiVersion: config.openshift.io/v1\nkind: ImageTagMirrorSet\nmetadata: { name: a }\nspec: { imageTagMirrors: [{ source: q.io, mirrors: [m.io] }, { source: p.io, mirrors: [n.io] }] }\n',
    'apiVersion: config.openshift.io/v1\nkind: ImageTagMirrorSet\nmetadata: { name: b }\nspec: { imageTagMirrors: [{ source: q.io, mirrors: [o.io, m.io] }] }\n',
  ];
  const [first, second] = [sets, [...sets].reverse()].map(
    (each) => planAccess(inventoryOf(each.join('---\n')), prod({}, { openshift: '4.20' })).problems,
  );
  expect(first).toEqual(second);
  expect(first).toHaveLength(3);
});
