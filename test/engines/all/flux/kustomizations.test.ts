// What the Kustomizations that `bootstrap` writes do, as docs/flux.md says: they wait for every object, and leave `$` alone.
import { setTimeout as sleep } from 'node:timers/promises';
import { externalSecretRef, namespace, serviceAccount } from '../../cluster/objects.js';
import { configOf, pullSecret, workloadOf, workloadsOf } from '../../gitops/fleet.js';
import { GitOpsCluster } from '../../gitops/gitops-cluster.js';
import { onFlux } from '../../gitops/gitops-engines.js';
import { eventually } from '../../processes/eventually.js';
import { noteResult } from '../../results.js';

const key = `registries/\${team}`;
const kustomization = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'image-pull-prod-namespaces', namespace: 'flux-system' },
};

let cluster: GitOpsCluster;

beforeAll(async () => {
  cluster = await GitOpsCluster.start(onFlux);
});

afterAll(() => cluster?.stop());

const note = (property: string, result: string) =>
  noteResult({ subject: 'the Kustomization of `bootstrap`', engine: onFlux.engine, property, result });

test('workloads wait for a store that does not answer any more', async () => {
  const config = configOf(`{ ${onFlux.settings} }`).replace('key: registries/ghcr', `key: "${key}"`);
  const first = await cluster.push({ 'image-pull.yaml': config, ...workloadsOf('team-a') });
  await cluster.stage.bootstrap([...cluster.emitted, onFlux.workloads(cluster.emitted)]);
  await cluster.stage.untilApplied(first);
  await cluster.operator.reconcile();

  cluster.operator.unread.add(pullSecret);
  // Flux takes an ExternalSecret for ready that its operator has not looked at yet.
  await cluster.operator.reconcile();
  const commit = await cluster.push(workloadOf('team-a', 'tool', 'ghcr.io/acme/tool:v1'));
  await cluster.stage.notify();
  await sleep(15_000);
  expect((await cluster.stage.states()).filter((state) => state.endsWith(' Ready'))).toEqual([]);
  const names = (await cluster.api.list('apps/v1', 'Deployment', 'team-a')).map(({ metadata }) => metadata.name);
  expect(names).toEqual(['web']);
  cluster.operator.unread.clear();
  await cluster.stage.untilApplied(commit);
  note('store does not answer', 'workloads wait for it');
});

test('a variable of its postBuild changes nothing in what is external', async () => {
  await cluster.api.merge(kustomization, { spec: { postBuild: { substitute: { team: 'other' } } } });
  await cluster.stage.untilApplied(await cluster.repository.commit());
  const { spec } = await cluster.api.get(externalSecretRef('team-a', pullSecret));
  const { data } = spec as { data: readonly { remoteRef: { key: string } }[] };
  expect(new Set(data.map(({ remoteRef }) => remoteRef.key))).toEqual(new Set([key]));
  note('`postBuild`', 'ExternalSecrets stay as written');
});

test('a variable that nobody gives fails it, and its name is a label on what it applies', async () => {
  const { metadata } = await cluster.api.get(namespace('team-a'));
  expect(metadata.labels?.['kustomize.toolkit.fluxcd.io/name']).toBe('image-pull-prod-namespaces');
  note('its name', 'a label on every object');
  const account = serviceAccount('team-a', 'reader');
  const annotations = { 'acme.example/role': `\${role}` };
  await cluster.repository.commit({
    'dist/prod/namespaces/by-hand.yaml': JSON.stringify({ ...account, metadata: { ...account.metadata, annotations } }),
  });
  await cluster.stage.notify();
  await eventually(async () => {
    const said = (await cluster.stage.states()).join();
    if (said.includes('variable not set')) return true;
    throw new Error(said);
  });
  note('`postBuild`, a variable that nobody gives', 'fails all of it');
});
