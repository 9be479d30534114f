import { account, deployment, entry, listing, pullSecret, secret } from '../documents.js';
import type { RuleCase } from '../rule-case.js';

const ghcr = { registries: { ghcr: { preset: 'ghcr', path: 'acme' } } } as const;
const internal = { registries: { internal: { preset: 'openshift' } } } as const;
const web = 'ghcr.io/acme/web';
const inHouse = 'image-registry.openshift-image-registry.svc:5000';

export const imageCases: readonly RuleCase[] = [
  {
    code: 'image-reference-invalid',
    title: 'a reference in upper case',
    broken: [deployment('a', 'web', 'ghcr.io/Acme/web')],
    at: '1 Deployment a/web',
    fine: [deployment('a', 'web', web)],
  },
  {
    code: 'image-uncovered',
    title: 'a private image without any list',
    spec: ghcr,
    broken: [deployment('a', 'web', web)],
    at: '1 Deployment a/web',
    says: 'its pods list no pull secret',
    fine: [pullSecret('a', 'pull', { 'ghcr.io/acme/': entry }), deployment('a', 'web', web, listing('pull'))],
  },
  {
    code: 'access-unknown',
    title: 'an image of a registry that nobody declares',
    broken: [deployment('a', 'web', 'reg.example.com/web')],
    at: '1 Deployment a/web',
    fine: [deployment('a', 'web', 'registry.k8s.io/pause')],
  },
  {
    code: 'credential-order-random',
    title: 'two keys that come to the same',
    broken: [
      pullSecret('a', 'pull', { 'ghcr.io': entry, 'https://ghcr.io': { username: 'v', password: 'q' } }),
      deployment('a', 'web', web, listing('pull')),
    ],
    at: '2 Deployment a/web',
    fine: [
      pullSecret('a', 'pull', { 'ghcr.io': entry, 'https://ghcr.io': entry }),
      deployment('a', 'web', web, listing('pull')),
    ],
  },
  {
    code: 'credential-order-random',
    title: 'two keys that come to the same, behind one of another Secret that does not',
    broken: [
      pullSecret('a', 'first', { 'ghcr.io/acme/': { username: 'w', password: 'r' } }),
      pullSecret('a', 'second', { 'ghcr.io': entry, 'https://ghcr.io/v2/': { username: 'v', password: 'q' } }),
      deployment('a', 'web', web, listing('first', 'second')),
    ],
    at: '3 Deployment a/web',
    says: 'with one of two credentials of second',
    fine: [
      pullSecret('a', 'first', { 'ghcr.io/acme/': { username: 'w', password: 'r' } }),
      pullSecret('a', 'second', { 'ghcr.io': { username: 'v', password: 'q' } }),
      deployment('a', 'web', web, listing('first', 'second')),
    ],
  },
  {
    code: 'grant-absent',
    title: 'an image of another project',
    spec: internal,
    cluster: { openshift: '4.20' },
    broken: [deployment('a', 'web', `${inHouse}/b/web`)],
    at: '1 Deployment a/web',
    fine: [deployment('a', 'web', `${inHouse}/a/web`)],
  },
  {
    code: 'dockercfg-hidden',
    title: 'a list that keeps the Secret of OpenShift away',
    spec: internal,
    cluster: { openshift: '4.20' },
    broken: [
      pullSecret('a', 'pull', { 'quay.io': entry }),
      deployment('a', 'web', `${inHouse}/a/web`, listing('pull')),
    ],
    at: '2 Deployment a/web',
    fine: [pullSecret('a', 'pull', { [inHouse]: entry }), deployment('a', 'web', `${inHouse}/a/web`, listing('pull'))],
  },
  {
    code: 'account-list-hidden',
    title: 'a list that keeps the one of the account away',
    spec: ghcr,
    broken: [
      account('a', 'default', ['pull']),
      pullSecret('a', 'pull', { 'ghcr.io/acme/': entry }),
      pullSecret('a', 'quay', { 'quay.io': entry }),
      deployment('a', 'web', web, listing('quay')),
    ],
    at: '4 Deployment a/web',
    says: 'gets nothing of what service account default lists: pull',
    fine: [
      account('a', 'default', ['pull']),
      pullSecret('a', 'pull', { 'ghcr.io/other/': entry }),
      pullSecret('a', 'quay', { 'quay.io': entry }),
      deployment('a', 'web', web, listing('quay')),
    ],
  },
  {
    code: 'credential-of-other-account',
    title: 'a pod that runs as another account than the one with the pull secret',
    spec: ghcr,
    broken: [
      account('a', 'default', ['pull']),
      account('a', 'builder', []),
      pullSecret('a', 'pull', { 'ghcr.io/acme/': entry }),
      deployment('a', 'web', web, 'serviceAccountName: builder,'),
    ],
    at: '4 Deployment a/web',
    says: 'service account default lists pull, which does',
    fine: [
      account('b', 'default', ['pull']),
      account('a', 'builder', []),
      pullSecret('b', 'pull', { 'ghcr.io/acme/': entry }),
      deployment('a', 'web', web, 'serviceAccountName: builder,'),
    ],
  },
  {
    code: 'credential-blank',
    title: 'an entry that matches and holds no password',
    spec: ghcr,
    broken: [pullSecret('a', 'pull', { 'ghcr.io': { username: 'u' } }), deployment('a', 'web', web, listing('pull'))],
    at: '2 Deployment a/web',
    fine: [
      pullSecret('a', 'pull', { 'ghcr.io/acme': { username: 'u' }, 'ghcr.io': entry }),
      deployment('a', 'web', web, listing('pull')),
    ],
  },
  {
    code: 'credential-over-match',
    title: 'a key of an organisation whose name only begins alike',
    broken: [
      pullSecret('a', 'pull', { 'ghcr.io/acme': entry }),
      deployment('a', 'web', 'ghcr.io/acme-labs/web', listing('pull')),
    ],
    at: '2 Deployment a/web',
    fine: [pullSecret('a', 'pull', { 'ghcr.io/acme': entry }), deployment('a', 'web', web, listing('pull'))],
  },
  {
    code: 'credential-on-public',
    title: 'an image that everybody may pull',
    broken: [
      pullSecret('a', 'pull', { 'registry.k8s.io': entry }),
      deployment('a', 'web', 'registry.k8s.io/pause', listing('pull')),
    ],
    at: '2 Deployment a/web',
    fine: [pullSecret('a', 'pull', { 'docker.io': entry }), deployment('a', 'web', 'nginx', listing('pull'))],
  },
];

