import { cli, folderOf } from '../support.js';

const config = (cluster: string) => `
version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: ghcr } } } }
clusters: { prod: ${cluster} }
workloads: [apps]
`;

const job = (annotations: string, list = '') => `
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  namespace: team-a
  annotations: { ${annotations} }
spec:
  template:
    spec:
      ${list}
      containers: [{ name: main, image: ghcr.io/acme/migrate:v1 }]
`;

async function found(cluster: string, manifest: string): Promise<string[]> {
  const folder = folderOf({ 'image-pull.yaml': config(cluster), 'apps/team-a/job.yaml': manifest });
  const { err } = await cli(folder, 'synth');
  return [...err.matchAll(/runs in ((?:hook|wave) [-\w]+)/g)].map(([, moment = '']) => moment);
}

const beside = '{ placement: beside }';

test.each([
  ['a hook of Argo CD before the sync', 'argocd.argoproj.io/hook: PreSync', ['hook PreSync']],
  ['one of several hooks', 'argocd.argoproj.io/hook: "PostSync, PreSync"', ['hook PreSync']],
  ['a hook of Helm before an installation', 'helm.sh/hook: "pre-install,pre-upgrade"', ['hook pre-install']],
  ['a hook of Helm before an upgrade', 'helm.sh/hook: pre-upgrade', ['hook pre-upgrade']],
  ['a wave before the accounts', 'argocd.argoproj.io/sync-wave: "-4"', ['wave -4']],
  ['the wave of the accounts, which it applies first', 'argocd.argoproj.io/sync-wave: "-3"', []],
  ['a later hook', 'argocd.argoproj.io/hook: Sync', []],
  [
    "a hook of Helm where Argo CD's own says another",
    'argocd.argoproj.io/hook: PostSync, helm.sh/hook: pre-install',
    [],
  ],
  ['a later wave', 'argocd.argoproj.io/sync-wave: "3"', []],
  ['what is no wave', 'argocd.argoproj.io/sync-wave: early', []],
])('a pod in %s: %j', async (_, annotations, expected) => {
  expect(await found(beside, job(annotations))).toEqual(expected);
});

test('a name on a template needs the Secret alone, which comes in an earlier wave', async () => {
  const list = 'imagePullSecrets: [{ name: ghcr-pull }]';
  const wave = (number: number) => job(`argocd.argoproj.io/sync-wave: "${number}"`, list);
  const cluster = '{ placement: beside, attachment: podTemplate }';
  expect(await found(cluster, wave(-4))).toEqual([]);
  expect(await found(cluster, wave(-5))).toEqual(['wave -5']);
});

test.each([
  ['the output syncs before the workloads', '{}'],
  ['Flux has neither hooks nor waves', '{ gitops: flux, placement: beside }'],
])('nothing is said where %s', async (_, cluster) => {
  expect(await found(cluster, job('argocd.argoproj.io/hook: PreSync'))).toEqual([]);
});
