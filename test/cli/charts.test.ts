// Charts of others that GitOps objects name: which are missing, and the lines that fetch them.
import { cli, folderOf } from '../support.js';

const config = (entry: string, rest = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: ghcr } } } }
clusters: { prod: { workloads: [${entry}] }, stage: { workloads: [${entry}] } }
${rest}`;

const application = (name: string, chart: string, version: string) =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: ${name}, namespace: argocd }, spec: { source: { repoURL: "https://charts.example.com", chart: ${chart}, targetRevision: "${version}" }, destination: { server: "https://kubernetes.default.svc", namespace: shop } } }\n`;

const argo = {
  'argo/web.yaml': application('web', 'web', '1.2.*'),
  'argo/other.yaml': application('other', 'web', '1.2.*'),
  'argo/cache.yaml': application('cache', 'redis', '20.1.0'),
};

test('each chart that is missing is one line for a shell, whoever names it', async () => {
  const folder = folderOf({ 'image-pull.yaml': config('{ argocd: argo }', 'charts: vendor/charts\n'), ...argo });
  const { code, out, err } = await cli(folder, 'charts');
  expect({ code, out, err }).toEqual({
    code: 1,
    out: `helm pull redis --repo https://charts.example.com --version 20.1.0 -d vendor/charts
helm pull web --repo https://charts.example.com --version '1.2.*' -d vendor/charts
`,
    err: '',
  });
});

test('what cannot be followed is said beside them, and is no success', async () => {
  const folder = folderOf({
    'image-pull.yaml': config('{ argocd: argo }', 'charts: vendor/charts\n'),
    'argo/bad.yaml': application('bad', '../web', '1.0.0'),
  });
  const { code, out, err } = await cli(folder, 'charts');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('../web is no name of a chart [chart-invalid]');
});

test('without charts of others there is nothing to fetch', async () => {
  const folder = folderOf({ 'image-pull.yaml': config('apps'), 'apps/a.yaml': '' });
  expect(await cli(folder, 'charts')).toEqual({
    code: 0,
    out: '',
    err: 'Every chart of others lies in the repository.\n',
  });
});
