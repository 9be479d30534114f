import { followed, here, repository, said } from './in-memory.js';

const view = repository(['apps/web.yaml']);

const application = (destination: string, repoURL = here) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec: { project: shop, destination: { ${destination} }, source: { repoURL: "${repoURL}", path: apps } }
`;
const project = (spec: string) => `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: shop, namespace: argocd }
spec: { ${spec} }
`;
const all = 'sourceRepos: ["*"], destinations: [{ server: "*", namespace: "*" }]';

const forbidden = (spec: string, destination = 'name: prod, namespace: shop') =>
  said(followed(view, application(destination), project(spec)).problems);

test('a project that is not declared forbids nothing', () => {
  expect(followed(view, application('name: prod, namespace: shop')).problems).toEqual([]);
});

test.each([
  '*',
  here,
  `${here}.git`,
  'https://git.example.com/acme/*',
  'https://git.example.com/**',
  '!https://git.example.com/other/*',
])('the source %s is allowed', (pattern) => {
  expect(forbidden(`sourceRepos: ["${pattern}"], destinations: [{ name: "*", namespace: "*" }]`)).toEqual([]);
});

test.each(['https://git.example.com/*', 'https://example.com/**', `!${here}`])('by %s it is not', (pattern) => {
  expect(forbidden(`sourceRepos: ["${pattern}"], destinations: [{ name: "*", namespace: "*" }]`)).toEqual([
    `project-forbids: AppProject argocd/shop forbids the source ${here} to Application argocd/web`,
  ]);
});

test.each([
  ['{ name: prod, namespace: shop }', 'name: prod, namespace: shop'],
  ['{ name: "pr*", namespace: "sh{op,ed}" }', 'name: prod, namespace: shop'],
  ['{ server: "https://kubernetes.default.svc", namespace: "*" }', 'name: in-cluster, namespace: shop'],
  ['{ name: in-cluster, namespace: "*" }', 'server: "https://kubernetes.default.svc", namespace: shop'],
  // Which address prod has, nobody knows here.
  ['{ server: "https://10.0.0.1", namespace: shop }', 'name: prod, namespace: shop'],
  ['{ name: "*", namespace: "*" }, { name: "*", namespace: "!kube-system" }', 'name: prod, namespace: shop'],
])('the destinations %s allow %s', (destinations, destination) => {
  expect(forbidden(`sourceRepos: ["*"], destinations: [${destinations}]`, destination)).toEqual([]);
});

test.each([
  ['{ name: prod, namespace: other }', 'name: prod, namespace: shop', 'namespace shop of prod'],
  ['{ name: stage, namespace: shop }', 'name: prod, namespace: shop', 'namespace shop of prod'],
  [
    '{ server: "https://10.0.0.1", namespace: shop }',
    'name: in-cluster, namespace: shop',
    'namespace shop of https://kubernetes.default.svc',
  ],
  [
    '{ server: "*", namespace: "*" }, { server: "*", namespace: "!shop" }',
    'server: "https://10.0.0.1", namespace: shop',
    'namespace shop of https://10.0.0.1',
  ],
  [
    '{ name: "*", namespace: "*" }, { name: "!prod", namespace: "*" }',
    'name: prod, namespace: shop',
    'namespace shop of prod',
  ],
])('the destinations %s forbid %s', (destinations, destination, what) => {
  expect(forbidden(`sourceRepos: ["*"], destinations: [${destinations}]`, destination)).toEqual([
    `project-forbids: AppProject argocd/shop forbids ${what} to Application argocd/web`,
  ]);
});

test('a finding stands at the field, and shows no credential', () => {
  const text = application('name: prod, namespace: shop', 'https://bob:hunter2@example.com/x');
  const { problems } = followed(view, { text, file: 'app.yaml' }, project('sourceRepos: []'));
  expect(said(problems)).toContain(
    'app.yaml:5:89 project-forbids: AppProject argocd/shop forbids the source https://***@example.com/x to Application argocd/web',
  );
});

test('a project of everything forbids nothing, not even where nothing is said', () => {
  expect(forbidden(all, '')).toEqual([]);
});
