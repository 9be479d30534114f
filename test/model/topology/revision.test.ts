// Which revisions of this repository are what is read, and what is said of others.
import { isCheckedOut } from '../../../src/model/topology/revision.js';
import { followed, here, repository, said } from './in-memory.js';

const view = repository(['apps/web/kustomization.yaml', 'charts/web/Chart.yaml']);
const sha = '4c6f1b0d9f1f0e2a7d1c3b5a69788796a5b4c3d2';

test.each([
  ['', true],
  ['HEAD', true],
  ['main', true],
  ['master', true],
  ['refs/heads/main', true],
  ['trunk', true],
  ['refs/heads/trunk', true],
  ['develop', false],
  ['feature/main', false],
  ['refs/tags/main', false],
  ['v1.2.3', false],
  ['>=1.0.0', false],
  [sha, false],
])('the revision %j is what is checked out on trunk: %s', (revision, expected) => {
  expect(isCheckedOut(revision, ['trunk'])).toBe(expected);
});

const application = (source: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec: { destination: { namespace: shop }, ${source} }
`;
const argocd = (revision: string) => [
  application(`source: { repoURL: ${here}, path: apps/web, targetRevision: "${revision}" }`),
];
const repositoryOf = (ref: string) => `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: fleet, namespace: flux-system }
spec: { url: ${here}, ref: ${ref} }
`;
const kustomization = `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: apps/web, sourceRef: { kind: GitRepository, name: fleet } }
`;
const flux = (ref: string) => [repositoryOf(ref), kustomization];
const set = (git: string) => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set, namespace: argocd }
spec:
  generators: [{ matrix: { generators: [{ git: ${git} }, { list: { elements: [{ a: b }] } }] } }]
  template: { metadata: { name: "{{path.basename}}" }, spec: { destination: {}, source: { repoURL: ${here}, path: "{{path}}" } } }
`;
const instance = (ref: string) => [
  `
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec: { sync: { kind: GitRepository, url: ${here}, path: apps/web, ref: ${ref} } }
`,
];

test.each<[what: string, texts: readonly string[]]>([
  ['an Application that follows the branch', argocd('trunk')],
  ['an Application without revision', [application(`source: { repoURL: ${here}, path: apps/web }`)]],
  [
    'an Application of a chart of others',
    [application('source: { repoURL: https://x.io, chart: a, targetRevision: 1.2.3 }')],
  ],
  ['a GitRepository that follows the branch', flux('{ branch: main }')],
  ['a GitRepository of a reference', flux('{ name: refs/heads/trunk, branch: other }')],
  ['a FluxInstance that follows the branch', instance('refs/heads/main')],
  [
    'a generator that follows the branch',
    [set(`{ repoURL: ${here}, revision: HEAD, directories: [{ path: apps/* }] }`)],
  ],
])('%s is read without a word', (_, texts) => {
  const { applied, problems } = followed(view, ...texts);
  expect(problems).toEqual([]);
  expect(applied).toHaveLength(1);
});

test.each<[what: string, texts: readonly string[], subject: string, revision: string]>([
  ['another branch', argocd('develop'), 'Application argocd/web', 'develop'],
  ['a commit', argocd(sha), 'Application argocd/web', sha],
  [
    'the values of another branch',
    [
      application(
        `sources: [{ repoURL: ${here}, path: charts/web, targetRevision: main }, { repoURL: ${here}, ref: v, targetRevision: next }]`,
      ),
    ],
    'Application argocd/web',
    'next',
  ],
  ['a tag', flux('{ branch: main, tag: v1.0.0 }'), 'Kustomization flux-system/apps', 'v1.0.0'],
  ['a range of tags', flux('{ semver: ">=1.0.0" }'), 'Kustomization flux-system/apps', '>=1.0.0'],
  ['a commit before all else', flux(`{ branch: main, commit: ${sha} }`), 'Kustomization flux-system/apps', sha],
  [
    'an instance on another branch',
    instance('refs/heads/next'),
    'Kustomization flux-system/flux-system',
    'refs/heads/next',
  ],
  [
    'folders of another branch',
    [set(`{ repoURL: ${here}, revision: next, directories: [{ path: apps/* }] }`)],
    'ApplicationSet argocd/set',
    'next',
  ],
])('%s is a finding, and what is checked out counts', (_, texts, subject, revision) => {
  const { applied, problems } = followed(view, ...texts);
  expect(said(problems)).toEqual([
    `revision-not-read: ${subject} applies revision ${revision} of this repository, and what is checked out is read in its place`,
  ]);
  expect(applied).toHaveLength(1);
});
