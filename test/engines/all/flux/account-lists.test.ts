// What docs/openshift.md says of the ways by which a Kustomization could leave the entry of OpenShift's controller on the list
// of an account, and of waiting for it; with a stand-in for the controller.
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '../../cluster/kube-object.js';
import { namesOf, namespaceWithAccount, serviceAccount } from '../../cluster/objects.js';
import { OpenShiftController } from '../../cluster/openshift-controller.js';
import { documentedSpec } from '../../gitops/documented.js';
import { pullSecret } from '../../gitops/fleet.js';
import { FluxStage } from '../../gitops/flux-stage.js';
import { eventually } from '../../processes/eventually.js';
import { noteResult } from '../../results.js';

let stage: FluxStage;
let controller: OpenShiftController | undefined;

beforeAll(async () => {
  stage = await FluxStage.start();
});

afterEach(async () => {
  await controller?.stop();
  controller = undefined;
  for (const each of await stage.kustomizations()) await stage.api.remove(each);
});

afterAll(() => stage?.stop());

const note = (subject: string, result: string) =>
  noteResult({ subject, engine: 'Flux', property: 'list of an account on OpenShift', result });

/** The Kustomization of a folder, with more in its spec. */
const kustomization = (name: string, more: object): KubeObject => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name, namespace: 'flux-system' },
  spec: {
    interval: '10m',
    retryInterval: '2s',
    timeout: '20s',
    path: `./${name}`,
    prune: true,
    sourceRef: { kind: 'GitRepository', name: 'platform' },
    ...more,
  },
});

/** Applies the account of a project that exists, with our name on its list. */
async function begin(project: string, annotations: Readonly<Record<string, string>>, more: object): Promise<string> {
  await namespaceWithAccount(stage.api, project);
  const { metadata, ...rest } = serviceAccount(project, 'default', [pullSecret]);
  const declared = { ...rest, metadata: { ...metadata, annotations } };
  const commit = await stage.repository.commit({ [`${project}/account.yaml`]: JSON.stringify(declared) });
  await stage.bootstrap([kustomization(project, more)]);
  return commit;
}

const listOf = async (project: string) =>
  namesOf((await stage.api.get(serviceAccount(project, 'default'))).imagePullSecrets);

/** How a list could be left to somebody else. */
interface Way {
  readonly says: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly more: object;
}

const ways: readonly Way[] = [
  { says: 'ssa: IfNotPresent', annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }, more: {} },
  {
    says: 'ignore of the list',
    annotations: {},
    more: { ignore: [{ paths: ['/imagePullSecrets'], target: { kind: 'ServiceAccount' } }] },
  },
];

test.each(ways)('$says: never attached, Ready all the same', async ({ says, annotations, more }) => {
  const project = says.toLowerCase().replace(/[^a-z]+/g, '-');
  controller = new OpenShiftController(stage.api, project);
  controller.start();
  await namespaceWithAccount(stage.api, project);
  await eventually(async () => ((await listOf(project)).length === 1 ? true : undefined));
  await stage.untilApplied(await begin(project, annotations, more));
  for (let sample = 0; sample < 6; sample++) {
    if (sample % 2 === 1) await stage.applyAgain();
    expect(await listOf(project)).not.toContain(pullSecret);
    await sleep(500);
  }
  note(says, 'never attached, Ready');
});

test('the documented expression waits for the controller', async () => {
  const commit = await begin('waiting', {}, { wait: true, ...documentedSpec('openshift.md', 'account expressions') });
  await sleep(8000);
  expect((await stage.states()).join()).toContain('not ready');
  controller = new OpenShiftController(stage.api, 'waiting');
  controller.start();
  await stage.untilApplied(commit);
  expect(await listOf('waiting')).toHaveLength(2);
  note('expression for accounts', 'not ready until the controller has been there');
});
