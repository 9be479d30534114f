// Argo CD and Flux bring the output to the cluster from a repository: nothing is applied by hand but what `bootstrap` wrote.
import { join } from 'node:path';
import { crdFolders, installCrds } from '../cluster/crds.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { namesOf, serviceAccount } from '../cluster/objects.js';
import { SecretsOperator } from '../cluster/secrets-operator.js';
import { ArgoCdStage } from '../gitops/argocd-stage.js';
import { FluxStage } from '../gitops/flux-stage.js';
import type { GitOpsStage } from '../gitops/gitops-stage.js';
import { documentedProject } from '../gitops/made-bootstrap.js';

const cases = [
  { example: 'three-teams', engine: 'Argo CD', start: () => ArgoCdStage.start(), state: 'Synced Healthy' },
  { example: 'flux-shop', engine: 'Flux', start: () => FluxStage.start(), state: 'Ready' },
];

describe.each(cases)('$example on $engine', ({ example, engine, start, state }) => {
  let stage: GitOpsStage;
  let operator: SecretsOperator;

  beforeAll(async () => {
    stage = await start();
    await installCrds(stage.api, crdFolders.externalSecrets);
    operator = new SecretsOperator(stage.api);
    operator.start();
  });

  afterAll(async () => {
    await operator?.stop();
    await stage?.stop();
  });

  test('an empty cluster becomes what the output says', async () => {
    const output = join('examples', example, 'dist/prod');
    stage.repository.add(output, 'dist/prod');
    const commit = await stage.repository.commit();
    // The example names a project of its own: that of docs/argocd.md.
    if (engine === 'Argo CD') await stage.bootstrap([documentedProject()]);
    await stage.bootstrap(manifestsIn(join(output, 'bootstrap')).map(({ object }) => object));
    await stage.untilApplied(commit);
    expect((await stage.states()).map((each) => each.replace(/^\S+ /, ''))).toEqual([state]);
    for (const { object } of manifestsIn(join(output, 'namespaces'))) {
      if (object.kind !== 'ServiceAccount') continue;
      const { namespace = '', name } = object.metadata;
      const live = await stage.api.get(serviceAccount(namespace, name));
      expect(namesOf(live.imagePullSecrets)).toEqual(namesOf(object.imagePullSecrets));
    }
  });
});
