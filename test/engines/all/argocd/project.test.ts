// The AppProject of docs/argocd.md, for outputs with kinds that have no namespace: what it must allow, and what Argo CD says
// where it does not.
import { join } from 'node:path';
import { crdFolders, installCrds } from '../../cluster/crds.js';
import type { KubeObject } from '../../cluster/kube-object.js';
import { Kubelet } from '../../cluster/kubelet.js';
import { SecretsOperator } from '../../cluster/secrets-operator.js';
import { ArgoCdStage } from '../../gitops/argocd-stage.js';
import { bootstrapOf, clusterOf, documentedClusterKinds, documentedProject } from '../../gitops/made-bootstrap.js';
import { committedOutputs } from '../../outputs.js';
import { eventually } from '../../processes/eventually.js';
import { noteResult } from '../../results.js';

interface Destination {
  readonly server: string;
  readonly namespace: string;
}

/** Outputs, and what in docs/argocd.md brings their kinds without a namespace. */
const cases = [
  { example: 'hub-fan-out', brings: 'fanOut: hub', refused: 'ClusterSecretStore' },
  { example: 'patcher', brings: 'patcher', refused: 'ClusterRole' },
];

describe.each(cases)('$example on Argo CD', ({ example, brings, refused }) => {
  const output = committedOutputs().find(({ folder }) => folder.startsWith(`examples/${example}/`))!;
  const served = new Set(
    output.manifests.flatMap(({ object: { kind, metadata } }) => {
      if (kind === 'Application') return [];
      return kind === 'Namespace' ? [metadata.name] : (metadata.namespace ?? []);
    }),
  );
  let stage: ArgoCdStage;
  let operator: SecretsOperator;
  let kubelet: Kubelet;
  let commit: string;

  /** The documented project for the namespaces of the output, with further kinds, but for destinations left out. */
  const project = (kinds: readonly object[], leftOut?: string): KubeObject => {
    const { metadata, spec, ...rest } = documentedProject();
    const { clusterResourceWhitelist = [] } = spec as { clusterResourceWhitelist?: readonly object[] };
    const destinations = ['', ...served].filter((namespace) => namespace !== leftOut);
    const server = 'https://kubernetes.default.svc';
    return {
      ...rest,
      metadata,
      spec: {
        ...spec,
        destinations: destinations.map((namespace): Destination => ({ server, namespace })),
        clusterResourceWhitelist: [...clusterResourceWhitelist, ...kinds],
      },
    };
  };

  const says = (words: string) =>
    eventually(async () => {
      await stage.notify();
      const said = (await stage.states()).join();
      return said.includes(words) ? said : undefined;
    });

  beforeAll(async () => {
    stage = await ArgoCdStage.start();
    await installCrds(stage.api, crdFolders.externalSecrets);
    operator = new SecretsOperator(stage.api);
    kubelet = new Kubelet(stage.api);
    operator.start();
    kubelet.start();
    stage.repository.add(output.folder, join('dist', clusterOf(output).name));
    commit = await stage.repository.commit();
  });

  afterAll(async () => {
    await Promise.all([operator?.stop(), kubelet?.stop()]);
    await stage?.stop();
  });

  test('a project that lacks the destination without a namespace refuses the Application', async () => {
    await stage.bootstrap([project(documentedClusterKinds(brings), '')]);
    const appliers = bootstrapOf(output).map((object) => ({
      ...object,
      spec: { ...object.spec, project: 'platform' },
    }));
    await stage.bootstrap(appliers);
    expect(await says('InvalidSpecError')).toContain('do not match any of the allowed destinations in project');
  });

  test('a project that lacks the kinds refuses them by name', async () => {
    await stage.bootstrap([project([])]);
    expect(await says('is not permitted in project')).toContain(refused);
  });

  test('with what docs/argocd.md says it is Synced and Healthy', async () => {
    await stage.bootstrap([project(documentedClusterKinds(brings))]);
    await stage.untilApplied(commit);
    const subject = `AppProject for ${example}`;
    noteResult({ subject, engine: 'Argo CD', property: 'as documented', result: 'Synced Healthy' });
  });
});