const broken = secret('a', 'pull', { '.dockerconfigjson': '{"auths":{"ghcr.io":{"auth":"pants"}}}' });

export const listCases: readonly RuleCase[] = [
  {
    code: 'pull-blocked',
    title: 'a Secret that does not decode',
    broken: [broken, deployment('a', 'web', 'nginx', listing('pull'))],
    at: '1 Deployment a/web',
    fine: [broken, deployment('a', 'web', 'nginx')],
  },
  {
    code: 'secret-type-inert',
    title: 'a Secret of type Opaque',
    broken: [
      secret('a', 'pull', { '.dockerconfigjson': '{}' }, '', 'Opaque'),
      deployment('a', 'web', web, listing('pull')),
    ],
    at: '1 Deployment a/web',
    fine: [secret('a', 'pull', { '.dockerconfigjson': '{}' }, '', 'Opaque'), deployment('a', 'web', web)],
  },
  {
    code: 'pull-secret-absent',
    title: 'a Secret of another namespace',
    broken: [pullSecret('b', 'pull', { 'ghcr.io': entry }), deployment('a', 'web', web, listing('pull'))],
    at: '2 Deployment a/web',
    says: 'there is one in b',
    fine: [pullSecret('a', 'pull', { 'ghcr.io': entry }), deployment('a', 'web', web, listing('pull'))],
  },
  {
    code: 'list-name-empty',
    title: 'an entry without name on a pod',
    broken: [account('a', 'default', ['pull']), deployment('a', 'web', web, listing(''))],
    at: '2 Deployment a/web',
    says: 'keeps that of its service account away',
    fine: [account('a', 'default', ['pull']), deployment('a', 'web', web, 'imagePullSecrets: [],')],
  },
  {
    code: 'list-name-empty',
    title: 'an entry without name on an account',
    broken: [account('a', 'default', ['', 'pull'])],
    at: '1 ServiceAccount a/default',
    fine: [account('a', 'default', ['pull'])],
  },
  {
    code: 'list-name-duplicate',
    title: 'one name twice',
    broken: [deployment('a', 'web', web, listing('pull', 'other', 'pull'))],
    at: '1 Deployment a/web',
    fine: [deployment('a', 'web', web, listing('pull', 'pull2'))],
  },
  {
    code: 'static-pod-lists',
    title: 'a list on a static pod',
    broken: [
      `{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: a, annotations: { kubernetes.io/config.source: file } }, spec: { ${listing('pull')} containers: [{ name: c, image: nginx }] } }`,
    ],
    at: '1 Pod a/p',
    fine: [
      `{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: a, annotations: { kubernetes.io/config.source: api } }, spec: { ${listing('pull')} containers: [{ name: c, image: nginx }] } }`,
    ],
  },
];
