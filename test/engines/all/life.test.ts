// What becomes of the output in the hands of a GitOps engine while nothing leaves: it stays as it is, is put right where
// the engine may, and changes. What leaves: leaving.test.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { namesOf, namespace, secretRef, serviceAccount } from '../cluster/objects.js';
import { configOf, pullSecret, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { versionsOf } from '../gitops/gitops-stage.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

const account = serviceAccount('team-a', 'default');

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;
  const note = (property: string, result: string) =>
    noteResult({ subject: 'a namespace that stays', engine: engine.engine, property, result });
  const list = async () => namesOf((await cluster.api.get(account)).imagePullSecrets);
  const secret = () => cluster.api.get(secretRef('team-a', pullSecret));
  const listIsComplete = () => eventually(async () => ((await list()).includes(pullSecret) ? true : undefined));

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
    const config = { 'image-pull.yaml': configOf(`{ ${engine.settings} }`) };
    const commit = await cluster.push({ ...config, ...workloadsOf('team-a') });
    await cluster.stage.bootstrap(cluster.emitted);
    await cluster.stage.untilApplied(commit);
  });

  afterAll(() => cluster?.stop());

  test('a second sync changes nothing', async () => {
    await cluster.operator.reconcile();
    const before = await versionsOf(cluster.api, cluster.written);
    await cluster.stage.applyAgain();
    expect(await versionsOf(cluster.api, cluster.written)).toEqual(before);
    note('second sync', 'no change');
  });

  test('a list that somebody emptied is complete again, and labels of others stay', async () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    await cluster.api.merge(namespace('team-a'), { metadata: { labels } });
    await cluster.api.merge(account, { imagePullSecrets: [], metadata: { annotations: { 'acme.example/role': 'x' } } });
    if (engine.engine === 'Flux') await cluster.stage.applyAgain();
    await listIsComplete();
    expect((await cluster.api.get(namespace('team-a'))).metadata.labels).toMatchObject(labels);
    expect((await cluster.api.get(account)).metadata.annotations?.['acme.example/role']).toBe('x');
    note('self-heal', 'list complete, labels of others stay');
  });

  test('without self-heal it stays empty until the next sync', async () => {
    await cluster.stage.selfHeal(false);
    await cluster.api.merge(account, { imagePullSecrets: [] });
    // Argo CD looks every 5 seconds here.
    await sleep(12_000);
    expect(await list()).toEqual([]);
    if (engine.engine === 'Argo CD') expect((await cluster.stage.states()).join()).toContain('OutOfSync');
    await cluster.stage.selfHeal(true);
    await cluster.stage.applyAgain();
    await listIsComplete();
    note('no self-heal', 'list stays empty until the next sync');
  });

  test('a rotated Secret stays rotated', async () => {
    const before = JSON.stringify((await secret()).data);
    cluster.operator.password = 'second';
    const rotated = await cluster.api.until(secretRef('team-a', pullSecret), (live) => {
      return JSON.stringify(live.data) !== before;
    });
    await cluster.stage.applyAgain();
    expect((await secret()).data).toEqual(rotated.data);
    note('rotated secret', 'stays');
  });
});
