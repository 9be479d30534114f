// What others put on a Namespace or account, and what becomes of it once a GitOps engine applies the output.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../support.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namespaceWithAccount, serviceAccount } from '../cluster/objects.js';
import { configOf, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
const annotations = { 'acme.example/role': 'reader' };
const namespace = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

/** What `plan --live` says of the cluster as it is. */
async function planLive({ stage, repository }: GitOpsCluster): Promise<string> {
  const dump = join(repository.folder, '..', 'cluster.yaml');
  const kinds = 'namespaces,secrets,serviceaccounts,pods,deployments';
  writeFileSync(dump, await stage.plane.kubectl('get', kinds, '-A', '-o', 'yaml', '--show-managed-fields'));
  const { out, err } = await cli(repository.folder, 'plan', '--live', dump);
  return out + err;
}

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;
  const config = { 'image-pull.yaml': configOf(`{ ${engine.settings} }`) };
  const note = (property: string, result: string) =>
    noteResult({ subject: 'labels and annotations of others', engine: engine.engine, property, result });

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
  });

  afterAll(() => cluster?.stop());

  const isArgoCd = engine.gitops === 'argocd';

  test('what kubectl applied goes with Argo CD, which plan --live says before, and stays with Flux', async () => {
    const account = {
      ...serviceAccount('team-a', 'default'),
      metadata: { name: 'default', namespace: 'team-a', annotations },
    };
    await namespaceWithAccount(cluster.api, 'team-a');
    const file = join(cluster.repository.folder, '..', 'by-hand.json');
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [namespace('team-a'), account] }));
    await cluster.stage.plane.kubectl('apply', '-f', file);
    const commit = await cluster.push({ ...config, ...workloadsOf('team-a') });
    const said = await planLive(cluster);
    for (const key of [...Object.keys(labels), ...Object.keys(annotations)]) expect(said.includes(key)).toBe(isArgoCd);
    await cluster.stage.bootstrap(cluster.emitted);
    await cluster.stage.untilApplied(commit);
    const after = [
      (await cluster.api.get(namespace('team-a'))).metadata.labels?.['pod-security.kubernetes.io/enforce'],
      (await cluster.api.get(account)).metadata.annotations?.['acme.example/role'],
    ];
    expect(after).toEqual(isArgoCd ? [undefined, undefined] : ['baseline', 'reader']);
    note('applied by kubectl before', isArgoCd ? 'go; `plan --live` names them' : 'stay');
  });

  // Two Applications, or two Kustomizations, are one field manager.
  test('two that declare one Namespace take the labels of each other, which synth says before', async () => {
    const file = 'apps/team-b/namespace.yaml';
    const declared = { [file]: JSON.stringify(namespace('team-b')) };
    const commit = await cluster.push({ ...config, ...workloadsOf('team-b') });
    await cluster.stage.untilApplied(commit);
    // As if the finding namespace-later had been overlooked: the manifest is added behind the back of synth.
    cluster.repository.change(declared);
    const next = await cluster.repository.commit();
    await cluster.stage.bootstrap([engine.workloads(cluster.emitted)]);
    await cluster.stage.untilApplied(next, 60).catch(() => {});
    const both = [...Object.keys(labels), 'app.kubernetes.io/managed-by'];
    await eventually(async () => {
      const present = (await cluster.api.get(namespace('team-b'))).metadata.labels ?? {};
      return both.some((key) => !(key in present)) ? true : undefined;
    });
    note('declared by two Applications or Kustomizations', 'each takes those of the other away');
  });
});
