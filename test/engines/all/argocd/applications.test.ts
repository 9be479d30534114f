// Applications that people write themselves for the output, without the options of the one that `bootstrap` writes: what
// works all the same, and what does not. docs/argocd.md says what is measured here.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { externalSecretRef, namesOf, namespace, serviceAccount } from '../../cluster/objects.js';
import { type ApplicationSpec, applicationOf } from '../../gitops/applications.js';
import type { ArgoCdStage } from '../../gitops/argocd-stage.js';
import { configOf, pullSecret, workloadsOf } from '../../gitops/fleet.js';
import { GitOpsCluster } from '../../gitops/gitops-cluster.js';
import { onArgoCd } from '../../gitops/gitops-engines.js';
import { eventually } from '../../processes/eventually.js';
import { noteResult } from '../../results.js';

const engine = onArgoCd;

const cases = [
  { says: 'client-side apply', seen: false },
  { says: 'client-side apply, ServerSideDiff', compareOptions: 'ServerSideDiff=true', seen: true },
  // Argo CD 3.6 then compares on the server, too, unless told otherwise.
  { says: 'server-side apply', syncOptions: ['ServerSideApply=true'], seen: true },
  {
    says: 'server-side apply, no ServerSideDiff',
    syncOptions: ['ServerSideApply=true'],
    compareOptions: 'ServerSideDiff=false',
    seen: false,
  },
];

describe('an Application of one’s own', () => {
  let cluster: GitOpsCluster;
  let stage: ArgoCdStage;
  const note = (subject: string, property: string, result: string) =>
    noteResult({ subject: `an Application of one's own, ${subject}`, engine: engine.engine, property, result });

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
    stage = cluster.stage as ArgoCdStage;
  });

  afterAll(() => cluster?.stop());

  /** Applies by an Application what is left of the former ones, too. */
  async function begin(
    name: string,
    options: ApplicationSpec,
    files: Record<string, string | undefined>,
  ): Promise<string> {
    for (const former of await stage.applications()) {
      await cluster.api.remove(former);
      await eventually(async () => ((await cluster.api.find(former)) ? undefined : true));
    }
    cluster.repository.change({ apps: undefined });
    const commit = await cluster.push(files, '--now');
    await stage.bootstrap([applicationOf(name, 'dist/prod', options)]);
    return commit;
  }

  const config = (namespace: string, note = '') => {
    const annotations = `{ default: { metadata: { annotations: { ${note} } } } }`;
    const more = note === '' ? '' : `namespaces: { ${namespace}: { serviceAccounts: ${annotations} } }\n`;
    return { 'image-pull.yaml': configOf('{ gitops: argocd }') + more };
  };

  test.each(cases)('$says', async ({ says, seen, ...options }) => {
    const name = says.toLowerCase().replace(/[^a-z]+/g, '-');
    const files = { ...config(name, 'acme.example/note: x'), ...workloadsOf(name) };
    await stage.untilApplied(await begin(name, options, files));
    const states: string[] = [];
    for (let sample = 0; sample < 20; sample++) {
      states.push(...(await stage.states()));
      await sleep(500);
    }
    // The defaults that External Secrets' kinds put inside the list of `data` are no difference.
    expect(new Set(states)).toEqual(new Set([`${name} Synced Healthy`]));
    note(says, 'ExternalSecrets', 'stay Synced');

    const account = serviceAccount(name, 'default');
    expect((await cluster.api.get(account)).metadata.annotations?.['acme.example/note']).toBe('x');
    await stage.untilApplied(await cluster.push(config(name)));
    await sleep(6000);
    const isGone = (await cluster.api.get(account)).metadata.annotations?.['acme.example/note'] === undefined;
    note(says, 'annotation dropped in Git', isGone ? 'goes' : 'not seen');
    expect(isGone).toBe(seen);
  });

  test('what SOPS encrypted is not decrypted', async () => {
    cluster.repository.change({ 'dist/prod/namespaces': undefined });
    await begin('sops', {}, { ...config('sops'), ...workloadsOf('sops') });
    cluster.repository.add('examples/sops-flux/dist/prod/namespaces', 'dist/prod/namespaces');
    await cluster.repository.commit();
    await eventually(async () => {
      await stage.notify();
      const said = (await stage.states()).join();
      if (said.includes('illegal base64 data')) return true;
      throw new Error(said);
    });
    note('SOPS without a plugin', 'what is applied', 'nothing: illegal base64 data');
    cluster.repository.change({ dist: undefined });
  });

  test('what kubectl applied before goes', async () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    const file = join(cluster.repository.folder, '..', 'by-hand.json');
    writeFileSync(file, JSON.stringify(namespace('migrated', labels)));
    await stage.plane.kubectl('apply', '-f', file);
    await stage.untilApplied(await begin('migrated', {}, { ...config('migrated'), ...workloadsOf('migrated') }));
    const { metadata } = await cluster.api.get(namespace('migrated'));
    expect(metadata.labels).not.toMatchObject(labels);
    note('client-side apply', 'labels that kubectl applied', 'go');
  });

  test('deleted with its finalizer it takes pull secrets, and leaves namespaces, accounts and their lists', async () => {
    const files = { ...config('cascade'), ...workloadsOf('cascade') };
    await stage.untilApplied(await begin('cascade', {}, files));
    const application = stage.application('cascade');
    await cluster.api.merge(application, { metadata: { finalizers: ['resources-finalizer.argocd.argoproj.io'] } });
    await cluster.api.remove(application);
    await eventually(async () => ((await cluster.api.find(application)) ? undefined : true));
    expect(await cluster.api.find(externalSecretRef('cascade', pullSecret))).toBeUndefined();
    expect(await cluster.api.find(namespace('cascade'))).toBeDefined();
    const { imagePullSecrets } = await cluster.api.get(serviceAccount('cascade', 'default'));
    expect(namesOf(imagePullSecrets)).toEqual([pullSecret]);
    note('deleted with a finalizer', 'what goes', 'ExternalSecrets; namespaces, accounts and their lists stay');
  });

  test.each([
    { says: 'ApplyOutOfSyncOnly', syncOptions: ['ApplyOutOfSyncOnly=true'], getsPast: true },
    { says: 'no options', syncOptions: [], getsPast: false },
  ])('$says, a store that does not answer', async ({ says, syncOptions, getsPast }) => {
    const name = `unread-${syncOptions.length}`;
    const account = serviceAccount(name, 'default');
    const list = async () => namesOf((await cluster.api.find(account))?.imagePullSecrets);
    cluster.operator.unread.add(pullSecret);
    const commit = await begin(name, { syncOptions }, { ...config(name), ...workloadsOf(name) });
    const listed = () => eventually(async () => ((await list()).includes(pullSecret) ? true : undefined));
    if (getsPast) await listed();
    else await sleep(30_000);
    expect((await list()).includes(pullSecret)).toBe(getsPast);
    note(says, 'store does not answer', getsPast ? 'the first retry writes lists' : 'lists wait for it');
    cluster.operator.unread.clear();
    await listed();
    await stage.untilApplied(commit);
  });
});
