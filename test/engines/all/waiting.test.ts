// What comes after a policy of Kyverno or a SealedSecret waits until its controller has taken it up: Flux by expressions that
// `bootstrap` writes, Argo CD by health checks, its own or those of docs/policies.md.
import { setTimeout as sleep } from 'node:timers/promises';
import { crdFolders, installCrds } from '../cluster/crds.js';
import { SealedSecretsController } from '../cluster/sealed-secrets-controller.js';
import { Kyverno } from '../engines/kyverno.js';
import { ArgoCdStage } from '../gitops/argocd-stage.js';
import { documentedSettings } from '../gitops/documented.js';
import { configOf, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { noteResult } from '../results.js';

const documented = {
  ...documentedSettings('policies.md', 'generating policy health'),
  ...documentedSettings('policies.md', 'mutating policy health'),
};
const cases = gitopsEngines.flatMap((engine) => [
  { name: engine.engine, engine },
  ...(engine.gitops === 'argocd'
    ? [{ name: 'Argo CD, documented checks', engine: { ...engine, start: () => ArgoCdStage.start(documented) } }]
    : []),
]);

describe.each(cases)('on $name', ({ name, engine }) => {
  let cluster: GitOpsCluster;
  let kyverno: Kyverno | undefined;
  let sealedSecrets: SealedSecretsController | undefined;
  const note = (subject: string) =>
    noteResult({ subject, engine: name, property: 'what comes after it', result: 'waits until it is taken up' });

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
    await installCrds(cluster.api, crdFolders.kyverno);
    await installCrds(cluster.api, crdFolders.sealedSecrets);
  });

  afterAll(async () => {
    await Promise.all([kyverno?.stop(), sealedSecrets?.stop()]);
    await cluster?.stop();
  });

  /** What is applied stands for some seconds, and is not done. */
  async function expectWaiting(): Promise<void> {
    await sleep(15_000);
    const states = await cluster.stage.states();
    expect(states.filter((state) => !state.endsWith(engine.done))).not.toEqual([]);
    expect(states.join()).not.toContain('error');
  }

  test('SealedSecrets', async () => {
    cluster.repository.add('examples/sealed-two-clusters');
    cluster.repository.change({ dist: undefined, 'sealed/test': undefined });
    const sealing = 'sealing: { certificate: certs/prod.pem }';
    const commit = await cluster.push({
      'image-pull.yaml': `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { preset: quay, path: acme } }
pullSecrets: { acme-pull: { registries: [ghcr, quay], source: { sealed: {} } } }
clusters: { prod: { ${engine.settings}, ${sealing} } }
workloads: [apps]
`,
    });
    await cluster.stage.bootstrap(cluster.emitted);
    await expectWaiting();
    sealedSecrets = new SealedSecretsController(cluster.api);
    sealedSecrets.start();
    await cluster.stage.untilApplied(commit);
    note('SealedSecrets');
  });

  test('policies of Kyverno', async () => {
    for (const former of cluster.emitted) await cluster.api.remove(former);
    const scope = 'distribution: kyverno, attachment: { podPolicy: kyverno }';
    cluster.repository.change({ apps: undefined, sealed: undefined });
    const config = configOf(`{ ${engine.settings}, kyverno: "1.19", ${scope} }`);
    const commit = await cluster.push({ 'image-pull.yaml': config, ...workloadsOf('team-a') }, '--now');
    await cluster.stage.bootstrap(cluster.emitted);
    await expectWaiting();
    kyverno = await Kyverno.start(cluster.stage.plane);
    await cluster.stage.untilApplied(commit);
    note('policies of Kyverno');
  });
});
