// Every committed output, applied from a repository by the engine that its config names, from a cluster that has nothing
// of it: by what `bootstrap` wrote, or would write.
import { join } from 'node:path';
import { createMissingNamespaces } from '../cluster/apply-output.js';
import { crdFolders, installCrds } from '../cluster/crds.js';
import type { KubeObject, ObjectRef } from '../cluster/kube-object.js';
import { Kubelet } from '../cluster/kubelet.js';
import { namesOf } from '../cluster/objects.js';
import { SealedSecretsController } from '../cluster/sealed-secrets-controller.js';
import { SecretsOperator } from '../cluster/secrets-operator.js';
import type { StandIn } from '../cluster/stand-in.js';
import { Kyverno } from '../engines/kyverno.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { type GitOpsStage, versionsOf } from '../gitops/gitops-stage.js';
import { bootstrapOf, clusterOf, documentedProject } from '../gitops/made-bootstrap.js';
import { committedOutputs } from '../outputs.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

/** Nobody has the identity that it is sealed for: sops.test.ts seals it anew. */
const sealedForNobody = 'examples/sops-flux';
const outputs = committedOutputs()
  .filter(({ example }) => example !== sealedForNobody)
  .map((output) => {
    const { gitops, name } = clusterOf(output);
    const example = output.example === '.' ? 'this repository' : output.example.replace('examples/', '');
    return { output, gitops, name: `${example}/${name}` };
  });

describe.each(gitopsEngines)('on $engine', ({ engine, gitops, start, done }) => {
  let stage: GitOpsStage;
  let kyverno: Kyverno | undefined;
  let operator: SecretsOperator;
  let standIns: StandIn[] = [];

  beforeAll(async () => {
    stage = await start();
    await installCrds(stage.api, crdFolders.externalSecrets);
    await installCrds(stage.api, crdFolders.sealedSecrets);
    // The other engine's examples have no policies of Kyverno.
    if (gitops === 'argocd') kyverno = await Kyverno.start(stage.plane);
    operator = new SecretsOperator(stage.api);
    standIns = [operator, new Kubelet(stage.api), new SealedSecretsController(stage.api)];
    for (const each of standIns) each.start();
    if (gitops === 'argocd') await stage.bootstrap([documentedProject()]);
  });

  afterAll(async () => {
    await Promise.all([...standIns, kyverno].map((each) => each?.stop()));
    await stage?.stop();
  });

  test.each(outputs.filter((each) => each.gitops === gitops))('$name', async ({ output, name }) => {
    const applied = output.manifests.map(({ object }) => object).filter(({ kind }) => !isApplier(kind));
    const declared = new Set(applied.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
    // Namespaces that the output leaves to others are there.
    const others = applied.filter(({ metadata }) => !declared.has(metadata.namespace ?? ''));
    await createMissingNamespaces(stage.api, others);

    stage.repository.change({ dist: undefined });
    stage.repository.add(output.folder, join('dist', clusterOf(output).name));
    const appliers = bootstrapOf(output);
    try {
      const commit = await stage.repository.commit();
      await stage.bootstrap(appliers);
      await stage.untilApplied(commit);
      expect(new Set((await stage.states()).map((each) => each.replace(/^\S+ /, '')))).toEqual(new Set([done]));
      await expectLists(stage, applied);
      noteResult({ subject: name, engine, property: 'from an empty cluster', result: done });

      // Flux takes an ExternalSecret for ready that its operator has not looked at yet.
      await operator.reconcile();
      const before = await versionsOf(stage.api, applied);
      expect(Object.values(before)).not.toContain('missing');
      await stage.applyAgain();
      expect(await versionsOf(stage.api, applied)).toEqual(before);
      noteResult({ subject: name, engine, property: 'second sync', result: 'no change' });
    } finally {
      await clear(stage, appliers, applied);
    }
  });
});

const isApplier = (kind: string) => kind === 'Application' || kind === 'Kustomization';

/** Accounts list what the output says: policies append nothing to those that it declares. */
async function expectLists({ api }: GitOpsStage, applied: readonly KubeObject[]): Promise<void> {
  for (const object of applied.filter(({ kind }) => kind === 'ServiceAccount')) {
    const live = await api.get(object);
    expect(namesOf(live.imagePullSecrets)).toEqual(namesOf(object.imagePullSecrets));
  }
}

/** Takes away what applies and what was applied. What `clear` deletes nobody puts back. */
async function clear(
  { api }: GitOpsStage,
  appliers: readonly KubeObject[],
  applied: readonly KubeObject[],
): Promise<void> {
  const inArgo = (object: KubeObject): ObjectRef =>
    object.kind === 'Application'
      ? { ...object, metadata: { name: object.metadata.name, namespace: 'argocd' } }
      : object;
  const namespaces = new Set(applied.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : [])));
  const rest = applied.filter(({ metadata }) => !namespaces.has(metadata.namespace ?? ''));
  for (const refs of [appliers.map(inArgo), rest]) {
    for (const ref of refs) if (await api.find(ref)) await api.remove(ref);
    await Promise.all(refs.map((ref) => eventually(async () => ((await isGone(api, ref)) ? true : undefined))));
  }
}

/** A default account comes back by itself. */
async function isGone(api: GitOpsStage['api'], ref: ObjectRef): Promise<boolean> {
  return ref.metadata.name === 'default' || (await api.find(ref)) === undefined;
}
