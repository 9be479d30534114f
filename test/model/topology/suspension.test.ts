// What an engine is told to leave as it is.
import { followed, here, repository, said } from './in-memory.js';

const view = repository(['apps/web/kustomization.yaml']);

const application = (annotations: string) => [
  `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd, annotations: { ${annotations} } }
spec: { destination: { namespace: shop }, source: { repoURL: ${here}, path: apps/web } }
`,
];
const kustomization = (spec: string, annotations = '') => [
  `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: fleet, namespace: flux-system }
spec: { url: ${here} }
`,
  `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system, annotations: { ${annotations} } }
spec: { path: apps/web, sourceRef: { kind: GitRepository, name: fleet }, ${spec} }
`,
];

test.each<[what: string, texts: readonly string[], subject: string]>([
  ['a Kustomization that is suspended', kustomization('suspend: true'), 'Kustomization flux-system/web'],
  [
    'a Kustomization that Flux leaves alone',
    kustomization('', 'kustomize.toolkit.fluxcd.io/reconcile: Disabled'),
    'Kustomization flux-system/web',
  ],
  [
    'an Application that Argo CD passes over',
    application('argocd.argoproj.io/skip-reconcile: "true"'),
    'Application argocd/web',
  ],
])('%s is a finding, and what is checked out counts', (_, texts, subject) => {
  const { applied, problems } = followed(view, ...texts);
  expect(said(problems)).toEqual([
    `apply-suspended: ${subject} is suspended, and what is checked out is read in place of what it applied before`,
  ]);
  expect(applied).toHaveLength(1);
});

test.each<[what: string, texts: readonly string[]]>([
  [
    'a Kustomization that is resumed',
    kustomization('suspend: false', 'kustomize.toolkit.fluxcd.io/reconcile: enabled'),
  ],
  ['an Application that is reconciled', application('argocd.argoproj.io/skip-reconcile: "false"')],
])('%s is read without a word', (_, texts) => {
  expect(followed(view, ...texts).problems).toEqual([]);
});
