// What docs/openshift.md and the finding replace-unsafe say of options of an Application that declares the list of an account,
// with a stand-in for OpenShift's controller.
import { setTimeout as sleep } from 'node:timers/promises';
import { namesOf, namespace, namespaceWithAccount, serviceAccount } from '../../cluster/objects.js';
import { OpenShiftController } from '../../cluster/openshift-controller.js';
import { type ApplicationSpec, applicationOf } from '../../gitops/applications.js';
import { ArgoCdStage } from '../../gitops/argocd-stage.js';
import { documentedSettings, documentedSpec } from '../../gitops/documented.js';
import { pullSecret } from '../../gitops/fleet.js';
import { eventually } from '../../processes/eventually.js';
import { noteResult } from '../../results.js';

const documented = documentedSpec('openshift.md', 'ignored differences') as {
  readonly ignoreDifferences: unknown;
  readonly syncPolicy: { readonly syncOptions: readonly string[] };
};
const asDocumented: ApplicationSpec = { ...documented, ...documented.syncPolicy };
const respecting = ['RespectIgnoreDifferences=true', ...documented.syncPolicy.syncOptions];
const pointer = [{ kind: 'ServiceAccount', jsonPointers: ['/imagePullSecrets'] }];

let stage: ArgoCdStage;
let controller: OpenShiftController | undefined;

beforeAll(async () => {
  stage = await ArgoCdStage.start(documentedSettings('openshift.md', 'account health'));
});

afterEach(async () => {
  await controller?.stop();
  controller = undefined;
  for (const application of await stage.applications()) await stage.api.remove(application);
});

afterAll(() => stage?.stop());

const note = (subject: string, result: string) =>
  noteResult({ subject, engine: 'Argo CD', property: 'list of an account on OpenShift', result });
const live = (project: string) => stage.api.get(serviceAccount(project, 'default'));
const listOf = async (project: string) => namesOf((await live(project)).imagePullSecrets);

function startController(project: string): void {
  controller = new OpenShiftController(stage.api, project);
  controller.start();
}

/** Applies the account of a project, whose list has our name and is applied as the output's is. */
async function begin(project: string, options: ApplicationSpec): Promise<void> {
  await namespaceWithAccount(stage.api, project);
  await declare(project, [pullSecret]);
  await stage.bootstrap([applicationOf(project, project, options)]);
}

async function declare(project: string, list: readonly string[]): Promise<void> {
  const { metadata, ...rest } = serviceAccount(project, 'default', list);
  const annotations = { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' };
  const files = { [`${project}/account.yaml`]: JSON.stringify({ ...rest, metadata: { ...metadata, annotations } }) };
  await stage.repository.commit(files);
  await stage.notify();
}

const until = (wanted: () => Promise<boolean>) => eventually(async () => ((await wanted()) ? true : undefined));

/** How the Application of a project stands, and what its account lists, for some seconds. */
async function watch(project: string) {
  const states: string[] = [];
  const lists: string[][] = [];
  for (let sample = 0; sample < 15; sample++) {
    states.push((await stage.states()).find((each) => each.startsWith(`${project} `)) ?? '');
    lists.push(await listOf(project));
    await sleep(700);
  }
  return { states, lists };
}

test('the documented health check waits for the controller; then the documented filters come to rest and heal', async () => {
  await begin('documented', asDocumented);
  await until(async () => (await stage.states()).join().includes('Synced Progressing'));
  await sleep(6000);
  expect((await stage.states()).join()).toContain('Progressing');
  startController('documented');
  await until(async () => (await stage.states()).join().includes('Synced Healthy'));
  const { states } = await watch('documented');
  expect(new Set(states)).toEqual(new Set(['documented Synced Healthy']));
  const others = (await listOf('documented')).filter((name) => name !== pullSecret);
  expect(others).toHaveLength(1);
  await stage.api.merge(await live('documented'), { imagePullSecrets: others.map((name) => ({ name })) });
  await until(async () => (await listOf('documented')).includes(pullSecret));
  note('health check for accounts', 'Progressing until the controller has been there');
  note('filters, ApplyOutOfSyncOnly', 'comes to rest, heals');
});

test('without the filters it is OutOfSync for ever', async () => {
  startController('bare');
  await begin('bare', {});
  await until(async () => (await listOf('bare')).includes(pullSecret));
  const { states } = await watch('bare');
  expect(states.filter((each) => each.includes('OutOfSync')).length).toBeGreaterThan(states.length / 2);
  note('no filters', 'OutOfSync for ever');
});

test('with the filters, RespectIgnoreDifferences does not keep the entry of the controller when a list changes', async () => {
  startController('respect');
  await begin('respect', { ...asDocumented, syncOptions: respecting });
  await until(async () => (await listOf('respect')).length === 2);
  const before = controller?.changes ?? 0;
  await declare('respect', [pullSecret, 'another-pull']);
  await until(async () => (await listOf('respect')).length === 3);
  expect(controller?.changes).toBeGreaterThan(before);
  note('filters, RespectIgnoreDifferences', 'the entry of the controller goes all the same when the list changes');
});

test('a JSON pointer with RespectIgnoreDifferences never attaches, and the Application says Synced', async () => {
  startController('pointer');
  await begin('pointer', { ignoreDifferences: pointer, syncOptions: respecting });
  await until(async () => (await stage.states()).join().includes('Synced Healthy'));
  const { states, lists } = await watch('pointer');
  expect(states.filter((each) => each.includes('OutOfSync'))).toEqual([]);
  expect(lists.flat()).not.toContain(pullSecret);
  note('JSON pointer, RespectIgnoreDifferences', 'never attached, Synced');
});

test('Replace=true takes the annotation of the controller, and leaves a Namespace that it replaces where it is', async () => {
  const annotations = async () => Object.keys((await live('replace')).metadata.annotations ?? {}).join();
  startController('replace');
  await begin('replace', { ...asDocumented, syncOptions: ['Replace=true'] });
  await until(async () => (await listOf('replace')).length === 2);
  await controller?.stop();
  expect(await annotations()).toContain('internal-registry-pull-secret-ref');
  const { uid } = (await stage.api.get(namespace('replace'))).metadata;
  const options = { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' };
  const declared = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'replace', annotations: options } };
  await stage.repository.commit({ 'replace/namespace.yaml': JSON.stringify(declared) });
  await declare('replace', [pullSecret, 'another-pull']);
  await until(async () => (await listOf('replace')).includes('another-pull'));
  expect(await annotations()).not.toContain('internal-registry-pull-secret-ref');
  await until(
    async () =>
      'argocd.argoproj.io/sync-options' in ((await stage.api.get(namespace('replace'))).metadata.annotations ?? {}),
  );
  expect((await stage.api.get(namespace('replace'))).metadata.uid).toBe(uid);
  note('Replace=true', "the controller's annotation goes");
});
