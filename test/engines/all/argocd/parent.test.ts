// A parent with the health check of docs/argocd.md waits until what it applies first is through: from an empty cluster the
// pods of workloads that come after the output list their pull secret.
import type { KubeObject } from '../../cluster/kube-object.js';
import { pullSecretsOf } from '../../cluster/objects.js';
import { ArgoCdStage } from '../../gitops/argocd-stage.js';
import { documentedSettings } from '../../gitops/documented.js';
import { configOf, pullSecret, workloadsOf } from '../../gitops/fleet.js';
import { GitOpsCluster } from '../../gitops/gitops-cluster.js';
import { onArgoCd } from '../../gitops/gitops-engines.js';
import { noteResult } from '../../results.js';

const namespaces = ['team-a', 'team-b', 'team-c', 'team-d'];

function reading(object: KubeObject, repoURL: string): KubeObject {
  const { source, ...spec } = object.spec as { source: object };
  return { ...object, spec: { ...spec, source: { ...source, repoURL } } };
}

let cluster: GitOpsCluster;

beforeAll(async () => {
  cluster = await GitOpsCluster.start({
    start: () => ArgoCdStage.start(documentedSettings('argocd.md', 'application health')),
  });
});

afterAll(() => cluster?.stop());

test('pods come after their lists', async () => {
  const { repository } = cluster;
  const settings = onArgoCd.settings.replace('https://git.example.com/access.git', repository.url);
  await cluster.push(
    Object.assign({ 'image-pull.yaml': configOf(`{ ${settings} }`) }, ...namespaces.map((each) => workloadsOf(each))),
  );
  const workloads = reading(onArgoCd.workloads(), repository.url);
  const commit = await repository.commit({
    'dist/prod/bootstrap/workloads.yaml': JSON.stringify(workloads),
  });
  const parent = onArgoCd.workloads();
  const source = { repoURL: '', targetRevision: 'main', path: 'dist/prod/bootstrap' };
  const metadata = { ...parent.metadata, name: 'parent' };
  await cluster.stage.bootstrap([{ ...parent, metadata, spec: { ...parent.spec, source } }]);
  await cluster.stage.untilApplied(commit);
  const pods = await Promise.all(namespaces.map((each) => cluster.api.list('v1', 'Pod', each)));
  expect(pods.flat()).toHaveLength(namespaces.length);
  for (const pod of pods.flat()) expect(pullSecretsOf(pod)).toEqual([pullSecret]);
  const subject = 'a parent with the health check';
  noteResult({ subject, engine: onArgoCd.engine, property: 'pods from an empty cluster', result: 'all list it' });
});
