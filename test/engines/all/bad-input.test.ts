// What users of Argo CD and Flux see when something is wrong, and what `synth` had said before: docs/when-it-fails.md quotes
// what is seen here. Each ends by itself when its cause does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../support.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namespace, namespaceWithAccount, secretRef } from '../cluster/objects.js';
import { documentedFailure, type Speaker } from '../gitops/documented-failures.js';
import { workloadOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { type GitOpsEngine, gitopsEngines } from '../gitops/gitops-engines.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

const configOf = ({ settings }: GitOpsEngine) => `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { preset: quay, path: acme } }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } } }
  quay-pull:
    registries: [quay]
    source: { plaintext: { acceptPlaintextInGit: true, username: robot, password: made-up } }
clusters:
  prod: { ${settings} }
workloads: [apps]
`;

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;
  let said: string;
  let firstRun: string;

  /** Waits until the engine says what docs/when-it-fails.md quotes. */
  const shows = async (heading: string) => {
    const quotes = documentedFailure(heading)[engine.engine as Speaker];
    expect(quotes).not.toEqual([]);
    await eventually(
      async () => {
        await cluster.stage.notify();
        const state = (await cluster.stage.states()).join('; ');
        if (quotes.every((words) => state.includes(words))) return true;
        throw new Error(state);
      },
      { seconds: 90 },
    );
    noteResult({ subject: heading, engine: engine.engine, property: 'what is said', result: 'as documented' });
  };
  const saidBefore = (heading: string) => {
    for (const words of documentedFailure(heading).before) expect(said).toContain(words);
  };
  const synth = async (...flags: string[]) => {
    const { out, err } = await cli(cluster.repository.folder, 'synth', ...flags);
    said = out + err;
  };
  /** Workloads of a namespace, rendered and pushed. */
  const push = async (files: Record<string, string | undefined>) => {
    cluster.repository.change(files);
    await synth();
    return cluster.repository.commit();
  };

  beforeAll(async () => {
    cluster = await GitOpsCluster.startBare(engine);
  });

  afterAll(() => cluster?.stop());

  test('a missing definition', async () => {
    const heading = 'External Secrets is not installed';
    const config = { 'image-pull.yaml': configOf(engine) };
    const commit = await push({ ...config, ...workloadOf('team-a', 'web', 'ghcr.io/acme/web:v1') });
    saidBefore(heading);
    firstRun = said;
    await cluster.stage.bootstrap(cluster.emitted);
    await shows(heading);
    await cluster.installExternalSecrets();
    await cluster.stage.untilApplied(commit);
  });

  test('a file that is no YAML', async () => {
    const heading = 'A file of the output is no YAML';
    const file = 'dist/prod/namespaces/team-a.yaml';
    const text = readFileSync(join(cluster.repository.folder, file), 'utf8');
    cluster.repository.change({ [file]: `${text}  : [\n` });
    await synth('--check');
    saidBefore(heading);
    await cluster.repository.commit();
    await shows(heading);
    await cluster.stage.untilApplied(await cluster.repository.commit({ [file]: text }));
  });

  test('no rights on kinds without a namespace', async () => {
    const heading = 'No rights on namespaces';
    said = firstRun;
    saidBefore(heading);
    const commit = await push(workloadOf('team-r', 'web', 'ghcr.io/acme/web:v1'));
    await limit(cluster, engine, true);
    await shows(heading);
    await limit(cluster, engine, false);
    await cluster.stage.untilApplied(commit);
  });

  test('a namespace that is terminating', async () => {
    const heading = 'A namespace is terminating';
    const held = { name: 'held', namespace: 'team-t', finalizers: ['acme.example/hold'] };
    const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: held };
    await namespaceWithAccount(cluster.api, 'team-t');
    await cluster.api.create(object);
    await cluster.api.remove(namespace('team-t'));
    const commit = await push(workloadOf('team-t', 'web', 'ghcr.io/acme/web:v1'));
    saidBefore(heading);
    await shows(heading);
    await cluster.api.merge(object, { metadata: { finalizers: null } });
    await eventually(async () => ((await cluster.api.find(object)) ? undefined : true));
    await cluster.stage.untilApplied(commit);
  });

  test('a Secret of the same name and another type', async () => {
    const heading = 'A Secret of that name has another type';
    const secret = { ...secretRef('team-s', 'quay-pull'), type: 'Opaque', data: {} };
    await namespaceWithAccount(cluster.api, 'team-s');
    await cluster.api.create(secret);
    const workload = workloadOf('team-s', 'tool', 'quay.io/acme/tool:v1');
    cluster.repository.change({ ...workload, 'apps/team-s/secret.yaml': JSON.stringify(secret) });
    await synth();
    saidBefore(heading);
    const commit = await push({ 'apps/team-s/secret.yaml': undefined });
    await shows(heading);
    await cluster.api.remove(secret);
    await cluster.stage.untilApplied(commit);
  });
});

/** Takes rights on kinds without a namespace from what applies the output, or gives them back. */
async function limit({ api, stage }: GitOpsCluster, { engine }: GitOpsEngine, on: boolean): Promise<void> {
  if (engine === 'Argo CD') {
    const metadata = { name: 'default', namespace: 'argocd' };
    const project = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata };
    const clusterResourceWhitelist = on ? [] : [{ group: '*', kind: '*' }];
    await api.merge(project, { spec: { clusterResourceWhitelist } });
    return;
  }
  for (const ref of await api.list('kustomize.toolkit.fluxcd.io/v1', 'Kustomization')) {
    await api.merge(ref, { spec: { serviceAccountName: on ? 'default' : null } });
  }
  await stage.notify();
}
