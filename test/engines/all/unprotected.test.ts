// What the finding default-account-unprotected says: an account `default` that leaves Git without protection is deleted, and
// Kubernetes makes it again without its list.
import type { KubeObject } from '../cluster/kube-object.js';
import { namesOf, namespaceWithAccount, serviceAccount } from '../cluster/objects.js';
import { pullSecret } from '../gitops/fleet.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import type { GitOpsStage } from '../gitops/gitops-stage.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

describe.each(gitopsEngines)('on $engine', (engine) => {
  let stage: GitOpsStage;
  const account = serviceAccount('team-a', 'default', [pullSecret]);
  const live = () => stage.api.find(account);

  beforeAll(async () => {
    stage = await engine.start();
  });

  afterAll(() => stage?.stop());

  test('a default account that leaves Git', async () => {
    await namespaceWithAccount(stage.api, 'team-a');
    const other: KubeObject = { ...serviceAccount('team-a', 'reader') };
    const commit = await stage.repository.commit({
      'apps/account.yaml': JSON.stringify(account),
      'apps/other.yaml': JSON.stringify(other),
    });
    await stage.bootstrap([engine.workloads()]);
    await stage.untilApplied(commit);
    const before = await live();
    expect(namesOf(before?.imagePullSecrets)).toEqual([pullSecret]);
    await stage.untilApplied(await stage.repository.commit({ 'apps/account.yaml': undefined }));
    const after = await eventually(async () => {
      const found = await live();
      return found && found.metadata.uid !== before?.metadata.uid ? found : undefined;
    });
    expect(namesOf(after.imagePullSecrets)).toEqual([]);
    const subject = 'a default account that leaves Git unprotected';
    noteResult({
      subject,
      engine: engine.engine,
      property: 'what becomes of it',
      result: 'made again without its list',
    });
  });
});
